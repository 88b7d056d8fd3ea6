import { setTimeout as pause } from 'node:timers/promises';
import { isSameMark } from './mark.ts';
import { type ProcessTable, processTable, type RunningProcess, withDescendants } from './table.ts';

/** A process as it was noted when it started. */
export interface Noted {
	readonly pid: number;
	readonly mark: string;
}

export function isRunning(table: ProcessTable, { pid, mark }: Noted): boolean {
	const now = table.get(pid);
	return now !== undefined && isSameMark(now.mark, mark);
}

export interface Patience {
	/** Milliseconds for a server to end in its own way. */
	readonly term?: number;
	/** Milliseconds for the system to take away what was killed. */
	readonly kill?: number;
}

/**
 * Stops a process and whatever it started: a package runner is not the server, and a server whose runner is gone goes on reading from its
 * host. Asks first, and kills what does not go. Never touches a process that only has the same number, nor the tree that we are in ourselves.
 *
 * @returns does none of them run any more?
 */
export async function stopTree(noted: Noted, { term = 3_000, kill = 2_000 }: Patience = {}): Promise<boolean> {
	const asked = treeOf([noted]);
	if (asked.some(({ pid }) => pid === process.pid)) return false;
	signal(asked, 'SIGTERM');
	await until(() => running(asked).length === 0, term);
	// With what they started meanwhile.
	const left = treeOf(running(asked));
	signal(left, 'SIGKILL');
	await until(() => running(left).length === 0, kill);
	return running([noted, ...left]).length === 0;
}

/** Those of them that still run. */
function running(noted: readonly Noted[]): Noted[] {
	const table = processTable() ?? new Map();
	return noted.filter((one) => isRunning(table, one));
}

function treeOf(roots: readonly Noted[]): RunningProcess[] {
	const table = processTable() ?? new Map();
	return withDescendants(
		table,
		roots.filter((one) => isRunning(table, one)).map(({ pid }) => pid),
	);
}

function signal(processes: readonly Noted[], name: NodeJS.Signals): void {
	for (const { pid } of processes) {
		try {
			process.kill(pid, name);
		} catch {
			// It ended meanwhile, or is not this person's: who still runs is looked at afterwards.
		}
	}
}

async function until(isTrue: () => boolean, milliseconds: number): Promise<void> {
	for (const end = Date.now() + milliseconds; !isTrue() && Date.now() < end; ) await pause(50);
}
