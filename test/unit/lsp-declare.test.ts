import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { declaredPath } from '../../server/src/adapters/state/declared-grants.ts';
import {
	DECLARE,
	DECLARE_COMMAND,
	type DeclareAnswer,
	type DeclareQuestion,
	type DeclareSubject,
	type FixOutcome,
	PREPARE_DECLARATION,
} from '../../server/src/protocol/index.ts';
import { IssuerDesk, json } from '../support/issuer-desk.ts';
import type { LspClient } from '../support/lsp.ts';
import { token } from '../support/tokens.ts';

const FINE =
	'{"servers":{"gh":{"command":"github-mcp-server","args":["stdio","--toolsets=issues","--read-only"],"env":{"GITHUB_PERSONAL_ACCESS_TOKEN":"{{github-fine-grained}}"}}}}';

const desk = new IssuerDesk();
const EDITOR = { initialization: { editor: 'VS Code' } };

const ask = (client: LspClient, about: DeclareSubject) =>
	client.connection.sendRequest<DeclareQuestion>(PREPARE_DECLARATION, about);
async function say(client: LspClient, about: DeclareSubject, words?: DeclareAnswer['words']): Promise<FixOutcome> {
	const looked = client.looked();
	const answer: DeclareAnswer = { about, ...(words ? { words } : {}) };
	const outcome = await client.connection.sendRequest<FixOutcome>(DECLARE, answer);
	await looked;
	return outcome;
}

describe('what a person says that a token may do', () => {
	it('fills the row and the rules, says who said it, and can be taken back', () =>
		desk.opened(
			async ({ client, uri, row, world }) => {
				const before = await row();
				assert.ok(before.actions?.some(({ id }) => id === 'declare'));
				const question = await ask(client, { row: before.id });
				assert.equal(question.issuer, 'GitHub');
				assert.deepEqual(
					question.scopes.find(({ scope }) => scope === 'issues:write'),
					{ scope: 'issues:write', access: 'write' },
				);
				assert.equal(question.said, undefined);

				const words = { scopes: ['issues:read', 'contents:write'], expires: '2031-01-31' };
				const outcome = await say(client, { row: before.id }, words);
				assert.equal(outcome.status, 'done', outcome.message);
				const { id, scope, expires } = await row();
				assert.match(scope.text, /^at least issues:read, contents:write/);
				assert.match(scope.evidence, /^declared by you on \d{4}-\d\d-\d\d; from its format/);
				assert.deepEqual(scope.chips, [
					{ text: 'contents:write', kind: 'excess' },
					{ text: 'issues:read', kind: 'needed' },
				]);
				assert.equal(expires, '2031-01-31');
				const found = await client.diagnostics(uri);
				const { message = '' } = found.find(({ code }) => code === 'unused-write-scope') ?? {};
				assert.match(String(message), /can write \(contents:write, as you said on \d{4}-\d\d-\d\d\)/);
				assert.match(await client.hover(uri, token('github-fine-grained')), /declared by you on/);
				const kept = readFileSync(declaredPath(world.stateDir), 'utf8');
				assert.ok(kept.includes('contents:write') && !kept.includes(token('github-fine-grained')));

				assert.deepEqual((await ask(client, { row: id })).said?.scopes, words.scopes);
				assert.match((await say(client, { row: id })).message, /Taken back/);
				const after = await row();
				assert.doesNotMatch(after.scope.evidence, /declared/);
				assert.equal(after.expires, undefined);
			},
			{ text: FINE, ...EDITOR },
		));

	it('is offered by the light bulb, where our own client can ask', async () => {
		const offered = (client: LspClient, uri: string) => async () => {
			const found = (await client.diagnostics(uri)).find(({ code }) => code === 'inlined-credential')!;
			return (await client.actions(uri, found)).find(({ command }) => command?.command === DECLARE_COMMAND);
		};
		await desk.opened(
			async ({ client, uri, row }) => {
				const action = await offered(client, uri)();
				assert.equal(action?.title, 'Say what this token may do…');
				const about = action.command!.arguments![0] as DeclareSubject;
				assert.equal((await ask(client, about)).blocked, undefined);
				assert.equal((await say(client, about, { scopes: ['issues:read'] })).status, 'done');
				assert.match((await row()).scope.evidence, /declared by you/);
			},
			{ text: FINE, ...EDITOR },
		);
		await desk.opened(async ({ client, uri }) => assert.equal(await offered(client, uri)(), undefined), { text: FINE });
	});

	it('stays with a secret that moves to the keychain', () =>
		desk.opened(async ({ client, row, moveToKeychain }) => {
			await say(client, { row: (await row()).id }, { scopes: ['api'] });
			await moveToKeychain();
			const { id, storage, scope } = await row();
			assert.equal(storage.where, 'keychain');
			assert.match(scope.evidence, /declared by you/);
			assert.equal((await say(client, { row: id }, { scopes: ['read_api'] })).status, 'done');
			assert.match((await row()).scope.text, /read_api/);
		}));

	it('gives way to the issuer’s answer, which is told where it contradicts', () =>
		desk.opened(async ({ client, row, confirm }) => {
			await say(client, { row: (await row()).id }, { scopes: ['api', 'sudo'], expires: '2030-01-01' });
			desk.respond = json({ scopes: ['api'], revoked: false, active: true, expires_at: '2026-12-31' });
			await confirm('probe');
			const { scope, expires } = await row();
			assert.match(scope.text, /^api/);
			assert.equal(expires, '2026-12-31');
			assert.match(
				scope.evidence,
				/^told by GitLab .*declared by you on .*contradiction: you say sudo, GitLab does not/,
			);
			assert.match(
				scope.evidence,
				/contradiction: you say that it ends on 2030-01-01, GitLab that it ends on 2026-12-31/,
			);
		}));

	it('that holds a token, or nothing, is refused and not kept', () =>
		desk.opened(async ({ client, row, world }) => {
			const { id } = await row();
			for (const scopes of [[`x-${token('slack-bot', 9)}`], []]) {
				const outcome = await say(client, { row: id }, { scopes });
				assert.equal(outcome.status, 'refused');
			}
			assert.equal((await say(client, { row: 'gone' }, { scopes: ['api'] })).status, 'refused');
			assert.ok(!existsSync(declaredPath(world.stateDir)));
		}));

	it('is neither asked for nor kept nor read in an untrusted workspace', () =>
		desk.opened(
			async ({ client, row, world }) => {
				const { id, actions } = await row();
				assert.ok(!actions?.some((action) => action.id === 'declare'));
				assert.match((await ask(client, { row: id })).blocked ?? '', /not trusted/);
				assert.match((await say(client, { row: id }, { scopes: ['api'] })).message, /not trusted/);
				assert.ok(!existsSync(world.stateDir));
			},
			{ initialization: { trusted: false, editor: 'VS Code' } },
		));
});
