import type { Span } from '../text.ts';
import type { ConfigNode, Member } from './tree.ts';

/** What aliases may add to the tree in all; more is an attack on whoever walks it. */
const MAX_ALIASED_NODES = 10_000;

/** `&name` and `*name`. An alias is the anchored node itself; how many nodes that repeats is counted and bounded. */
export class Anchors {
	readonly #anchored = new Map<string, { readonly node: ConfigNode; readonly size: number }>();
	readonly #shared = new Set<ConfigNode>();
	#aliased = 0;
	/** Nodes so far, with what aliases repeat. */
	#count = 0;

	/** To be called before a node is read; its result tells {@link define} how large the node is. */
	begin(): number {
		return this.#count++;
	}

	define(name: string, node: ConfigNode, begin: number): void {
		this.#anchored.set(name, { node, size: this.#count - begin });
	}

	/** Where the nodes stand that an alias points to. */
	get shared(): Span[] {
		return Array.from(this.#shared, ({ span }) => span);
	}

	resolve(name: string): ConfigNode | 'unknown' | 'too-many' {
		const found = this.#anchored.get(name);
		if (!found) return 'unknown';
		this.#aliased += found.size;
		if (this.#aliased > MAX_ALIASED_NODES) return 'too-many';
		this.#count += found.size;
		this.#shared.add(found.node);
		return found.node;
	}
}

/** Members with those that `<<` merges in before them: what is written in the map itself comes last, and readers take the last. */
export function withMerged(members: readonly Member[]): readonly Member[] {
	if (!members.some(isMerge)) return members;
	const merged: Member[] = [];
	for (const member of members) {
		if (isMerge(member)) for (const one of mergedMembers(member.value)) merged.push(one);
	}
	return [...merged, ...members.filter((member) => !isMerge(member))];
}

function isMerge({ key, value }: Member): boolean {
	return key === '<<' && (value?.kind === 'object' || value?.kind === 'array');
}

/** `<<: *base` or `<<: [*a, *b]`, of which the first wins. */
function mergedMembers(value: ConfigNode | undefined): readonly Member[] {
	if (value?.kind === 'object') return value.members;
	if (value?.kind === 'array') return value.items.toReversed().flatMap((item) => mergedMembers(item));
	return [];
}
