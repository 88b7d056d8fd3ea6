// Servers started by the built launcher from the rewritten config, and a rotation in the built language server meanwhile. A real keyring, real
// processes, and an issuer on the loopback interface that, as GitLab documents, ends the whole family when an old value is used again.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
	type ActQuestion,
	type CredentialList,
	DO_ACT,
	type FixOutcome,
	LIST_CREDENTIALS,
	PREPARE_ACT,
} from '../../server/src/protocol/index.ts';
import { type CanaryEditor, CanarySession } from '../support/canary-session.ts';
import { until } from '../support/harness/temporary.ts';
import { AGREE, runOnTerminal } from '../support/terminal.ts';
import { token } from '../support/tokens.ts';

/** Says which token it got, then waits for its host like any server. A runner between, as `npx` is, shows that the whole tree ends. */
const SERVER = `require('node:fs').appendFileSync('started', process.env.GITLAB_TOKEN + '\\n');
process.stdin.resume();
setInterval(() => {}, 1000);`;
const RUNNER = `require('node:child_process').spawn(process.execPath, ['server.cjs'], { stdio: 'inherit' });
setInterval(() => {}, 1000);`;

const FIRST = 21;

describe('a rotation while servers run', () => {
	const values = [0, 1, 2, 3].map((i) => token('gitlab-pat', FIRST + i));
	let made = 0;
	/** Set: an answer waits for it. */
	let held: Promise<void> | undefined;
	let issuer: Server;
	let session: CanarySession;
	let editor: CanaryEditor;
	let path: string;
	const servers: ChildProcessWithoutNullStreams[] = [];

	before(async () => {
		issuer = createServer((request, response) => {
			void answer(String(request.headers['private-token']), response);
		});
		await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
		session = await CanarySession.open();
		session.write('server.cjs', SERVER);
		session.write('runner.cjs', RUNNER);
		const base = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
		const env = { GITLAB_API_URL: base, GITLAB_TOKEN: values[0] };
		const entry = { command: 'node', args: ['runner.cjs'], env };
		path = session.write('.vscode/mcp.json', `${JSON.stringify({ servers: { gl: entry } })}\n`);
		editor = await session.editor();
		editor.open(pathToFileURL(path).href, readFileSync(path, 'utf8'));
		await editor.moveToKeychain(path);
	});
	after(async () => {
		for (const server of servers) server.kill('SIGKILL');
		await editor.stop();
		issuer.close();
		issuer.closeAllConnections();
		await session.close();
	});

	async function answer(sent: string, response: ServerResponse): Promise<void> {
		await held;
		if (sent !== values[made]) return void response.writeHead(401).end();
		made += 1;
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ token: values[made], expires_at: '2027-01-01' }));
	}

	/** As a host starts what the config says now. */
	function start(): ChildProcessWithoutNullStreams {
		const { args, env } = JSON.parse(readFileSync(path, 'utf8')).servers.gl as { args: string[]; env: object };
		const [command, ...rest] = session.keyring.command(process.execPath, [session.bundle('launcher'), ...args]);
		const server = spawn(command, rest, { cwd: session.workspace, env: { ...session.env, ...env } });
		server.stderr.pipe(process.stderr);
		servers.push(server);
		return server;
	}

	/** The tokens that servers got so far, in the order of their start. */
	const started = (count: number) =>
		until(`${count} servers`, () => {
			const lines = existsSync(`${session.workspace}/started`) ? session.read('started').trim().split('\n') : [];
			return lines.length >= count ? lines.map((line) => values.indexOf(line)) : undefined;
		});

	async function ask(): Promise<ActQuestion> {
		const { rows } = await editor.ask<CredentialList>(LIST_CREDENTIALS);
		return editor.ask<ActQuestion>(PREPARE_ACT, { act: 'rotate', row: rows[0]!.id });
	}

	it('lists them, stops them with all that they started, and a new start gets the new value', async () => {
		const server = start();
		const exit = once(server, 'exit');
		assert.deepEqual(await started(1), [0]);
		const { id, running } = await ask();
		assert.match(running!.join(), /^server gl \(process \d+, since .*\)$/);
		const { status, message } = await editor.ask<FixOutcome>(DO_ACT, { id });
		assert.equal(status, 'done', message);
		assert.match(message, /Stopped before it was sent: server gl/);
		await exit;
		// The pipe is closed once nobody in the tree holds it any more.
		await until(
			'the end of all that it started',
			() => server.stdout.readableEnded || server.stdout.destroyed || undefined,
		);
		start();
		assert.deepEqual(await started(2), [0, 1]);
	});

	it('one that a host starts again meanwhile waits for the new value', async () => {
		const { id } = await ask();
		let release = () => {};
		held = new Promise((resolve) => {
			release = resolve;
		});
		const rotated = editor.ask<FixOutcome>(DO_ACT, { id });
		await once(servers.at(-1)!, 'exit');
		start();
		await pause(1_000);
		assert.equal((await started(2)).length, 2, 'it waits');
		release();
		assert.equal((await rotated).status, 'done');
		assert.deepEqual(await started(3), [0, 1, 2]);
	});

	it('on the command line too', async () => {
		const exit = once(servers.at(-1)!, 'exit');
		const { code, out, err } = await runOnTerminal(session, ['rotate', 'gl'], [AGREE]);
		assert.equal(code, 0, err);
		const pids = [...err.matchAll(/process (\d+), since/g)];
		assert.equal(pids.length, 1, 'those that were stopped before are forgotten');
		assert.match(err, / {2}runs now +server gl \(process/);
		assert.match(out, /Stopped before it was sent: server gl/);
		await exit;
	});
});
