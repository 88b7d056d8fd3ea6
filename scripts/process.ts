// Starting other programs from the scripts.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './paths.ts';

export interface RunOptions {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** `quiet`: output is shown only when the program fails. A function gets it instead, piece by piece. */
	readonly output?: 'show' | 'quiet' | ((text: Uint8Array) => void);
}

/** A failure whose message is all that a person needs: no stack trace is shown for it. */
export class ScriptError extends Error {}

/** Runs a program to its end. Exit code; a signal counts as 1. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
	const output: Buffer[] = [];
	const { output: wanted = 'show' } = options;
	const take = typeof wanted === 'function' ? wanted : (chunk: Buffer) => void output.push(chunk);
	const stdio = wanted === 'show' ? 'inherit' : 'pipe';
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: options.cwd ?? root,
			env: options.env ?? process.env,
			stdio: ['ignore', stdio, stdio],
		});
		child.stdout?.on('data', take);
		child.stderr?.on('data', take);
		child.once('error', reject);
		child.once('close', (code) => {
			if (code !== 0 && output.length > 0) process.stderr.write(Buffer.concat(output));
			resolve(code ?? 1);
		});
	});
}

/** Like {@link run}, but a failure ends the script with `complaint`. */
export async function must(
	complaint: string,
	command: string,
	args: readonly string[],
	options?: RunOptions,
): Promise<void> {
	const code = await run(command, args, options);
	if (code !== 0) throw new ScriptError(`${complaint} (${command} ended with ${code}; its output is above)`);
}

/** The first of these programs that is on PATH, as an absolute path. */
export function findProgram(...names: readonly string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
	for (const name of names) {
		for (const folder of folders) {
			for (const ending of endings) {
				const file = join(folder, name + ending);
				if (isExecutable(file)) return file;
			}
		}
	}
	return undefined;
}

/** Runs a script's main function: prints a {@link ScriptError} as one line, ends with the code that it returns. */
export async function main(body: () => Promise<number | undefined>): Promise<never> {
	// So that the `exit` handlers, which stop what was started, also run when a person presses Ctrl+C.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
	try {
		process.exit((await body()) ?? 0);
	} catch (error) {
		console.error(error instanceof ScriptError ? error.message : error);
		process.exit(1);
	}
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
