import type { Part } from '../servers.ts';
import { bareString } from '../syntax/decoded.ts';
import { below, type ConfigNode, child, type StringNode } from '../syntax/tree.ts';
import { EntryPart } from './parts.ts';

/** A node with the way to it. Big configs have tens of thousands: the way is the JSON pointer itself, and no list of keys. */
export interface Located<N = ConfigNode> {
	readonly node: N;
	/** JSON pointer from the document's root. */
	readonly pointer: string;
	/** The last key of the way; empty for the root. */
	readonly key: string;
}

export function descend(root: ConfigNode | undefined, path: readonly string[]): ConfigNode | undefined {
	return path.reduce<ConfigNode | undefined>((node, key) => child(node, key), root);
}

/** Where a path leads; `*` follows every member and every item. */
export function locate(root: ConfigNode | undefined, path: readonly string[]): Located[] {
	let found: Located[] = root ? [{ node: root, pointer: '', key: '' }] : [];
	for (const key of path) found = found.flatMap((at) => (key === '*' ? childrenOf(at) : childAt(at, key)));
	return found;
}

function childAt({ node, pointer }: Located, key: string): Located[] {
	const value = child(node, key);
	return value ? [{ node: value, pointer: below(pointer, key), key }] : [];
}

function childrenOf({ node, pointer }: Located): Located[] {
	if (node.kind === 'object')
		return node.members.flatMap(({ key, value }) =>
			value ? [{ node: value, pointer: below(pointer, key), key }] : [],
		);
	if (node.kind === 'array')
		return node.items.map((item, i) => ({ node: item, pointer: below(pointer, i), key: `${i}` }));
	return [];
}

/** A field of an entry. */
export interface Field<N = ConfigNode> {
	readonly node: N;
	/** JSON pointer of the object that holds it. */
	readonly at: string;
	readonly key: string;
}

/** The first of these fields that is there. `a.b` is member `b` of object `a`. */
export function field(node: ConfigNode, names: readonly string[], pointer: string): Field | undefined {
	for (const name of names) {
		const found = oneField(node, name, pointer);
		if (found) return found;
	}
	return undefined;
}

/** The first of these fields that is a text. */
export function textField(node: ConfigNode, names: readonly string[], pointer: string): Field<StringNode> | undefined {
	for (const name of names) {
		const found = oneField(node, name, pointer);
		if (found?.node.kind === 'string') return found as Field<StringNode>;
	}
	return undefined;
}

/** Nearly every field is a plain key that is not there; nothing is made for those. */
export function oneField(node: ConfigNode, name: string, pointer: string): Field | undefined {
	if (!name.includes('.')) {
		const value = child(node, name);
		return value && { node: value, at: pointer, key: name };
	}
	const keys = name.split('.');
	const value = descend(node, keys);
	return value && { node: value, at: keys.slice(0, -1).reduce(below, pointer), key: keys.at(-1)! };
}

/** A text, or a number read as the text that the host makes of it: `PASSWORD: 12345678` in YAML. */
export function asText(node: ConfigNode | undefined, text: string): StringNode | undefined {
	if (node?.kind === 'string') return node;
	return node?.kind === 'number' ? bareString(text, node.span.start, node.span.end) : undefined;
}

/**
 * Adds every string below a node, but those already taken; the nearest key names it. Depth is bounded by the parsers.
 *
 * @param at JSON pointer of what holds the node
 * @param key of the node in there
 */
export function addOthers(
	node: ConfigNode,
	name: string | undefined,
	at: string,
	key: string | number,
	taken: ReadonlySet<ConfigNode>,
	found: Part[],
): void {
	if (node.kind === 'string') {
		if (!taken.has(node)) found.push(new EntryPart('other', node, at, key, name));
	} else if ((node.kind === 'array' || node.kind === 'object') && !taken.has(node)) {
		addOthersIn(node, name, below(at, key), taken, found);
	}
}

/** @param pointer of the node itself */
export function addOthersIn(
	node: ConfigNode,
	name: string | undefined,
	pointer: string,
	taken: ReadonlySet<ConfigNode>,
	found: Part[],
): void {
	if (node.kind === 'array') {
		for (let i = 0; i < node.items.length; i++) addOthers(node.items[i]!, name, pointer, i, taken, found);
	} else if (node.kind === 'object') {
		for (const { key, value } of node.members) {
			if (value) addOthers(value, key, pointer, key, taken, found);
		}
	}
}
