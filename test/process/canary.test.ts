// One token goes through everything that the product does. It is in the config until the fix, in the keyring after it, and
// nowhere else: no message but document synchronisation, no output, no command line, no environment, no file.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
	type CredentialList,
	type FixRequest,
	LIST_CREDENTIALS,
	LIST_KEPT,
	LIST_REFUSALS,
	type RefusedStart,
} from '../../server/src/protocol/index.ts';
import { Canary } from '../support/canary.ts';
import { type CanaryEditor, CanarySession, type Ended } from '../support/canary-session.ts';
import { hostEnvironment } from '../support/launcher-desk.ts';
import { ProcessWatch } from '../support/process-watch.ts';
import { token } from '../support/tokens.ts';

const canary = new Canary(token('github-pat', randomInt(1_000, 1_000_000)));

const config = (secret: string): string => `{
	// the team's servers
	"servers": {
		"gh": { "command": "node", "args": ["server.cjs"], "env": { "GITHUB_TOKEN": "${secret}" } },
		"remote": { "type": "http", "url": "https://api.example.com/mcp", "headers": { "Authorization": "Bearer ${secret}" } }
	}
}
`;

const SERVER = `process.stdin.once('data', () => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id: 1, result: process.env.GITHUB_TOKEN?.length }) + '\\n')).on('end', () => process.exit());`;
const INITIALIZE = '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}\n';

