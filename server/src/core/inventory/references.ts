import { entryOf, type StoredSecret, targetWords } from '../bindings/binding.ts';
import type { ConfigDocument } from '../document.ts';
import { type CredentialReference, parseReference } from '../references.ts';
import { isSameEntry, type McpServer, type Part } from '../servers.ts';
import type { Span } from '../text.ts';
import type { InventoryDocument, InventoryInput } from './model.ts';

/** A reference in a config, with the stored item that it means for this very entry. */
export interface PlacedReference {
	readonly reference: CredentialReference;
	readonly server: McpServer;
	/** The config of the entry; the reference can stand in its `.env` file. */
	readonly document: ConfigDocument;
	readonly part: Part;
	/** Where the launcher puts the secret, if that is not the place of the part: "query parameter api_key". */
	readonly given?: string;
	readonly span: Span;
	/** Absent for a broker's reference: the broker knows its items, we do not. */
	readonly item?: StoredSecret;
}

type Known = Pick<InventoryInput, 'bindings' | 'items'>;

/**
 * The references of one document that stand for a secret: a broker's, and keychain labels that are bound here. A label
 * without a binding means nothing for this entry, whoever else uses the same words, so it is left out.
 */
export function placedReferences(source: InventoryDocument, known: Known): PlacedReference[] {
	const { document, realPath, users = [] } = source;
	const own = document.servers.map((server) => ({ server, document, realPath, found: references(server) }));
	const inFile = users.map((user) => ({ ...user, found: inVariables(document) }));
	return [...own, ...inFile].flatMap(({ server, document: config, realPath: path, found }) =>
		withItems(found, server, config, path ?? uriPath(config.uri), known),
	);
}

function withItems(
	found: readonly Found[],
	server: McpServer,
	document: ConfigDocument,
	path: string,
	{ bindings, items }: Known,
): PlacedReference[] {
	return found.flatMap((one): PlacedReference[] => {
		if (one.reference.store !== 'keychain') return [{ ...one, server, document }];
		const binding = bindings.findLast(
			({ workload, reference }) =>
				workload.config === path && isSameEntry(entryOf(workload), server) && reference === one.reference.text,
		);
		const item = items.find(({ id }) => id === binding?.itemId);
		return item ? [{ ...one, server, document, item }] : [];
	});
}

type Found = Omit<PlacedReference, 'server' | 'document' | 'item'>;

function inVariables({ variables }: ConfigDocument): Found[] {
	return variables.flatMap((part) => whole(part, part.value));
}

function references({ launcher, env, headers, args }: McpServer): Found[] {
	const parts = [...env, ...headers, ...(launcher ? launcher.args : args)];
	const given = (launcher?.headers ?? []).map(({ name, ...rest }) => ({ ...rest, target: { header: name } }));
	const inUrl = (launcher?.inUrl ?? []).map(({ place, ...rest }) => ({ ...rest, target: place }));
	return [
		...parts.flatMap((part) => whole(part, part.value)),
		...[...given, ...inUrl].flatMap(({ part, reference, target }) => whole(part, reference, targetWords(target))),
	];
}

/** The reference is the end of the part. */
function whole(part: Part, text: string, given?: string): Found[] {
	const reference = parseReference(text);
	if (!reference) return [];
	const span = part.node.spanOf(part.value.length - text.length, part.value.length);
	return [{ reference, part, span, ...(given === undefined ? {} : { given }) }];
}

/** How people call a store that a reference names. */
export function brokerName(store: string): string {
	return BROKER_NAMES.get(store) ?? store;
}

const BROKER_NAMES: ReadonlyMap<string, string> = new Map([
	['op', '1Password'],
	['pass', 'pass (password-store)'],
	['keychain', 'OS keychain'],
]);

/** The path of a `file:` URI as the operating system writes it; anything else comes back unchanged. */
function uriPath(uri: string): string {
	if (!uri.startsWith('file://')) return uri;
	const path = decode(uri.slice('file://'.length));
	return /^\/[A-Za-z]:/.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
