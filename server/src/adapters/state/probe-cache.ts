import { join } from 'node:path';
import { DAY } from '../../core/dates.ts';
import type { ProbeOutcome } from '../../core/grants/grant.ts';
import type { Fingerprint } from '../../core/secret-value.ts';
import { changeFacts, type FactFile, isObject, readFacts } from './by-fingerprint.ts';
import { isGrant } from './stored-grant.ts';

/** What an issuer said, and where it was asked. The time is the outcome's own `at` or `asOf`. */
export interface CachedProbe {
	readonly outcome: ProbeOutcome;
	readonly base: string;
}

/** Answers of issuers by fingerprint of the token, without any secret: a file that only this person can read and write. */
export interface ProbeCache {
	/** As of the last read or write through this object; what has expired since is left out. */
	get(fingerprint: Fingerprint): CachedProbe | undefined;
	put(fingerprint: Fingerprint, probe: CachedProbe): Promise<void>;
	/** After a token was rotated: the old value is not there any more. */
	forget(fingerprint: Fingerprint): Promise<void>;
}

/** An answer that tells something is good for a month; "try again later" is not worth keeping longer than an hour. */
const KEPT_FOR: Record<ProbeOutcome['state'], number> = {
	told: 30 * DAY,
	invalid: 30 * DAY,
	refused: 30 * DAY,
	'not-told': 30 * DAY,
	redirected: DAY,
	malformed: DAY,
	'rate-limited': DAY / 24,
	unavailable: DAY / 24,
};

export function probeCachePath(stateDir: string): string {
	return join(stateDir, 'probes.json');
}

/** It holds nothing that cannot be asked again, so a damaged file is an empty one. */
export function openProbeCache(stateDir: string, now: () => number = Date.now): ProbeCache {
	const file: FactFile<CachedProbe> = {
		path: probeCachePath(stateDir),
		accepts: (value): value is CachedProbe => isProbe(value) && isCurrent(value, now()),
		saidAt: ({ outcome }) => saidAt(outcome),
	};
	let entries = readFacts(file);
	const change = async (edit: Parameters<typeof changeFacts<CachedProbe>>[1]) => {
		entries = await changeFacts(file, edit);
	};
	return {
		get: (fingerprint) => {
			const found = entries.get(fingerprint);
			return found && isCurrent(found, now()) ? found : undefined;
		},
		put: (fingerprint, { outcome, base }) => change((all) => all.set(fingerprint, { outcome, base })),
		forget: (fingerprint) => change((all) => all.delete(fingerprint)),
	};
}

export function saidAt(outcome: ProbeOutcome): number {
	return outcome.state === 'told' ? outcome.grant.asOf : outcome.at;
}

/** An answer from the future was written under a wrong clock: nobody can say how old it is. An hour is a clock that was corrected. */
function isCurrent({ outcome }: CachedProbe, now: number): boolean {
	const age = now - saidAt(outcome);
	return age > -DAY / 24 && age < KEPT_FOR[outcome.state];
}

function isProbe(value: unknown): value is CachedProbe {
	return isObject(value) && typeof value.base === 'string' && isOutcome(value.outcome);
}

function isOutcome(value: unknown): value is ProbeOutcome {
	if (!isObject(value) || typeof value.state !== 'string' || !Object.hasOwn(KEPT_FOR, value.state)) return false;
	if (value.state === 'told') return isGrant(value.grant, 'issuer');
	return Number.isFinite(value.at) && typeof value.message === 'string';
}
