import type { Credential, Finding } from '../finding.ts';
import { looksRandom } from '../issuers/generic.ts';
import { acceptedKey } from './suppressions.ts';

/** The file in which a team keeps what it accepted; it can be committed. */
export const BASELINE_NAME = '.mcp-hygiene-baseline.json';

/** One accepted finding. */
export interface BaselineEntry {
	readonly rule: string;
	/** Relative to the folder of the baseline, with `/`. */
	readonly path: string;
	/** JSON pointer of the finding. */
	readonly pointer: string;
	/**
	 * A slow, salted hash of the secret that was accepted, so that another one in its place is reported. Absent for findings
	 * without a secret, and for secrets that could be guessed from any hash.
	 */
	readonly secret?: string;
	readonly reason: string;
}

export interface Baseline {
	readonly version: 1;
	/** Hex, made for this file. */
	readonly salt: string;
	readonly findings: readonly BaselineEntry[];
}

/** A text is what is wrong with the file, one line for people. */
export function parseBaseline(text: string): Baseline | string {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return 'it is no JSON';
	}
	if (!isObject(value) || value.version !== 1) return 'its "version" is not 1';
	if (typeof value.salt !== 'string' || !/^[0-9a-f]{32}$/.test(value.salt)) return 'its "salt" is not what was written';
	if (!Array.isArray(value.findings)) return 'its "findings" are no list';
	return { version: 1, salt: value.salt, findings: value.findings.filter(isEntry) };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is BaselineEntry {
	if (!isObject(value)) return false;
	const { rule, path, pointer, secret, reason } = value;
	return (
		[rule, path, pointer, reason].every((member) => typeof member === 'string') &&
		(secret === undefined || typeof secret === 'string')
	);
}

/** In an order that does not depend on the run, so that a change is a small diff. */
export function printBaseline(baseline: Baseline): string {
	const findings = [...new Map(baseline.findings.map((entry) => [entryKey(entry), entry])).values()];
	return `${JSON.stringify({ ...baseline, findings: findings.toSorted(byPlace) }, null, '\t')}\n`;
}

function entryKey({ rule, path, pointer, secret }: BaselineEntry): string {
	return JSON.stringify([path, pointer, rule, secret ?? '']);
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
	const [left, right] = [entryKey(a), entryKey(b)];
	return left < right ? -1 : left > right ? 1 : 0;
}

/** The secret of a finding whose hash belongs into a baseline. */
export function hashable({ credential }: Finding): Credential | undefined {
	return credential && !isGuessable(credential) ? credential : undefined;
}

/** Passwords and words: whoever has the hash could try them all. */
function isGuessable({ classification, confidence, secret }: Credential): boolean {
	if (confidence === 'weak' || /password|basic/.test(classification.kind.id)) return true;
	const value = secret.reveal();
	return value.length < 20 || new Set(value).size < 10 || !looksRandom(value);
}

/** Under which key a finding counts as accepted: with the value's fingerprint where a hash was kept. */
export function baselineKey(finding: Finding): string {
	return acceptedKey(finding.ruleId, finding.pointer, hashable(finding)?.fingerprint ?? '');
}
