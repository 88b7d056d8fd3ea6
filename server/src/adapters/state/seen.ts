import { join } from 'node:path';
import { DAY, isoDay } from '../../core/dates.ts';
import type { AgeEvidence } from '../../core/grants/evidence.ts';
import type { Fingerprint } from '../../core/secret-value.ts';
import { changeFacts, type FactFile, isObject, readFacts } from './by-fingerprint.ts';

/** When this person's own tools met a secret, in epoch milliseconds. */
interface Seen {
	readonly first: number;
	readonly last: number;
}

function fileIn(stateDir: string, now: number): FactFile<Seen> {
	return {
		path: join(stateDir, 'seen.json'),
		// What was seen tomorrow was seen under a wrong clock.
		accepts: (value): value is Seen =>
			isObject(value) &&
			typeof value.first === 'number' &&
			typeof value.last === 'number' &&
			value.first > 0 &&
			value.first <= value.last &&
			value.last <= now + DAY,
		saidAt: ({ last }) => last,
	};
}

/**
 * Notes that these secrets stand in a config now, and tells since when each is known to. Only fingerprints under the person's own
 * key last. Writes once a day; what cannot be written is noted another time. A first day is no evidence of any age.
 */
export async function noteSeen(
	stateDir: string,
	fingerprints: readonly Fingerprint[],
	now: number,
): Promise<ReadonlyMap<Fingerprint, AgeEvidence>> {
	const file = fileIn(stateDir, now);
	const known = readFacts(file);
	if (fingerprints.some((fingerprint) => now - (known.get(fingerprint)?.last ?? 0) >= DAY)) {
		await changeFacts(file, (all) => {
			for (const fingerprint of fingerprints) {
				const first = Math.min(all.get(fingerprint)?.first ?? now, now);
				all.set(fingerprint, { first, last: now });
			}
		}).catch(() => undefined);
	}
	return new Map(
		fingerprints.flatMap((fingerprint) => {
			const first = known.get(fingerprint)?.first;
			return first === undefined || now - first < DAY ? [] : [[fingerprint, evidence(first)] as const];
		}),
	);
}

function evidence(since: number): AgeEvidence {
	return { since, precision: 'at-least', source: 'index', detail: `first seen by this tool on ${isoDay(since)}` };
}
