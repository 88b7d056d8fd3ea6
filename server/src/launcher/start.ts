import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { constants } from 'node:os';
import { complain } from './refuse.ts';

export interface Start {
	/** Where the command was found. */
	readonly path: string;
	/** Index 0 is the command as written. */
	readonly words: readonly string[];
	readonly environment: Record<string, string>;
}

/** Starts the server in our place: its stdin, stdout and stderr are the host's. Does not come back where it replaces us. */
export async function start(server: Start): Promise<void> {
	if (canReplace(server.path)) process.execve!(server.path, [...server.words], server.environment);
	else await supervise(server);
}

/**
 * Replacing this process needs nothing of us afterwards: signals, exit code and end of input are the server's own. `execve`
 * aborts the process when it fails, so only what the kernel surely runs is given to it.
 */
function canReplace(path: string): boolean {
	if (process.platform === 'win32' || typeof process.execve !== 'function') return false;
	const magic = firstBytes(path);
	return magic.startsWith('2321') || MAGIC.has(magic);
}

/** ELF, and the six forms of Mach-O. */
const MAGIC = new Set(['7f454c46', 'cffaedfe', 'cefaedfe', 'feedfacf', 'feedface', 'cafebabe', 'bebafeca']);

function firstBytes(path: string): string {
	try {
		const handle = openSync(path, 'r');
		const buffer = Buffer.alloc(4);
		const length = readSync(handle, buffer, 0, 4, 0);
		closeSync(handle);
		return buffer.subarray(0, length).toString('hex');
	} catch {
		return '';
	}
}

const FORWARDED: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

/**
 * Hosts kill two seconds after SIGTERM, and a killed supervisor leaves an orphan. So a server that ignores SIGTERM is killed
 * half a second before that.
 */
const TERM_TO_KILL_MS = 1_500;

/** Stays between host and server, for Windows and for runtimes that cannot replace themselves. Copies no bytes. */
export async function supervise({ path, words, environment }: Start): Promise<void> {
	const { default: spawn } = await import('cross-spawn');
	const child = spawn(path, words.slice(1), {
		stdio: 'inherit',
		env: environment,
		windowsHide: true,
		...(process.platform === 'win32' ? {} : { argv0: words[0]! }),
	});
	for (const signal of FORWARDED) process.on(signal, () => forward(child, signal));
	// Whatever ends us by our own doing ends the server too.
	process.on('exit', () => child.kill('SIGKILL'));
	await new Promise<void>((resolve) => {
		child.on('error', (error: NodeJS.ErrnoException) => {
			complain(`the command could not be started (${error.code ?? 'unknown error'}).`);
			process.exitCode = error.code === 'ENOENT' ? 127 : 126;
			resolve();
		});
		child.on('exit', (code, signal) => {
			endAs(code, signal);
			resolve();
		});
	});
}

function forward(child: ChildProcess, signal: NodeJS.Signals): void {
	child.kill(signal);
	if (signal === 'SIGTERM') setTimeout(() => child.kill('SIGKILL'), TERM_TO_KILL_MS).unref();
}

/** Ends as the server ended: with its code, or by its signal. */
function endAs(code: number | null, signal: NodeJS.Signals | null): void {
	if (signal === null) {
		process.exit(code ?? 1);
	}
	process.removeAllListeners(signal);
	process.kill(process.pid, signal);
	// Signals that the runtime keeps from killing us still tell by their number.
	setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 200);
}
