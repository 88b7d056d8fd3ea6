// A program that runs beside a test, and that is gone when the test is over, however it ends.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { onExit } from './on-exit.ts';

export interface Background {
	readonly child: ChildProcess;
	readonly ended: Promise<void>;
	/** What it wrote to stdout and stderr so far. */
	output(): string;
	/** Asks it to end, waits, then kills it and everything that it started. */
	stop(): Promise<void>;
}

const PATIENCE_MS = 5000;

export function startInBackground(command: string, args: readonly string[], options: SpawnOptions = {}): Background {
	// A process group of its own, so that what it starts can be ended with it.
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
	const forget = onExit(() => killGroup(child));
	const chunks: Buffer[] = [];
	child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
	child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
	child.once('error', (error) => chunks.push(Buffer.from(String(error))));
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	return {
		child,
		ended,
		output: () => Buffer.concat(chunks).toString('utf8'),
		async stop() {
			child.kill('SIGTERM');
			const timer = setTimeout(() => killGroup(child), PATIENCE_MS);
			await ended;
			clearTimeout(timer);
			killGroup(child);
			forget();
		},
	};
}

function killGroup(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// Nothing of the group is left.
	}
}
