import type { ConfigDocument } from '../document.ts';
import { readDocument } from '../read.ts';
import type { McpServer } from '../servers.ts';
import type { ConfigNode } from '../syntax/tree.ts';
import { applyChanges, type TextChange } from '../text.ts';

export const UNFOLLOWED =
	'This entry is spelled in a way that no edit here can follow. Write it in the form that the host’s documents show, or store the secret with `mcp-hygiene store put` and write the reference by hand.';

/** What a reader of the file gets. */
type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** An entry as it should read after an edit: its members by name; undefined = not there. */
export type Wanted = Readonly<Record<string, Plain | undefined>>;

/** The entry as its host reads it. */
export function plainEntry({ node }: McpServer): { readonly [key: string]: Plain } {
	return plain(node) as { readonly [key: string]: Plain };
}

/**
 * Does the edit do what it should and nothing else? The edited text is read again: this entry has to read as wanted, everything
 * else as before, and no comment may be gone. TOML and YAML have more spellings than an edit can foresee.
 */
export function readsAs(
	document: ConfigDocument,
	server: McpServer,
	changes: readonly TextChange[],
	wanted: Wanted,
): boolean {
	const after = whole(document, changes);
	return after !== undefined && sorted(plain(after.tree.root)) === sorted(around(document, server, wanted));
}

/** Does the edit change this entry and nothing else? */
export function changesOnly(document: ConfigDocument, server: McpServer, changes: readonly TextChange[]): boolean {
	const after = whole(document, changes);
	const now = after?.servers.find(({ pointer }) => pointer === server.pointer);
	return now !== undefined && sorted(around(after!, now, {})) === sorted(around(document, server, {}));
}

/** The edited document, if it still parses with all of its comments. */
function whole(document: ConfigDocument, changes: readonly TextChange[]): ConfigDocument | undefined {
	const { uri, text, dialect, scope } = document;
	const after = readDocument(uri, applyChanges(text, changes), dialect, scope);
	const kept = commentsOf(after);
	const isWhole =
		after.tree.problems.length === 0 &&
		after.tree.comments.length >= document.tree.comments.length &&
		[...commentsOf(document)].every((comment) => kept.has(comment));
	return isWhole ? after : undefined;
}

function commentsOf({ text, tree }: ConfigDocument): ReadonlySet<string> {
	return new Set(tree.comments.map(({ start, end }) => text.slice(start, end).trimEnd()));
}

/** What a reader of the file gets, with something else in place of this entry. */
function around({ tree }: ConfigDocument, { node }: McpServer, entry: Wanted): Plain {
	return plain(tree.root, new Map([[node, entry]]));
}

function plain(node: ConfigNode | undefined, replaced?: ReadonlyMap<ConfigNode, Wanted>): Plain {
	if (!node) return null;
	const other = replaced?.get(node);
	if (other) return other as Plain;
	if (node.kind === 'array') return node.items.map((item) => plain(item, replaced));
	if (node.kind !== 'object') return node.value;
	return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value, replaced)]));
}

/** As text, whatever the order of the members. */
function sorted(value: Plain): string {
	return JSON.stringify(value, (_, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}