describe('a canary', () => {
	let session: CanarySession;
	let editor: CanaryEditor;
	let watch: ProcessWatch;
	let path: string;
	let uri: string;
	before(async () => {
		session = await CanarySession.open();
		watch = await ProcessWatch.start();
		path = session.write('.vscode/mcp.json', config(canary.token));
		session.write('server.cjs', SERVER);
		session.git('init', '-q');
		session.git('add', '.');
		session.git('commit', '-qm', 'config');
		uri = pathToFileURL(path).href;
	});
	after(async () => {
		await session.close();
	});

	/** @param holders files that may hold it: the config, before the fix. */
	function assertOnlyIn(...holders: readonly string[]): void {
		assert.deepEqual(canary.filesIn(...session.places), holders);
	}

	function assertSilent(what: string, { out, err }: Ended): void {
		assert.ok(!canary.isIn(out), `stdout of ${what}`);
		assert.ok(!canary.isIn(err), `stderr of ${what}`);
	}

	const LOOKS: readonly (readonly string[])[] = [
		['scan'],
		['scan', '--format', 'json'],
		['scan', '--format', 'sarif'],
		['scan', '--user'],
		['list'],
		['list', '--format', 'json'],
		['store', 'list'],
		['store', 'list', '--format', 'json'],
		['store', 'get', 'github/gh', '--reveal'],
		['bindings'],
		['bindings', '--format', 'json'],
		['approve'],
		['doctor'],
		['rules'],
	];

	async function everyLook(): Promise<void> {
		for (const args of LOOKS) assertSilent(args.join(' '), await session.run('cli', args));
	}

	it('is seen by the means of this test', () => {
		assertOnlyIn(path);
		assert.ok(canary.isIn(`x${Buffer.from(`ab${canary.token}`).toString('base64')}`));
		assert.ok(canary.isIn(canary.token.slice(20)));
	});

	it('the command line looks at it', async () => {
		assert.equal((await session.run('cli', ['scan'])).code, 1);
		await everyLook();
		assertOnlyIn(path);
	});

	it('an editor opens, edits, hovers and lists it', async () => {
		editor = await session.editor();
		editor.open(uri, config(canary.token));
		editor.change(uri, `${config(canary.token)}\n`);
		const diagnostics = await editor.diagnostics(uri);
		assert.ok(diagnostics.length > 1);
		for (const diagnostic of diagnostics) await editor.actions(uri, diagnostic);
		assert.match(JSON.stringify(await editor.hover(uri, canary.token)), /GitHub/);
		const { rows } = await editor.ask<CredentialList>(LIST_CREDENTIALS);
		assert.match(rows[0]!.age.evidence.join(), /first seen in commit/);
		assertOnlyIn(path);
	});

	async function request(server: string, fix: FixRequest['fix']): Promise<FixRequest> {
		for (const diagnostic of await editor.diagnostics(uri)) {
			for (const { command } of await editor.actions(uri, diagnostic)) {
				const found = command?.arguments?.[0] as FixRequest | undefined;
				if (found?.fix === fix && found.pointer.startsWith(`/servers/${server}/`)) return found;
			}
		}
		throw new Error(`no ${fix} for ${server}`);
	}

	it('a locked keyring refuses the fix', async () => {
		const asked = await request('gh', 'move-to-keychain');
		session.keyring.lock();
		const { status } = await editor.fix(asked);
		await session.keyring.unlock();
		assert.equal(status, 'refused');
		assertOnlyIn(path);
	});

	it('both places are fixed, and the file is saved', async () => {
		const moved = await editor.fix(await request('gh', 'move-to-keychain'));
		assert.equal(moved.status, 'done', moved.message);
		const kept = await editor.fix(await request('remote', 'prompt-for-password'));
		assert.equal(kept.status, 'done', kept.message);
		assert.equal((await editor.ask<unknown[]>(LIST_KEPT)).length, 1);
		assertOnlyIn(path);
		writeFileSync(path, editor.text(uri));
		assertOnlyIn();
		assert.ok(
			(await editor.ask<CredentialList>(LIST_CREDENTIALS)).rows.some(({ storage }) => storage.where === 'keychain'),
		);
	});

	it('the command line looks at what is stored', async () => {
		assert.match((await session.run('cli', ['bindings'])).out, /GITHUB_TOKEN/);
		await everyLook();
		assertOnlyIn();
	});

	const wrapped = ['run', '--server', 'gh', '--', 'node', 'server.cjs'];
	const handed = { ...hostEnvironment(), GITHUB_TOKEN: 'cred://keychain/github/gh' };

	it('the launcher hands it to the server, and to nobody else', async () => {
		const ended = await session.run('launcher', wrapped, INITIALIZE, handed);
		assert.equal(JSON.parse(ended.out || '{}').result, canary.token.length, ended.err);
		assertSilent('the server', ended);
		assertOnlyIn();
	});

	it('the launcher refuses what is not as approved', async () => {
		const refused = await session.run('launcher', [...wrapped, '--more'], INITIALIZE, handed);
		assert.equal(refused.code, 78);
		assertSilent('the refusal', refused);
		assert.ok((await editor.ask<RefusedStart[]>(LIST_REFUSALS)).length > 0);
		await everyLook();
		assertOnlyIn();
	});

	it('undo brings it back into the editor, and the stored reference takes its place again', async () => {
		editor.change(uri, config(canary.token));
		await editor.ask(LIST_CREDENTIALS);
		await editor.diagnostics(uri);
		const again = await editor.fix(await request('gh', 'use-stored-reference'));
		assert.equal(again.status, 'done', again.message);
		assertOnlyIn();
	});

	it('no message but document synchronisation carried it', async () => {
		await editor.stop();
		const carriers = editor.wire.filter(({ text }) => canary.isIn(text)).map(({ method }) => method);
		assert.deepEqual([...new Set(carriers)].toSorted(), ['textDocument/didChange', 'textDocument/didOpen']);
		assert.ok(!canary.isIn(editor.stderr), editor.stderr);
	});

	it('no process had it in its command line, and only the server in its environment', async () => {
		const seen = await watch.stop();
		const lines = seen.map(({ commandLine }) => commandLine);
		for (const expected of [/server\.js --stdio/, /launcher\.js keychain/, /cli\.js scan/, /^git |\/git /])
			assert.ok(
				lines.some((line) => expected.test(line)),
				`the watch is blind for ${expected}`,
			);
		assert.deepEqual(
			lines.filter((line) => canary.isIn(line)),
			[],
		);
		const environments = seen
			.filter(({ environment }) => canary.isIn(environment))
			.map(({ commandLine }) => commandLine);
		assert.deepEqual(
			environments.filter((line) => !/^\S*node server\.cjs$/.test(line)),
			[],
		);
		assertOnlyIn();
	});
});
