import { realpathSync } from 'node:fs';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { openProbeCache } from '../adapters/state/probe-cache.ts';
import { analyze } from '../core/analyze.ts';
import type { ProbeOutcome } from '../core/grants/grant.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import type { Knowledge } from '../core/rules/rule.ts';
import type { Fingerprint, Fingerprinter } from '../core/secret-value.ts';
import type { Context } from './context.ts';
import type { EnvFiles } from './env-files.ts';
import type { Source } from './source.ts';

/** A file that was read, as the inventory takes it: a config, or a `.env` file with the entries that get it. */
export function inventoryDocument(
	{ document, path, file }: Source,
	knowledge: Knowledge,
	fingerprinter: Fingerprinter,
	users: EnvFiles['users'] = new Map(),
): InventoryDocument {
	return {
		document,
		displayPath: path,
		...(file === undefined ? {} : { realPath: realpathSync(file), users: users.get(file) ?? [] }),
		analysis: analyze(document, { fingerprinter, levels: new Map(), knowledge }),
	};
}

/** What issuers told before. Only fingerprints under the person's own key are comparable. */
export function answersOf(
	index: ReadOnlyIndex | undefined,
	documents: readonly InventoryDocument[],
	context: Context,
): ReadonlyMap<Fingerprint, ProbeOutcome> {
	if (!index) return new Map();
	const cache = openProbeCache(context.stateDir, context.now);
	const written = documents.flatMap(({ analysis }) => analysis.credentials);
	return new Map(
		[...written, ...index.items].flatMap(({ fingerprint }): [Fingerprint, ProbeOutcome][] => {
			const known = cache.get(fingerprint);
			return known ? [[fingerprint, known.outcome]] : [];
		}),
	);
}
