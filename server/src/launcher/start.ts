import type { ChildProcess } from 'node:child_process';
import { accessSync, closeSync, constants as constantsOfFiles, openSync, readSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { constants } from 'node:os';
import type { Executable } from '../adapters/workload/executable.ts';
import type { Asked } from './asked.ts';
import { HEADER_BYTES, isRunnableElf } from './elf.ts';
import { complain, Refused } from './refuse.ts';

export interface Start {
	/** Where the command was found. */
	readonly path: string;
	/** Index 0 is the command as written. */
	readonly words: readonly string[];
	readonly environment: Record<string, string>;
}

/** @throws Refused where the command is nowhere. */
export function foundAt(executable: Executable | undefined, { commandLine }: Pick<Asked, 'commandLine'>): string {
	if (executable) return executable.path;
	throw new Refused(
		`the command "${commandLine[0]}" is not found on PATH. Write its full path into the config, or install it.`,
	);
}

/** Starts the server in our place: its stdin, stdout and stderr are the host's. Does not come back where it replaces us. */
export async function start(server: Start): Promise<void> {
	if (!canReplace(server.path)) return supervise(server);
	// Node does this when it exits, which a process that is replaced does not.
	flushCompileCache?.();
	process.execve!(server.path, [...server.words], server.environment);
}

/**
 * Replacing this process needs nothing of us afterwards: signals, exit code and end of input are the server's own. `execve`
 * aborts the process when it fails, and a core dump would hold the secrets, so only what the kernel surely runs is given to it.
 */
export function canReplace(path: string): boolean {
	if (process.platform === 'win32' || typeof process.execve !== 'function') return false;
	const start = firstBytes(path);
	if (start.toString('latin1', 0, 2) === '#!') return hasInterpreter(start.toString('utf8', 2));
	const magic = start.toString('hex', 0, 4);
	return magic === ELF ? isRunnableElf(start, firstBytes(process.execPath)) : MACH_O.has(magic);
}

const ELF = '7f454c46';
const MACH_O = new Set(['cffaedfe', 'cefaedfe', 'feedfacf', 'feedface', 'cafebabe', 'bebafeca']);

/** `/usr/bin/env -S node` of `#!/usr/bin/env -S node`: the first word is a program that is there. */
function hasInterpreter(line: string): boolean {
	const path = /^[ \t]{0,8}([^ \t\n]{1,200})(?=[ \t\n])/.exec(line)?.[1];
	try {
		if (path === undefined) return false;
		accessSync(path, constantsOfFiles.X_OK);
		return true;
	} catch {
		return false;
	}
}

function firstBytes(path: string): Buffer {
	try {
		const handle = openSync(path, 'r');
		const buffer = Buffer.alloc(HEADER_BYTES);
		const length = readSync(handle, buffer, 0, buffer.length, 0);
		closeSync(handle);
		return buffer.subarray(0, length);
	} catch {
		return Buffer.alloc(0);
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
	let child: ChildProcess | undefined;
	// Before the start: the server runs before `spawn` comes back, and a signal in between would leave it an orphan.
	for (const signal of FORWARDED) process.on(signal, () => child && forward(child, signal));
	child = spawn(path, words.slice(1), {
		stdio: 'inherit',
		env: environment,
		windowsHide: true,
		...(process.platform === 'win32' ? {} : { argv0: words[0]! }),
	});
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
