import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { modalFor } from '../../client/src/act-modal.ts';
import { probeCachePath } from '../../server/src/adapters/state/probe-cache.ts';
import { DO_ACT, type FixOutcome } from '../../server/src/protocol/index.ts';
import { GITLAB, IssuerDesk, json, type Respond } from '../support/issuer-desk.ts';
import { expand, token } from '../support/tokens.ts';

const KNOWN =
	'{"servers":{"gh":{"command":"docker","args":["run","-i","--rm","-e","GITHUB_PERSONAL_ACCESS_TOKEN","-e","GITHUB_TOOLSETS","ghcr.io/github/github-mcp-server"],"env":{"GITHUB_TOOLSETS":"issues","GITHUB_PERSONAL_ACCESS_TOKEN":"{{github-pat}}"}}}}';
const TWO =
	'{"servers":{"gl":{"command":"node","args":["s.js"],"env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}},"db":{"command":"node","args":["s.js"],"env":{"SUPABASE_KEY":"{{supabase-secret}}"}}}}';
const ABOUT = {
	scopes: ['api', 'read_user'],
	revoked: false,
	active: true,
	created_at: '2026-01-01T00:00:00Z',
	expires_at: '2026-12-31',
	last_used_at: '2026-11-01T00:00:00Z',
};

const desk = new IssuerDesk();

