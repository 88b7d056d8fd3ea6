import { StoreError } from '../../core/ports.ts';

export interface ToolRun {
	/** Path of the program. */
	readonly program: string;
	readonly args: readonly string[];
	readonly environment: Record<string, string>;
	readonly input?: string;
	/** Milliseconds. */
	readonly deadline?: number;
}

export interface ToolResult {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a broker's program without a shell; what is secret goes through stdin and comes through stdout. */
export async function runTool({
	program,
	args,
	environment,
	input = '',
	deadline = 30_000,
}: ToolRun): Promise<ToolResult> {
	// Loaded when a broker is asked: most servers start without one.
	const { spawn } = await import('node:child_process');
	return new Promise((resolve, reject) => {
		const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'], env: environment, windowsHide: true });
		const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(
				new StoreError(
					'frozen',
					`${program} did not answer within ${deadline / 1000} s. It may be waiting for you in another window.`,
				),
			);
		}, deadline);
		child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
		child.on('error', () => {
			clearTimeout(timer);
			reject(new StoreError('not-installed', `${program} could not be started. Install it, then try again.`));
		});
		child.on('close', (code) => {
			clearTimeout(timer);
			resolve({
				code: code ?? 1,
				stdout: Buffer.concat(output.stdout).toString('utf8'),
				stderr: Buffer.concat(output.stderr).toString('utf8'),
			});
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
	});
}
