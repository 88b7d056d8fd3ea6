import { type StoredSecret, targetWords } from './binding.ts';
import type { InventoryDocument, InventoryInput } from './inventory.ts';
import { type CredentialReference, parseReference } from './references.ts';
import type { McpServer, Part } from './servers.ts';
import type { Span } from './text.ts';

/** A reference in a config, with the stored item that it means for this very entry. */
export interface PlacedReference {
	readonly reference: CredentialReference;
	readonly server: McpServer;
	readonly part: Part;
	/** Where the launcher puts the secret, if that is not the place of the part: "query parameter api_key". */
	readonly given?: string;
	readonly span: Span;
	/** Absent for a broker's reference: the broker knows its items, we do not. */
	readonly item?: StoredSecret;
}

/**
 * The references of one document that stand for a secret: a broker's, and keychain labels that are bound here. A label
 * without a binding means nothing for this entry, whoever else uses the same words, so it is left out.
 */
export function placedReferences(
	source: InventoryDocument,
	{ bindings, items }: Pick<InventoryInput, 'bindings' | 'items'>,
): PlacedReference[] {
	const config = source.realPath ?? uriPath(source.document.uri);
	const itemIds = new Map(
		bindings.filter((b) => b.workload.config === config).map((b) => [`${b.workload.server}\n${b.reference}`, b.itemId]),
	);
	const byId = new Map(items.map((item) => [item.id, item]));
	return source.document.servers.flatMap((server) =>
		references(server).flatMap((found): PlacedReference[] => {
			if (found.reference.store !== 'keychain') return [found];
			const id = itemIds.get(`${server.name}\n${found.reference.text}`);
			const item = id === undefined ? undefined : byId.get(id);
			return item ? [{ ...found, item }] : [];
		}),
	);
}

function references(server: McpServer): PlacedReference[] {
	const { launcher } = server;
	const args = launcher ? launcher.args : server.args;
	const whole = [...server.env, ...server.headers, ...args].map((part) => ({ part, text: part.value }));
	const headers = (launcher?.headers ?? []).map(({ name, part, reference }) => ({
		part,
		text: reference,
		given: targetWords({ header: name }),
	}));
	const inUrl = (launcher?.inUrl ?? []).map(({ place, part, reference }) => ({
		part,
		text: reference,
		given: targetWords(place),
	}));
	const all: { part: Part; text: string; given?: string }[] = [...whole, ...headers, ...inUrl];
	return all.flatMap(({ text, ...found }): PlacedReference[] => {
		const reference = parseReference(text);
		if (!reference) return [];
		const { value, node } = found.part;
		return [{ reference, server, ...found, span: node.spanOf(value.length - text.length, value.length) }];
	});
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
