import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Fingerprint } from '../../core/secret-value.ts';
import { ensureFolder } from './directory.ts';
import { withLock } from './lock.ts';
import { writePrivate } from './write-private.ts';

/** Facts about secrets by fingerprint, without any secret: a file that only this person can read and write. */
export interface FactFile<Fact> {
	readonly path: string;
	/** Is this one, and does it still count? */
	readonly accepts: (value: unknown) => value is Fact;
	/** Epoch milliseconds: when there are too many, the oldest go. */
	readonly saidAt: (fact: Fact) => number;
}

const MOST_ENTRIES = 1000;
const MOST_BYTES = 4 * 1024 * 1024;

/** A file that is missing, damaged, edited into nonsense or writable by others is empty: it holds nothing that cannot be learned again. */
export function readFacts<Fact>({ path, accepts }: Pick<FactFile<Fact>, 'path' | 'accepts'>): Map<Fingerprint, Fact> {
	const data = parse(path);
	const entries = isObject(data) && data.version === 1 && isObject(data.entries) ? Object.entries(data.entries) : [];
	return new Map(
		entries.filter((entry): entry is [string, Fact] => /^[0-9a-f]{32}$/.test(entry[0]) && accepts(entry[1])),
	);
}

/** Reads the newest, changes it and writes it. @returns what the file holds now */
export async function changeFacts<Fact>(
	file: FactFile<Fact>,
	edit: (facts: Map<Fingerprint, Fact>) => void,
): Promise<Map<Fingerprint, Fact>> {
	ensureFolder(dirname(file.path));
	return withLock(`${file.path}.lock`, async () => {
		const newest = readFacts(file);
		edit(newest);
		const kept = new Map(
			[...newest].toSorted(([, a], [, b]) => file.saidAt(b) - file.saidAt(a)).slice(0, MOST_ENTRIES),
		);
		writePrivate(file.path, `${JSON.stringify({ version: 1, entries: Object.fromEntries(kept) })}\n`);
		return kept;
	});
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

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
