import type { Dialect } from '../dialects/dialect.ts';
import { fieldsOf, type ServerFields } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import { below, type ConfigNode, type Member, type ObjectNode, pointer, type StringNode } from '../syntax/tree.ts';
import type { Span } from '../text.ts';
import { field, locate, textField } from './nodes.ts';

/** A server entry, found: its name, its object, and the way to it. */
export interface Entry {
	readonly name: string;
	/** As `McpServer.folder`. */
	readonly folder?: string;
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
export function findEntries(
	root: ConfigNode | undefined,
	{ dialect, uri, scope }: Pick<ConfigDocument, 'dialect' | 'uri' | 'scope'>,
): Entry[] {
	const fields = fieldsOf(dialect);
	const all = entriesUnder(root, dialect.serverRoots, fields);
	// Only a person's own file can speak for other folders: a copy of one in a repository is read by no host.
	const known = scope === 'user' ? all.map((entry) => withFolder(entry, dialect)) : all;
	if (dialect.serverRoots.length === 0 && !dialect.bareRoot) return known;
	// One that slipped out of the root is not read by its host, and holds its token all the same.
	if (known.length > 0) return [...known, ...bareEntries(root, undefined, fields, uri)];
	const bare = bareEntries(root, dialect.bareRoot, fields, uri);
	return bare.length > 0 ? bare : entriesUnder(root, OTHER_ROOTS, fields);
}

function withFolder(entry: Entry, { byFolder }: Dialect): Entry {
	const [, first, folder] = entry.pointer.split('/', 3);
	if (byFolder === undefined || first !== byFolder || folder === undefined) return entry;
	return { ...entry, folder: folder.replaceAll('~1', '/').replaceAll('~0', '~') };
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
	const found: Entry[] = [];
	for (const { node, pointer: at } of locate(root, path)) {
		if (node.kind === 'object') for (const member of node.members) add(memberEntry(member, at), found);
		if (node.kind === 'array')
			for (const [i, item] of node.items.entries()) add(itemEntry(item, below(at, i), fields, `${i}`), found);
	}
	return found;
}

function add(entry: Entry | undefined, found: Entry[]): void {
	if (entry) found.push(entry);
}

function memberEntry({ key, keySpan, span, value }: Member, at: string): Entry | undefined {
	if (value?.kind !== 'object') return undefined;
	return { name: key, nameSpan: keySpan, span, node: value, pointer: below(at, key) };
}

/** An entry that holds its own name, or has none. */
function itemEntry(node: ConfigNode, at: string, fields: ServerFields, otherwise: string): Entry | undefined {
	if (node.kind !== 'object') return undefined;
	const name = textField(node, fields.name, at)?.node;
	const nameSpan = name?.span ?? node.members[0]?.keySpan ?? node.span;
	return {
		name: name?.value ?? otherwise,
		nameSpan,
		...(name ? { nameNode: name } : {}),
		span: node.span,
		node,
		pointer: at,
	};
}

function bareEntries(
	root: ConfigNode | undefined,
	bareRoot: Dialect['bareRoot'],
	fields: ServerFields,
	uri: string,
): Entry[] {
	if (root?.kind !== 'object') return [];
	const found: Entry[] = [];
	if ((bareRoot === 'server' || bareRoot === 'either') && isServer(root, fields)) {
		add(itemEntry(root, '', fields, fileName(uri)), found);
		return found;
	}
	if (bareRoot === 'server') return found;
	const isEntry = bareRoot === undefined ? isSurelyServer : isServer;
	for (const member of root.members) if (isEntry(member.value, fields)) add(memberEntry(member, ''), found);
	return found;
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
