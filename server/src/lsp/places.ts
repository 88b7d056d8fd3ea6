import type { Binding, StoredSecret } from '../core/bindings/binding.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import { plainName } from '../core/names-shown.ts';
import { keychainReference } from '../core/references.ts';
import { type Elsewhere, placeKey, type StoredItem } from '../core/rules/rule.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import { LineIndex } from '../core/text.ts';
import { uriOf } from './session.ts';

/** For places that other documents link. */
export function linesOf(documents: readonly InventoryDocument[]): Map<string, LineIndex> {
	return new Map(
		documents
			.filter(({ analysis }) => analysis.credentials.length > 0)
			.map(({ document }) => [document.uri, new LineIndex(document.text)]),
	);
}

/** Every place of each secret. What stands in no server's entry (a `.env` file, an input, a comment) is a copy. */
export function placesBySecret(documents: readonly InventoryDocument[]): Map<Fingerprint, Elsewhere[]> {
	const places = new Map<Fingerprint, Elsewhere[]>();
	for (const { document, analysis, displayPath } of documents) {
		for (const credential of analysis.credentials) {
			const { server, span, fingerprint } = credential;
			const all = places.get(fingerprint) ?? [];
			if (server)
				all.push({ uri: document.uri, span, description: `server "${plainName(server.name)}" in ${displayPath}` });
			else all.push({ uri: document.uri, span, description: displayPath, isCopy: true });
			places.set(fingerprint, all);
		}
	}
	return places;
}

/** What the index holds, by secret. */
export function storedItems(
	items: readonly StoredSecret[],
	bindings: readonly Binding[],
): Map<Fingerprint, StoredItem> {
	return new Map(
		items.map((item) => {
			const own = bindings.filter((binding) => binding.itemId === item.id);
			const reference = own[0]?.reference ?? keychainReference(item.path);
			return [item.fingerprint, { reference, storedAt: item.storedAt, boundPlaces: own.flatMap(boundPlaceKeys) }];
		}),
	);
}

/** A binding names a file by its real path; a document by its URI. */
function boundPlaceKeys({ workload, destination }: Binding): string[] {
	const uri = uriOf(workload.config);
	if (destination.kind === 'connect')
		return 'header' in destination ? [placeKey(uri, workload.server, 'header', destination.header)] : [];
	if ('env' in destination.target) return [placeKey(uri, workload.server, 'env', destination.target.env)];
	return [placeKey(uri, workload.server, 'arg', '')];
}
