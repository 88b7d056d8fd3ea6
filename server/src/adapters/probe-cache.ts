import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Grant, ProbeOutcome } from '../core/grant.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import { ensureFolder } from './state/directory.ts';
import { withLock } from './state/lock.ts';
import { writePrivate } from './state/write-private.ts';

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

const DAY = 86_400_000;
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
const MOST_ENTRIES = 1000;
const MOST_BYTES = 4 * 1024 * 1024;

export function probeCachePath(stateDir: string): string {
	return join(stateDir, 'probes.json');
}

/** A file that is missing, damaged, edited into nonsense or writable by others is an empty cache: it holds nothing that cannot be asked again. */
export function openProbeCache(stateDir: string, now: () => number = Date.now): ProbeCache {
	const path = probeCachePath(stateDir);
	let entries = read(path, now());

	async function change(edit: (entries: Map<Fingerprint, CachedProbe>) => void): Promise<void> {
		ensureFolder(stateDir);
		await withLock(`${path}.lock`, async () => {
			const newest = read(path, now());
			edit(newest);
			entries = new Map(
				[...newest].toSorted(([, a], [, b]) => saidAt(b.outcome) - saidAt(a.outcome)).slice(0, MOST_ENTRIES),
			);
			writePrivate(path, `${JSON.stringify({ version: 1, entries: Object.fromEntries(entries) })}\n`);
		});
	}

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

function read(path: string, now: number): Map<Fingerprint, CachedProbe> {
	const data = parse(path);
	const entries = isObject(data) && data.version === 1 && isObject(data.entries) ? Object.entries(data.entries) : [];
	return new Map(
		entries.filter(
			(entry): entry is [string, CachedProbe] =>
				/^[0-9a-f]{32}$/.test(entry[0]) && isProbe(entry[1]) && isCurrent(entry[1], now),
		),
	);
}

function parse(path: string): unknown {
	try {
		const { mode, size } = statSync(path);
		if (size > MOST_BYTES || (process.platform !== 'win32' && (mode & 0o022) !== 0)) return undefined;
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
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
	if (value.state === 'told') return isGrant(value.grant);
	return Number.isFinite(value.at) && typeof value.message === 'string';
}

const TIMES = ['createdAt', 'expiresAt', 'lastUsedAt'] as const;

function isGrant(value: unknown): value is Grant {
	if (!isObject(value) || value.source !== 'issuer' || !Number.isFinite(value.asOf) || !isTexts(value.scopes))
		return false;
	const isOptional = (name: string, fits: (member: unknown) => boolean) =>
		value[name] === undefined || fits(value[name]);
	return (
		['known', 'at-least', 'unknown'].includes(value.precision as string) &&
		TIMES.every((name) => isOptional(name, Number.isFinite)) &&
		isOptional('access', (access) => ['read', 'write', 'admin'].includes(access as string)) &&
		isOptional('account', (account) => typeof account === 'string') &&
		isOptional('neverExpires', (never) => typeof never === 'boolean') &&
		isOptional('resources', isTexts) &&
		isOptional('notes', isTexts)
	);
}

function isTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