describe('asking an issuer', () => {
	it('names host, issuer and uses before anything is sent, and then fills the row', () =>
		desk.opened(async ({ client, uri, prepare, confirm, row, asked }) => {
			desk.respond = json(ABOUT);
			const question = await prepare('probe');
			assert.deepEqual(question.hosts, [{ host: 'gitlab.com', from: 'its own address' }]);
			assert.deepEqual(
				[question.issuer, question.usedBy],
				['GitLab', ['server gl in .vscode/mcp.json, env GITLAB_TOKEN']],
			);
			assert.ok(question.warnings.some((line) => /the question counts as a use/.test(line)));
			assert.equal(desk.seen.length, 0);
			const { title, detail, warns } = modalFor('probe', question);
			assert.ok(!warns, 'a question that changes nothing does not alarm');
			assert.match(`${title} ${detail}`, /Ask GitLab about this token: GitLab .* #[0-9a-f]{6}\?.*gitlab\.com/s);

			const outcome = await confirm('probe');
			assert.deepEqual([outcome.status, desk.seen.length, asked], ['done', 1, ['https://gitlab.com']]);
			assert.match(outcome.message, /GitLab answered: api, read_user/);
			assert.equal(desk.seen[0]!.token, token('gitlab-pat'));
			const { scope, age, expires, lastUsed } = await row();
			assert.deepEqual(
				scope.chips?.map(({ text }) => text),
				['api', 'read_user'],
			);
			assert.match(scope.evidence, /told by GitLab on \d{4}-\d\d-\d\d/);
			assert.match(age.evidence[0]!, /its issuer says that it was created 2026-01-01/);
			assert.deepEqual([expires, lastUsed], ['2026-12-31', '2026-11-01']);
			assert.match(await client.hover(uri, token('gitlab-pat')), /api, read\\_user.*Last used:\*\* 2026-11-01/s);
		}));

	it('tells apart what was not asked, asked in vain, told, and is never told', () =>
		desk.opened(
			async ({ client, uri, confirm }) => {
				const answers = async () => {
					const { rows } = await client.list();
					return new Map(rows.map(({ issuer, answer }) => [issuer, answer]));
				};
				assert.deepEqual([...(await answers())].toSorted(), [
					['GitLab', 'unasked'],
					['Supabase', 'silent'],
				]);
				assert.match(await client.hover(uri, token('gitlab-pat')), /GitLab can be asked about it, and was not/);
				assert.match(
					await client.hover(uri, token('supabase-secret')),
					/there is nothing to ask .*supabase\\?\.com.*read 2026/,
				);
				const gitlab = (await client.list()).rows.find(({ issuer }) => issuer === 'GitLab')!.id;
				desk.respond = json({}, 429);
				await confirm('probe', gitlab);
				assert.equal((await answers()).get('GitLab'), 'failed');
				desk.respond = json(ABOUT);
				await confirm('probe', gitlab);
				assert.equal((await answers()).get('GitLab'), undefined);
			},
			{ text: TWO },
		));

	it('lets rules compare what was told with what the server needs', () =>
		desk.opened(
			async ({ client, uri, confirm, row }) => {
				const codes = async () => (await client.diagnostics(uri)).map(({ code }) => code);
				assert.ok(!(await codes()).includes('over-scoped-token'));
				desk.respond = json({ login: 'me' }, 200, { 'x-oauth-scopes': 'repo, delete_repo' });
				await confirm('probe');
				assert.ok((await codes()).includes('over-scoped-token'));
				assert.deepEqual((await row()).scope.chips, [
					{ text: 'delete_repo', kind: 'excess' },
					{ text: 'repo', kind: 'needed' },
				]);
			},
			{ text: KNOWN },
		));

	it('offers it in the row, and asks once for each yes', () =>
		desk.opened(async ({ client, row, prepare }) => {
			desk.respond = json(ABOUT);
			assert.deepEqual(
				(await row()).actions?.map(({ id, destructive }) => [id, destructive ?? false]),
				[
					['open-page', false],
					['probe', false],
					['rotate', true],
					['revoke', true],
					['declare', false],
				],
			);
			const { id } = await prepare('probe');
			await client.connection.sendRequest(DO_ACT, { id });
			const again = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
			assert.deepEqual([again.status, desk.seen.length], ['refused', 1]);
		}));

	const answers: [string, Respond, FixOutcome['status'], RegExp][] = [
		['says that it is dead', json({}, 401), 'done', /not valid/],
		['refuses the question', json({}, 403), 'refused', /refuses the question/],
		['wants patience', json({}, 429), 'refused', /asks to wait/],
		['points elsewhere', json({}, 302, { location: 'https://evil.example/' }), 'refused', /was not followed/],
		['answers nonsense', json({ scopes: 'all' }), 'refused', /GitLab/],
		['echoes the token', json({ ...ABOUT, name: token('gitlab-pat') }), 'refused', /GitLab/],
	];
	for (const [what, answer, status, message] of answers) {
		it(`tells that the issuer ${what}, and takes no scope from it`, () =>
			desk.opened(async ({ confirm, row }) => {
				desk.respond = answer;
				const outcome = await confirm('probe');
				assert.equal(outcome.status, status, outcome.message);
				assert.match(outcome.message, message);
				const { scope } = await row();
				assert.equal(scope.chips, undefined);
				assert.match(scope.evidence, /asked on/);
			}));
	}

	it('tells that nobody is there', () =>
		desk.opened(
			async ({ confirm }) => {
				const outcome = await confirm('probe');
				assert.equal(outcome.status, 'refused');
				assert.match(outcome.message, /gitlab\.com cannot be reached/);
			},
			{ to: () => 'http://127.0.0.1:1' },
		));

	it('asks the host of the entry, and none where that is not written out', async () => {
		const at = (host: string) => GITLAB.replace('"env":{', `"env":{"GITLAB_API_URL":"${host}",`);
		await desk.opened(
			async ({ prepare, confirm, asked }) => {
				desk.respond = json(ABOUT);
				const { hosts } = await prepare('probe');
				assert.deepEqual(hosts, [{ host: 'git.acme.example', from: 'named by GITLAB_API_URL in the entry' }]);
				await confirm('probe');
				assert.deepEqual(asked, ['https://git.acme.example']);
			},
			{ text: at('https://git.acme.example') },
		);
		await desk.opened(
			async ({ prepare }) => {
				const { id, blocked } = await prepare('probe');
				assert.equal(id, undefined);
				assert.match(blocked!, /not written out here/);
			},
			{ text: at('${env:GITLAB_URL}') },
		);
	});

	const HOSTS: [string, string, string | undefined, string?][] = [
		[
			'another entry with the same token names one',
			'{"servers":{"a":{"command":"x","env":{"T":"{{gitlab-pat}}"}},"b":{"command":"x","env":{"GITLAB_URL":"https://git.acme.example","T":"{{gitlab-pat}}"}}}}',
			'git.acme.example',
		],
		[
			'another entry with the same token names one that cannot be read',
			'{"servers":{"a":{"command":"x","env":{"T":"{{gitlab-pat}}"}},"b":{"command":"x","env":{"GITLAB_URL":"${env:G}","T":"{{gitlab-pat}}"}}}}',
			undefined,
		],
		[
			'its .env file names one',
			'{"servers":{"a":{"command":"x","envFile":"${workspaceFolder}/.env","env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}}}}',
			'git.acme.example',
			'GITLAB_URL=https://git.acme.example\n',
		],
		[
			'it stands in a .env file whose reader names one',
			'{"servers":{"a":{"command":"x","envFile":"${workspaceFolder}/.env","env":{"GITLAB_URL":"https://git.acme.example"}}}}',
			'git.acme.example',
			'GITLAB_TOKEN={{gitlab-pat}}\n',
		],
		[
			'it is the default of an input, which could be for any',
			'{"inputs":[{"id":"t","type":"promptString","description":"d","default":"{{gitlab-pat}}"}],"servers":{"a":{"command":"x","env":{"T":"${input:t}"}}}}',
			undefined,
		],
	];
	for (const [what, text, host, env] of HOSTS) {
		it(`does not take the public host where ${what}`, () =>
			desk.opened(
				async ({ prepare }) => {
					const { hosts, blocked } = await prepare('probe');
					assert.deepEqual(
						hosts.map((one) => one.host),
						host === undefined ? [] : [host],
						blocked,
					);
				},
				{ text, ...(env === undefined ? {} : { env }) },
			));
	}

	it('stops when the host changed after the question', () =>
		desk.opened(async ({ client, uri, prepare }) => {
			const { id } = await prepare('probe');
			client.change(uri, expand(GITLAB.replace('"env":{', '"env":{"GITLAB_API_URL":"https://evil.example",')));
			const outcome = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
			assert.match(outcome.message, /another address than the one that you saw/);
			assert.equal(desk.seen.length, 0);
		}));

	it('is never offered and never done in an untrusted workspace', () =>
		desk.opened(
			async ({ client, row, prepare }) => {
				const { actions, id } = await row();
				assert.deepEqual(
					actions?.map((action) => action.id),
					['open-page'],
				);
				const question = await prepare('probe', id);
				assert.equal(question.id, undefined);
				assert.match(question.blocked!, /not trusted/);
				const outcome = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id: 'guessed' });
				assert.deepEqual([outcome.status, desk.seen.length], ['refused', 0]);
			},
			{ initialization: { trusted: false } },
		));
});

