import {
	existsSync,
	linkSync,
	readFileSync,
	renameSync,
	statSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../../core/ports.ts';

/** A lock that was not renewed for so long belongs to a process that was killed or is stuck. */
const STALE_MS = 30_000;
const RENEWED_EVERY = STALE_MS / 6;
const GIVE_UP_MS = 10_000;

export interface Patience {
	/** Milliseconds to wait for the holder. */
	readonly giveUpAfter?: number;
	/** What to tell the person then, with the way out. */
	readonly busy?: string;
}

/** Runs `work` while no other process holds the same lock file. @throws StoreError if the lock is held too long. */
export async function withLock<T>(path: string, work: () => Promise<T>, patience: Patience = {}): Promise<T> {
	const mark = `${process.pid} ${crypto.randomUUID()}`;
	await acquire(path, mark, patience);
	// An issuer or a person's unlocking of the keychain takes as long as it takes.
	const renewing = setInterval(() => renew(path, mark), RENEWED_EVERY);
	try {
		return await work();
	} finally {
		clearInterval(renewing);
		release(path, mark);
	}
}

/** Waits while another process holds the lock, and takes it not. @returns is it free? */
export async function freed(path: string, giveUpAfter: number): Promise<boolean> {
	const until = Date.now() + giveUpAfter;
	while (isHeld(path)) {
		if (Date.now() > until) return false;
		await wait(20);
	}
	return true;
}

function isHeld(path: string): boolean {
	return existsSync(path) && !isStale(path);
}

async function acquire(path: string, mark: string, patience: Patience): Promise<void> {
	const {
		giveUpAfter = GIVE_UP_MS,
		busy = `Another mcp-hygiene process holds ${path}. If none runs, delete that file.`,
	} = patience;
	const until = Date.now() + giveUpAfter;
	while (!tryCreate(path, mark)) {
		if (isStale(path)) takeAway(path);
		else if (Date.now() > until) throw new StoreError('failed', busy);
		else await wait(20 + Math.random() * 30);
	}
}

function tryCreate(path: string, mark: string): boolean {
	try {
		writeFileSync(path, mark, { flag: 'wx', mode: 0o600 });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

function isStale(path: string): boolean {
	try {
		// A time that lies ahead was written before somebody set the clock back.
		if (Math.abs(Date.now() - statSync(path).mtimeMs) > STALE_MS) return true;
		const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
		return Number.isInteger(pid) && !isAlive(pid);
	} catch {
		return false;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** Two waiters can judge the same stale lock; the slower one must not take the fresh lock of the faster one. */
function takeAway(path: string): void {
	const aside = `${path}.${crypto.randomUUID()}`;
	try {
		renameSync(path, aside);
		if (!isStale(aside)) linkSync(aside, path);
		unlinkSync(aside);
	} catch {
		// Someone else took it away, or has a new one: the next round tells.
	}
}

function renew(path: string, mark: string): void {
	try {
		const now = new Date();
		if (readFileSync(path, 'utf8') === mark) utimesSync(path, now, now);
	} catch {
		// Taken over as stale: it is not ours any more.
	}
}

function release(path: string, mark: string): void {
	try {
		if (readFileSync(path, 'utf8') === mark) unlinkSync(path);
	} catch {
		// Taken over as stale: it is not ours any more.
	}
}
