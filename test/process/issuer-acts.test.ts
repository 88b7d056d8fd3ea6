// The built language server, a real keyring and an issuer on the loopback interface: a token is asked about, moved, rotated and
// revoked. Neither its old nor its new value is anywhere but in the config before the fix, in the keyring, and at the issuer.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
	type ActId,
	type ActQuestion,
	type CredentialList,
	type CredentialRow,
	DO_ACT,
	type FixOutcome,
	LIST_CREDENTIALS,
	PREPARE_ACT,
} from '../../server/src/protocol/index.ts';
import { Canary } from '../support/canary.ts';
import { type CanaryEditor, CanarySession } from '../support/canary-session.ts';
import { until } from '../support/harness/temporary.ts';
import { token } from '../support/tokens.ts';

const start = randomInt(1_000, 1_000_000);
const [OLD, NEW] = [token('gitlab-pat', start), token('gitlab-pat', start + 1)];
const canaries = [OLD, NEW].map((value) => new Canary(value));

describe('acts at an issuer', () => {
	const valid = new Set([OLD]);
	const asked: string[] = [];
	let issuer: Server;
	let session: CanarySession;
	let editor: CanaryEditor;
	let path: string;
	let uri: string;

	before(async () => {
		issuer = createServer((request, response) => {
			const sent = String(request.headers['private-token']);
			asked.push(`${request.method} ${request.url}`);
			const answer = (status: number, value: object) =>
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
			if (!valid.delete(sent)) return answer(401, {});
			if (request.method === 'DELETE') return response.writeHead(204).end();
			valid.add(request.method === 'POST' ? NEW : sent);
			if (request.method === 'POST') return answer(200, { token: NEW, expires_at: '2027-01-01' });
			return answer(200, { scopes: ['api'], active: true, revoked: false, created_at: '2026-01-01T00:00:00Z' });
		});
		await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
		const base = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
		session = await CanarySession.open();
		const env = `{ "GITLAB_API_URL": "${base}", "GITLAB_TOKEN": "${OLD}" }`;
		path = session.write(
			'.vscode/mcp.json',
			`{ "servers": { "gl": { "command": "node", "args": ["s.cjs"], "env": ${env} } } }\n`,
		);
		session.write('s.cjs', '');
		uri = pathToFileURL(path).href;
		editor = await session.editor();
		editor.open(uri, readFileSync(path, 'utf8'));
	});
	after(async () => {
		issuer.close();
		issuer.closeAllConnections();
		await session.close();
	});

	const row = async (): Promise<CredentialRow | undefined> =>
		(await editor.ask<CredentialList>(LIST_CREDENTIALS)).rows[0];

	async function question(act: ActId): Promise<ActQuestion> {
		const { id } = (await until('the row', row))!;
		return editor.ask<ActQuestion>(PREPARE_ACT, { act, row: id });
	}

	async function act(name: ActId): Promise<FixOutcome> {
		const shown = await question(name);
		assert.ok(shown.id, shown.blocked);
		return editor.ask<FixOutcome>(DO_ACT, { id: shown.id });
	}

	function filesWith(): string[] {
		return canaries.flatMap((canary) => canary.filesIn(...session.places));
	}

	it('says what the issuer would tell', async () => {
		assert.match((await question('probe')).warnings.join(' '), /GitLab tells: scopes/);
	});

	it('asks, and shows the answer', async () => {
		assert.equal((await act('probe')).status, 'done');
		const told = await until('the answer in the row', async () => {
			const { scope } = (await row())!;
			return scope.chips && scope;
		});
		assert.equal(told.chips?.[0]?.text, 'api');
		assert.deepEqual(filesWith(), [path]);
	});

	it('rotates what was moved to the keyring', async () => {
		await editor.moveToKeychain(path);
		await until('the stored row', async () => ((await row())?.storage.where === 'keychain' ? true : undefined));
		const rotated = await act('rotate');
		assert.equal(rotated.status, 'done', rotated.message);
		assert.deepEqual([...valid], [NEW]);
		assert.deepEqual(filesWith(), []);
		const shown = await session.run('cli', ['list']);
		assert.match(shown.out, /OS keychain, cred:\/\/keychain\/gitlab\//, shown.err);
	});

	it('asks and revokes with the new value', async () => {
		assert.equal((await act('probe')).status, 'done');
		assert.equal((await act('revoke')).status, 'done');
		assert.deepEqual([...valid], []);
		const self = '/api/v4/personal_access_tokens/self';
		assert.deepEqual(asked, [`GET ${self}`, `POST ${self}/rotate`, `GET ${self}`, `DELETE ${self}`]);
	});

	it('told neither value to anybody else', async () => {
		await editor.stop();
		const carriers = editor.wire.filter(({ text }) => canaries.some((canary) => canary.isIn(text)));
		assert.deepEqual([...new Set(carriers.map(({ method }) => method))], ['textDocument/didOpen']);
		assert.ok(!canaries.some((canary) => canary.isIn(editor.stderr)), 'stderr');
		assert.deepEqual(filesWith(), []);
	});
});