describe('a stored secret', () => {
	it('keeps what its issuer told, without itself, and is asked about where it was approved', () =>
		desk.opened(async ({ row, confirm, moveToKeychain, world, asked }) => {
			desk.respond = json(ABOUT);
			await confirm('probe');
			await moveToKeychain();
			const { storage, scope } = await row();
			assert.deepEqual([storage.where, scope.chips?.length], ['keychain', 2]);
			const cache = readFileSync(probeCachePath(world.stateDir), 'utf8');
			assert.ok(cache.includes('read_user') && !cache.includes(token('gitlab-pat')));
			assert.equal((await confirm('probe')).status, 'done');
			assert.deepEqual(
				[asked, desk.seen.at(-1)?.token],
				[['https://gitlab.com', 'https://gitlab.com'], token('gitlab-pat')],
			);
		}));

	it('goes to no host that a config names later', () =>
		desk.opened(async ({ client, uri, prepare, moveToKeychain }) => {
			await moveToKeychain();
			const looked = client.looked();
			const changed = client
				.text(uri)
				.replace('"GITLAB_TOKEN"', '"GITLAB_API_URL":"https://evil.example","GITLAB_TOKEN"');
			client.change(uri, changed);
			await looked;
			const { id, blocked } = await prepare('probe');
			assert.equal(id, undefined);
			assert.match(blocked!, /sent nowhere. Approve the entry first/);
		}));
});
