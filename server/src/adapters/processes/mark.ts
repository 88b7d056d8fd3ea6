import { readFileSync } from 'node:fs';

/** The fields of `/proc/PID/stat` after the name of the program, which may hold anything. See proc_pid_stat(5); read 2026-11. */
export function statFields(pid: number | 'self'): string[] {
	const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
	return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Of {@link statFields}: the state, the parent, and the start in ticks since the machine started. */
export const [STATE, PARENT, STARTED] = [0, 1, 19];

/** Ticks count from the start of the machine, so they need its name. */
export function bootId(): string {
	return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

/**
 * What tells this process from every other one that ever has its number. Undefined where the system does not say it in a way that can be
 * compared later.
 */
export function ownMark(platform: NodeJS.Platform = process.platform): string | undefined {
	if (platform === 'linux') return `${bootId()} ${statFields('self')[STARTED]}`;
	// `ps` says seconds there, and Node starts within one.
	return platform === 'darwin' ? String(Math.round(performance.timeOrigin)) : undefined;
}

/** Two readings of a start in epoch milliseconds, one of them in whole seconds. */
const TOLERANCE_MS = 2_000;

/** Of a process now and of one that was noted: are they the same? */
export function isSameMark(now: string, noted: string): boolean {
	if (now === noted) return true;
	return /^[0-9]{13}$/.test(now) && /^[0-9]{13}$/.test(noted) && Math.abs(Number(now) - Number(noted)) <= TOLERANCE_MS;
}
