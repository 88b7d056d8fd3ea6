import { complain, EXIT_REFUSED } from './refuse.ts';

/**
 * Longer than any keychain that answers, short enough for hosts that give up on a start. Not long enough to answer an unlock
 * window at leisure: the host starts the server again, and then the keychain is open.
 */
export const KEYCHAIN_DEADLINE_MS = 10_000;

/**
 * Runs work that may never end and then blocks even `process.exit`. At the deadline the line is written, `before` gets its
 * turn, and the process goes away without asking its threads.
 */
export async function underWatchdog<T>(
	line: string,
	before: () => Promise<void>,
	work: () => Promise<T>,
	deadline = KEYCHAIN_DEADLINE_MS,
): Promise<T> {
	const timer = setTimeout(() => {
		complain(line);
		void before().finally(vanish);
	}, deadline);
	try {
		return await work();
	} finally {
		clearTimeout(timer);
	}
}

/** Ends this process although a thread is stuck: becomes a shell that exits with our code, or else is killed. */
function vanish(): void {
	if (process.platform !== 'win32' && typeof process.execve === 'function') {
		process.execve('/bin/sh', ['sh', '-c', `exit ${EXIT_REFUSED}`], {});
	}
	process.kill(process.pid, 'SIGKILL');
}
