import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
	type Baseline,
	type BaselineEntry,
	baselineKey,
	hashable,
	parseBaseline,
	printBaseline,
} from '../core/accepted/baseline.ts';
import { isReason } from '../core/accepted/suppressions.ts';
import type { Finding } from '../core/finding.ts';
import { plainPointer } from '../core/names-shown.ts';
import type { Fingerprint } from '../core/secret-value.ts';

/** A baseline that is there and cannot be read. `message` is one line for people. */
export class BaselineError extends Error {
	override readonly name = 'BaselineError';
}

/** Undefined where there is none. @throws BaselineError */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
		throw new BaselineError(`${file} cannot be read (${code ?? 'unknown error'}).`);
	}
	const read = parseBaseline(text);
	if (typeof read === 'string')
		throw new BaselineError(`${file} is no baseline: ${read}. Write it again, or delete it.`);
	return read;
}

export function newBaseline(): Baseline {
	return { version: 1, salt: randomBytes(16).toString('hex'), findings: [] };
}

/** Everybody who gets the project may read it. */
export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
	const { default: writeFileAtomic } = await import('write-file-atomic');
	await writeFileAtomic(file, printBaseline(baseline));
}

/** A finding of the file at `path`, which is relative to the baseline's folder, with `/`. */
export interface PlacedFinding {
	readonly path: string;
	readonly finding: Finding;
}

/**
 * Compares findings with a baseline. Hashing is slow on purpose, so each secret is hashed once in the life of one of these,
 * and only where an entry asks for it.
 */
export class BaselineReader {
	readonly #hashes = new Map<string, Promise<string>>();

	/** What the baseline accepts among the findings of one file: key to reason. */
	async accepted(baseline: Baseline, placed: readonly PlacedFinding[]): Promise<Map<string, string>> {
		// An entry without a reason does not count, as a comment without one does not.
		const entries = Map.groupBy(
			baseline.findings.filter(({ reason }) => isReason(reason)),
			place,
		);
		const accepted = new Map<string, string>();
		for (const { path, finding } of placed) {
			for (const entry of entries.get(place({ path, rule: finding.ruleId, pointer: finding.pointer })) ?? []) {
				if (await this.#isSame(entry, finding, baseline.salt)) accepted.set(baselineKey(finding), entry.reason);
			}
		}
		return accepted;
	}

	async #isSame({ secret }: BaselineEntry, finding: Finding, salt: string): Promise<boolean> {
		const hash = await this.#hashOf(finding, salt);
		if (hash === undefined || secret === undefined) return hash === secret;
		const [one, other] = [Buffer.from(hash), Buffer.from(secret)];
		return one.length === other.length && timingSafeEqual(one, other);
	}

	/** The entry that accepts a finding. */
	async entry({ path, finding }: PlacedFinding, { salt }: Baseline, reason: string): Promise<BaselineEntry> {
		const secret = await this.#hashOf(finding, salt);
		return {
			rule: finding.ruleId,
			path,
			pointer: plainPointer(finding.pointer),
			...(secret === undefined ? {} : { secret }),
			reason,
		};
	}

	#hashOf(finding: Finding, salt: string): Promise<string> | undefined {
		const credential = hashable(finding);
		if (!credential) return undefined;
		const { fingerprint, secret } = credential;
		const key = cacheKey(salt, fingerprint);
		let hash = this.#hashes.get(key);
		if (!hash) {
			// The file is public: only a slow hash of a value with enough randomness may go into it.
			hash = slowHash(secret.reveal(), salt);
			this.#hashes.set(key, hash);
		}
		return hash;
	}
}

function place({ path, rule, pointer }: Pick<BaselineEntry, 'path' | 'rule' | 'pointer'>): string {
	return `${path}\n${rule}\n${plainPointer(pointer)}`;
}

function cacheKey(salt: string, fingerprint: Fingerprint): string {
	return `${salt} ${fingerprint}`;
}

/** About 40 ms and 16 MB on a desktop of 2026. */
const COST = { N: 16_384, r: 8, p: 1 };

function slowHash(value: string, salt: string): Promise<string> {
	return new Promise((resolve, reject) => {
		scrypt(value, Buffer.from(salt, 'hex'), 32, COST, (error, key) => {
			if (error) reject(error);
			else resolve(key.toString('hex'));
		});
	});
}
