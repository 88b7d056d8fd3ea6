// The way of starting servers where a process cannot replace itself (Windows, old editors), run here on this platform.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { temporaryFolder, until } from '../support/harness/temporary.ts';

const folder = temporaryFolder('supervise');
const groups: number[] = [];
after(() => {
	for (const group of groups) killGroup(group);
	folder.remove();
});

const START = new URL('../../server/src/launcher/start.ts', import.meta.url).href;

/** A supervisor for a shell command. */
function supervised(script: string, path = '/bin/sh'): ChildProcessWithoutNullStreams {
	const server = { path, words: ['sh', '-c', script], environment: { PATH: process.env.PATH } };
	const code = `import { supervise } from '${START}'; await supervise(${JSON.stringify(server)});`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'pipe', detached: true });
	groups.push(child.pid!);
	return child;
}

/** A server that a failed test left behind holds our pipes open for ever. */
function killGroup(group: number): void {
	try {
		process.kill(-group, 'SIGKILL');
	} catch {
		// It has ended, as it should.
	}
}

async function end(child: ChildProcessWithoutNullStreams): Promise<[number | null, string | null]> {
	return (await once(child, 'exit')) as [number | null, string | null];
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
	const [chunk] = await once(child.stdout, 'data');
	return String(chunk).trim();
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

describe('a supervised server', () => {
	it('has the host’s stdin and stdout, byte for byte', async () => {
		const child = supervised('cat');
		const bytes = Buffer.from([0, 255, 10, 13, 128]);
		child.stdin.end(bytes);
		const [chunk] = await once(child.stdout, 'data');
		assert.deepEqual(chunk, bytes);
		assert.deepEqual(await end(child), [0, null]);
	});

	it('gives its exit code, or the signal that it died by', async () => {
		assert.deepEqual(await end(supervised('exit 7')), [7, null]);
		assert.deepEqual(await end(supervised('kill -KILL $$')), [null, 'SIGKILL']);
		assert.deepEqual(await end(supervised('kill -TERM $$')), [null, 'SIGTERM']);
	});

	it('gets the signals that the host sends', async () => {
		const child = supervised('trap "echo got; exit 5" TERM; echo ready; while :; do sleep 0.05; done');
		assert.equal(await firstLine(child), 'ready');
		child.kill('SIGTERM');
		assert.deepEqual(await end(child), [5, null]);
	});

	it('gets the signal that comes while it starts', async () => {
		const child = supervised('trap "exit 5" TERM; kill -TERM $PPID; while :; do sleep 0.05; done');
		assert.deepEqual(await end(child), [5, null]);
	});

	it('is killed before the host kills us, when it ignores SIGTERM: no orphan', async () => {
		const child = supervised('trap "" TERM; echo $$; while :; do sleep 0.05; done');
		const pid = Number(await firstLine(child));
		const started = performance.now();
		child.kill('SIGTERM');
		await end(child);
		assert.ok(performance.now() - started < 2_000);
		await until('the end of the server', () => (isAlive(pid) ? undefined : true));
	});

	it('that cannot be started is told by code 127', async () => {
		const child = supervised('', '/nowhere/server');
		let stderr = '';
		child.stderr.on('data', (chunk) => {
			stderr += chunk;
		});
		assert.deepEqual(await end(child), [127, null]);
		assert.match(stderr, /^mcp-hygiene: the command could not be started \(ENOENT\)/);
	});
});

it('a read that never ends and keeps the process from exiting ends at the deadline all the same', async () => {
	const fifo = `${folder.path}/fifo`;
	execFileSync('mkfifo', [fifo]);
	const watchdog = new URL('../../server/src/launcher/watchdog.ts', import.meta.url).href;
	const code = `import { underWatchdog } from '${watchdog}'; import { readFile } from 'node:fs/promises';
		await underWatchdog('the line', async () => { process.stdout.write('last words'); }, () => readFile('${fifo}'), 200);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'pipe' });
	const output = { stdout: '', stderr: '' };
	child.stdout.on('data', (chunk) => {
		output.stdout += chunk;
	});
	child.stderr.on('data', (chunk) => {
		output.stderr += chunk;
	});
	const [exitCode] = await once(child, 'close');
	assert.deepEqual([exitCode, output.stdout, output.stderr], [78, 'last words', 'mcp-hygiene: the line\n']);
});
