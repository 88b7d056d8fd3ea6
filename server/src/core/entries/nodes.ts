import type { Part, Position } from '../servers.ts';
import { bareString } from '../syntax/decoded.ts';
import { type ConfigNode, child, pointer, type StringNode } from '../syntax/tree.ts';

export type Path = readonly (string | number)[];

/** A node with the way to it, for JSON pointers. */
export interface Located<N = ConfigNode> {
	readonly node: N;
	readonly path: Path;
}

export function descend(root: ConfigNode | undefined, path: readonly string[]): ConfigNode | undefined {
	return path.reduce<ConfigNode | undefined>((node, key) => child(node, key), root);
}

/** Where a path leads; `*` follows every member and every item. */
export function locate(root: ConfigNode | undefined, path: readonly string[]): Located[] {
	let found: Located[] = root ? [{ node: root, path: [] }] : [];
	for (const key of path) found = found.flatMap((at) => (key === '*' ? childrenOf(at) : childAt(at, key)));
	return found;
}

function childAt({ node, path }: Located, key: string): Located[] {
	const value = child(node, key);
	return value ? [{ node: value, path: [...path, key] }] : [];
}

function childrenOf({ node, path }: Located): Located[] {
	if (node.kind === 'object')
		return node.members.flatMap(({ key, value }) => (value ? [{ node: value, path: [...path, key] }] : []));
	if (node.kind === 'array') return node.items.map((item, i) => ({ node: item, path: [...path, i] }));
	return [];
}

/** The first of these fields that is there. `a.b` is member `b` of object `a`. */
export function field(node: ConfigNode, names: readonly string[], path: Path): Located | undefined {
	for (const name of names) {
		// Nearly every field is a plain key that is not there; nothing is made for those.
		if (!name.includes('.')) {
			const value = child(node, name);
			if (value) return { node: value, path: [...path, name] };
			continue;
		}
		const keys = name.split('.');
		const value = descend(node, keys);
		if (value) return { node: value, path: [...path, ...keys] };
	}
	return undefined;
}

/** The first of these fields that is a text. */
export function textField(node: ConfigNode, names: readonly string[], path: Path): Located<StringNode> | undefined {
	for (const name of names) {
		const found = field(node, [name], path);
		if (found?.node.kind === 'string') return { node: found.node, path: found.path };
	}
	return undefined;
}

/** A text, or a number read as the text that the host makes of it: `PASSWORD: 12345678` in YAML. */
export function asText(node: ConfigNode | undefined, text: string): StringNode | undefined {
	if (node?.kind === 'string') return node;
	return node?.kind === 'number' ? bareString(text, node.span.start, node.span.end) : undefined;
}

export function part(position: Position, node: StringNode, path: Path, name?: string): Part {
	return { position, value: node.value, node, pointer: pointer(...path), ...(name === undefined ? {} : { name }) };
}

/** Every string below a node, but those already taken; the nearest key names it. Depth is bounded by the parsers. */
export function otherStrings(
	node: ConfigNode | undefined,
	name: string | undefined,
	path: Path,
	taken: ReadonlySet<ConfigNode>,
): Part[] {
	if (!node || taken.has(node)) return [];
	if (node.kind === 'string') return [part('other', node, path, name)];
	if (node.kind === 'array') return node.items.flatMap((item, i) => otherStrings(item, name, [...path, i], taken));
	if (node.kind === 'object') return node.members.flatMap((m) => otherStrings(m.value, m.key, [...path, m.key], taken));
	return [];
}
