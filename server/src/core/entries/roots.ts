import type { Dialect } from '../dialects/dialect.ts';
import { fieldsOf, type ServerFields } from '../dialects/fields.ts';
import { below, type ConfigNode, type Member, type ObjectNode, pointer, type StringNode } from '../syntax/tree.ts';
import type { Span } from '../text.ts';
import { field, locate, textField } from './nodes.ts';

/** A server entry, found: its name, its object, and the way to it. */
export interface Entry {
	readonly name: string;
	readonly nameSpan: Span;
	/** Where the name is a value inside of the entry. */
	readonly nameNode?: StringNode;
	readonly span: Span;
	readonly node: ObjectNode;
	/** JSON pointer from the document's root. */
	readonly pointer: string;
}

/** Roots that no host of this file may read, but people write: a token under the wrong key is a token all the same. */
const OTHER_ROOTS: readonly (readonly string[])[] = [
	['mcpServers'],
	['servers'],
	['context_servers'],
	['mcp_servers'],
	['mcp', 'servers'],
	['*', 'mcpServers'],
	['*', '*', 'mcpServers'],
];

/** Every server entry of the document. */
export function findEntries(root: ConfigNode | undefined, dialect: Dialect, uri: string): Entry[] {
	const fields = fieldsOf(dialect);
	const known = entriesUnder(root, dialect.serverRoots, fields);
	if (dialect.serverRoots.length === 0 && !dialect.bareRoot) return known;
	// One that slipped out of the root is not read by its host, and holds its token all the same.
	if (known.length > 0) return [...known, ...bareEntries(root, undefined, fields, uri)];
	const bare = bareEntries(root, dialect.bareRoot, fields, uri);
	return bare.length > 0 ? bare : entriesUnder(root, OTHER_ROOTS, fields);
}

/** A root below another one (`mcp.servers` and `mcp`) is no entry of it. */
function entriesUnder(
	root: ConfigNode | undefined,
	roots: readonly (readonly string[])[],
	fields: ServerFields,
): Entry[] {
	const all = new Set(roots.map((path) => pointer(...path)));
	return roots.flatMap((path) => entriesAt(root, path, fields)).filter((entry) => !all.has(entry.pointer));
}

function entriesAt(root: ConfigNode | undefined, path: readonly string[], fields: ServerFields): Entry[] {
	return locate(root, path).flatMap(({ node, pointer: at }) => {
		if (node.kind === 'object') return node.members.flatMap((m) => memberEntry(m, at));
		if (node.kind === 'array') return node.items.flatMap((item, i) => itemEntry(item, below(at, i), fields, `${i}`));
		return [];
	});
}

function memberEntry(entry: Member, at: string): Entry[] {
	const { key, keySpan, span, value } = entry;
	return value?.kind === 'object' ? [{ name: key, nameSpan: keySpan, span, node: value, pointer: below(at, key) }] : [];
}

/** An entry that holds its own name, or has none. */
function itemEntry(node: ConfigNode, at: string, fields: ServerFields, otherwise: string): Entry[] {
	if (node.kind !== 'object') return [];
	const name = textField(node, fields.name, at)?.node;
	const nameSpan = name?.span ?? node.members[0]?.keySpan ?? node.span;
	return [
		{
			name: name?.value ?? otherwise,
			nameSpan,
			...(name ? { nameNode: name } : {}),
			span: node.span,
			node,
			pointer: at,
		},
	];
}

function bareEntries(
	root: ConfigNode | undefined,
	bareRoot: Dialect['bareRoot'],
	fields: ServerFields,
	uri: string,
): Entry[] {
	if (root?.kind !== 'object') return [];
	if ((bareRoot === 'server' || bareRoot === 'either') && isServer(root, fields))
		return itemEntry(root, '', fields, fileName(uri));
	if (bareRoot === 'server') return [];
	const isEntry = bareRoot === undefined ? isSurelyServer : isServer;
	return root.members.flatMap((m) => (isEntry(m.value, fields) ? memberEntry(m, '') : []));
}

/** Anything can be a map of objects: without a root to say so, only what starts or reaches something is a server. */
function isServer(node: ConfigNode | undefined, fields: ServerFields): boolean {
	return node !== undefined && textField(node, [...fields.command, ...fields.url], '') !== undefined;
}

/** In a file that its host never reads that way, it takes more: settings hold commands of many kinds. */
function isSurelyServer(node: ConfigNode | undefined, fields: ServerFields): boolean {
	if (!node || !isServer(node, fields)) return false;
	return field(node, fields.args, '')?.node.kind === 'array' || field(node, fields.env, '')?.node.kind === 'object';
}

function fileName(uri: string): string {
	return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.[A-Za-z0-9]{1,8}$/, '');
}
