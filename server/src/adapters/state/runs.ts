import { readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from './directory.ts';

/** A server that was started with stored secrets. Holds labels and numbers only. */
export interface Run {
	readonly pid: number;
	/** What tells the process from later ones of its number: `ownMark`. */
	readonly mark: string;
	/** Epoch milliseconds. */
	readonly at: number;
	/** Ids of the stored secrets that it wants. */
	readonly items: readonly string[];
	/** The entry's name, where the command line has it. It was not compared with anything yet. */
	readonly server?: string;
}

/**
 * A server that takes our place cannot tell when it ends, so a note stays until somebody reads the notes, or until its number is given again.
 * More than this, and the launcher reads them too.
 */
const MANY = 64;

/** One file for each process number. A folder that cannot be written keeps nobody from starting. */
export function noteRun(stateDir: string, run: Run): void {
	try {
		const folder = runsFolder(stateDir);
		ensureFolder(folder);
		writeFileSync(fileOf(stateDir, run.pid), `${JSON.stringify(run)}\n`, { mode: 0o600 });
		if (readdirSync(folder).length > MANY)
			for (const one of readRuns(stateDir)) if (isGone(one)) dropRun(stateDir, one);
	} catch {
		// Then it is not among those that a rotation stops, and its question says what it knows.
	}
}

/** In no order. What is not a note, or was cut off, is left out. */
export function readRuns(stateDir: string): Run[] {
	return namesIn(runsFolder(stateDir)).flatMap((name) => read(join(runsFolder(stateDir), name)) ?? []);
}

export function dropRun(stateDir: string, { pid }: Pick<Run, 'pid'>): void {
	try {
		unlinkSync(fileOf(stateDir, pid));
	} catch {
		// Gone already.
	}
}

function runsFolder(stateDir: string): string {
	return join(stateDir, 'runs');
}

function fileOf(stateDir: string, pid: number): string {
	return join(runsFolder(stateDir), `${pid}.json`);
}

function isGone({ pid }: Run): boolean {
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).filter((name) => /^[0-9]{1,10}\.json$/.test(name));
	} catch {
		return [];
	}
}

function read(path: string): Run | undefined {
	try {
		const run = JSON.parse(readFileSync(path, 'utf8')) as Run;
		return isRun(run) ? run : undefined;
	} catch {
		return undefined;
	}
}

/** A number of 1 or less would stand for a group of processes. */
function isRun({ pid, mark, at, items, server }: Run): boolean {
	return (
		Number.isSafeInteger(pid) &&
		pid > 1 &&
		typeof mark === 'string' &&
		Number.isFinite(at) &&
		Array.isArray(items) &&
		items.every((item) => typeof item === 'string') &&
		(server === undefined || typeof server === 'string')
	);
}
