import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { modalFor } from '../../client/src/act-modal.ts';
import { issuerHttp } from '../../server/src/adapters/issuer-http/index.ts';
import { probeCachePath } from '../../server/src/adapters/probe-cache.ts';
import { type SecretStore, StoreError } from '../../server/src/core/ports.ts';
import type { World } from '../../server/src/lsp/world.ts';
import {
	type ActId,
	type ActQuestion,
	type ActWish,
	type CredentialRow,
	DO_ACT,
	type FixOutcome,
	type FixRequest,
	type InitializationOptions,
	PREPARE_ACT,
} from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { memoryStore } from '../support/memory-store.ts';
import { expand, token } from '../support/tokens.ts';

const GITLAB = '{"servers":{"gl":{"command":"node","args":["s.js"],"env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}}}}';
const GITHUB = '{"servers":{"gh":{"command":"node","args":["s.js"],"env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';
const KNOWN =
	'{"servers":{"gh":{"command":"docker","args":["run","-i","--rm","-e","GITHUB_PERSONAL_ACCESS_TOKEN","-e","GITHUB_TOOLSETS","ghcr.io/github/github-mcp-server"],"env":{"GITHUB_TOOLSETS":"issues","GITHUB_PERSONAL_ACCESS_TOKEN":"{{github-pat}}"}}}}';
const ABOUT = {
	scopes: ['api', 'read_user'],
	revoked: false,
	active: true,
	created_at: '2026-01-01T00:00:00Z',
	expires_at: '2026-12-31',
	last_used_at: '2026-11-01T00:00:00Z',
};

interface Seen {
	readonly method: string;
	readonly host: string;
	readonly path: string;
	readonly token: string;
}

const seen: Seen[] = [];
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let origin: string;

before(async () => {
	server = createServer((request, response) => {
		seen.push({
			method: request.method!,
			host: String(request.headers['x-asked']),
			path: request.url!,
			token: String(request.headers['private-token'] ?? ''),
		});
		respond(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
	server.close();
	server.closeAllConnections();
});

function json(value: unknown, status = 200, headers: Record<string, string> = {}): typeof respond {
	return (_, response) =>
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

interface Opened {
	readonly client: LspClient;
	readonly uri: string;
	readonly world: World;
	/** Where requests wanted to go. */
	readonly asked: string[];
	row(): Promise<CredentialRow>;
	prepare(act: ActId, row?: string): Promise<ActQuestion>;
	/** A person who says yes to whatever is asked. */
	confirm(act: ActId): Promise<FixOutcome>;
	moveToKeychain(): Promise<void>;
}

async function opened(
	body: (opened: Opened) => Promise<void>,
	{
		text = GITLAB,
		env,
		initialization = {},
		to = () => origin,
		...changes
	}: { text?: string; env?: string; initialization?: InitializationOptions; to?: () => string } & Partial<World> = {},
): Promise<void> {
	seen.length = 0;
	const asked: string[] = [];
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-probe-')));
	const path = join(folder, '.vscode/mcp.json');
	mkdirSync(dirname(path));
	writeFileSync(path, expand(text));
	if (env !== undefined) writeFileSync(join(folder, '.env'), expand(env));
	const uri = pathToFileURL(path).href;
	const { world, remove } = temporaryWorld({
		issuers: (fingerprinter) =>
			issuerHttp({
				fingerprinter,
				network: { deadline: 2000 },
				reroute: (url) => {
					asked.push(url.origin);
					return new URL(url.pathname + url.search, to());
				},
			}),
		...changes,
	});
	const client = await LspClient.start({ mode: 'in-process', folder, world, initialization });
	const row = async () => (await client.list()).rows[0]!;
	const prepare = async (act: ActId, id?: string) => {
		const wish: ActWish = { act, row: id ?? (await row()).id };
		return client.connection.sendRequest<ActQuestion>(PREPARE_ACT, wish);
	};
	const confirm = async (act: ActId) => {
		const { id, blocked } = await prepare(act);
		assert.ok(id, blocked);
		const looked = client.looked();
		const outcome = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
		await looked;
		return outcome;
	};
	const moveToKeychain = async () => {
		const found = (await client.diagnostics(uri)).find((d) => d.code === 'inlined-credential')!;
		const requests = (await client.actions(uri, found)).map((a) => a.command?.arguments?.[0] as FixRequest);
		const looked = client.looked();
		const outcome = await client.fix(requests.find((r) => r?.fix === 'move-to-keychain')!);
		assert.equal(outcome.status, 'done', outcome.message);
		await looked;
		// What lies on disk is what bindings speak of.
		writeFileSync(path, client.text(uri));
	};
	try {
		client.open(uri, expand(text));
		await client.list();
		await body({ client, uri, world, asked, row, prepare, confirm, moveToKeychain });
		// The canary: a token crosses the wire in document synchronisation only.
		for (const message of client.wire.filter((text) => /glpat-|ghp_/.test(text)))
			assert.match(message, /textDocument\/did(Open|Change)/);
	} finally {
		await client.stop();
		rmSync(folder, { recursive: true, force: true });
		remove();
	}
}

describe('asking an issuer', () => {
	it('names host, issuer and uses before anything is sent, and then fills the row', () =>
		opened(async ({ client, uri, prepare, confirm, row, asked }) => {
			respond = json(ABOUT);
			const question = await prepare('probe');
			assert.deepEqual(question.hosts, [{ host: 'gitlab.com', from: 'its own address' }]);
			assert.deepEqual(
				[question.issuer, question.usedBy],
				['GitLab', ['server gl in .vscode/mcp.json, env GITLAB_TOKEN']],
			);
			assert.ok(question.warnings.some((line) => /the question counts as a use/.test(line)));
			assert.equal(seen.length, 0);
			const { title, detail } = modalFor('probe', question);
			assert.match(`${title} ${detail}`, /Ask GitLab about this token: GitLab .* #[0-9a-f]{6}\?.*gitlab\.com/s);

			const outcome = await confirm('probe');
			assert.deepEqual([outcome.status, seen.length, asked], ['done', 1, ['https://gitlab.com']]);
			assert.match(outcome.message, /GitLab answered: api, read_user/);
			assert.equal(seen[0]!.token, token('gitlab-pat'));
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

	it('lets rules compare what was told with what the server needs', () =>
		opened(
			async ({ client, uri, confirm, row }) => {
				const codes = async () => (await client.diagnostics(uri)).map(({ code }) => code);
				assert.ok(!(await codes()).includes('over-scoped-token'));
				respond = json({ login: 'me' }, 200, { 'x-oauth-scopes': 'repo, delete_repo' });
				await confirm('probe');
				assert.ok((await codes()).includes('over-scoped-token'));
				assert.deepEqual((await row()).scope.chips, [
					{ text: 'repo', kind: 'needed' },
					{ text: 'delete_repo', kind: 'excess' },
				]);
			},
			{ text: KNOWN },
		));

	it('offers it in the row, and asks once for each yes', () =>
		opened(async ({ client, row, prepare }) => {
			respond = json(ABOUT);
			assert.deepEqual(
				(await row()).actions?.map(({ id, destructive }) => [id, destructive ?? false]),
				[
					['open-page', false],
					['probe', false],
					['rotate', true],
					['revoke', true],
				],
			);
			const { id } = await prepare('probe');
			await client.connection.sendRequest(DO_ACT, { id });
			const again = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
			assert.deepEqual([again.status, seen.length], ['refused', 1]);
		}));

	const answers: [string, typeof respond, FixOutcome['status'], RegExp][] = [
		['says that it is dead', json({}, 401), 'done', /not valid/],
		['refuses the question', json({}, 403), 'refused', /refuses the question/],
		['wants patience', json({}, 429), 'refused', /asks to wait/],
		['points elsewhere', json({}, 302, { location: 'https://evil.example/' }), 'refused', /was not followed/],
		['answers nonsense', json({ scopes: 'all' }), 'refused', /GitLab/],
		['echoes the token', json({ ...ABOUT, name: token('gitlab-pat') }), 'refused', /GitLab/],
	];
	for (const [what, answer, status, message] of answers) {
		it(`tells that the issuer ${what}, and takes no scope from it`, () =>
			opened(async ({ confirm, row }) => {
				respond = answer;
				const outcome = await confirm('probe');
				assert.equal(outcome.status, status, outcome.message);
				assert.match(outcome.message, message);
				const { scope } = await row();
				assert.equal(scope.chips, undefined);
				assert.match(scope.evidence, /asked on/);
			}));
	}

	it('tells that nobody is there', () =>
		opened(
			async ({ confirm }) => {
				const outcome = await confirm('probe');
				assert.equal(outcome.status, 'refused');
				assert.match(outcome.message, /gitlab\.com cannot be reached/);
			},
			{ to: () => 'http://127.0.0.1:1' },
		));

	it('asks the host of the entry, and none where that is not written out', async () => {
		const at = (host: string) => GITLAB.replace('"env":{', `"env":{"GITLAB_API_URL":"${host}",`);
		await opened(
			async ({ prepare, confirm, asked }) => {
				respond = json(ABOUT);
				const { hosts } = await prepare('probe');
				assert.deepEqual(hosts, [{ host: 'git.acme.example', from: 'named by GITLAB_API_URL in the entry' }]);
				await confirm('probe');
				assert.deepEqual(asked, ['https://git.acme.example']);
			},
			{ text: at('https://git.acme.example') },
		);
		await opened(
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
			opened(
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
		opened(async ({ client, uri, prepare }) => {
			const { id } = await prepare('probe');
			client.change(uri, expand(GITLAB.replace('"env":{', '"env":{"GITLAB_API_URL":"https://evil.example",')));
			const outcome = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
			assert.match(outcome.message, /another address than the one that you saw/);
			assert.equal(seen.length, 0);
		}));

	it('is never offered and never done in an untrusted workspace', () =>
		opened(
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
				assert.deepEqual([outcome.status, seen.length], ['refused', 0]);
			},
			{ initialization: { trusted: false } },
		));
});

describe('a stored secret', () => {
	it('keeps what its issuer told, without itself, and is asked about where it was approved', () =>
		opened(async ({ row, confirm, moveToKeychain, world, asked }) => {
			respond = json(ABOUT);
			await confirm('probe');
			await moveToKeychain();
			const { storage, scope } = await row();
			assert.deepEqual([storage.where, scope.chips?.length], ['keychain', 2]);
			const cache = readFileSync(probeCachePath(world.stateDir), 'utf8');
			assert.ok(cache.includes('read_user') && !cache.includes(token('gitlab-pat')));
			assert.equal((await confirm('probe')).status, 'done');
			assert.deepEqual(
				[asked, seen.at(-1)?.token],
				[['https://gitlab.com', 'https://gitlab.com'], token('gitlab-pat')],
			);
		}));

	it('goes to no host that a config names later', () =>
		opened(async ({ client, uri, prepare, moveToKeychain }) => {
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

describe('revoking', () => {
	it('is confirmed by what the issuer documents, and the row then says that the token is dead', () =>
		opened(async ({ confirm, prepare, row }) => {
			respond = (_, response) => response.writeHead(204).end();
			const { detail, yes } = modalFor('revoke', await prepare('revoke'));
			assert.match(detail, /This cannot be undone/);
			assert.match(detail, /server gl in/);
			assert.equal(yes, 'Revoke');
			const outcome = await confirm('revoke');
			assert.deepEqual([outcome.status, seen[0]?.method], ['done', 'DELETE']);
			assert.match((await row()).scope.evidence, /GitLab revoked the token/);
		}));

	it('is unknown where the issuer does not say', () =>
		opened(
			async ({ confirm }) => {
				respond = (_, response) => response.writeHead(202).end();
				const { status, message } = await confirm('revoke');
				assert.equal(status, 'unknown');
				assert.match(message, /does not say more/);
			},
			{ text: GITHUB },
		));

	it('is refused where the issuer refuses', () =>
		opened(async ({ confirm }) => {
			respond = json({}, 403);
			assert.equal((await confirm('revoke')).status, 'refused');
		}));
});

describe('rotating', () => {
	const rotated = () => json({ token: token('gitlab-pat', 2), expires_at: '2027-01-01' }, 200);

	it('is for stored secrets: a new value is never written into a config', () =>
		opened(async ({ prepare }) => {
			const { id, blocked } = await prepare('rotate');
			assert.equal(id, undefined);
			assert.match(blocked!, /Move every copy to the OS keychain first/);
		}));

	it('puts the new value in the place of the old one, and the entry still starts', () => {
		const keychain = failing(() => false);
		return opened(
			async ({ confirm, moveToKeychain, world, row, prepare }) => {
				await moveToKeychain();
				const before = (await world.readIndex())!;
				respond = rotated();
				assert.ok((await prepare('rotate')).warnings.some((line) => /Stop every server/.test(line)));
				const outcome = await confirm('rotate');
				assert.equal(outcome.status, 'done', outcome.message);
				const after = (await world.readIndex())!;
				assert.equal((await keychain.get(after.items[0]!.id))?.reveal(), token('gitlab-pat', 2));
				assert.deepEqual(after.bindings, before.bindings);
				assert.notEqual(after.items[0]!.fingerprint, before.items[0]!.fingerprint);
				assert.equal((await row()).storage.where, 'keychain');
				assert.ok(
					[...keychain.accounts].every((account) => !account.startsWith('rotating:')),
					'the copy is gone',
				);
			},
			{ keychain },
		);
	});

	it('asks nothing where the keychain takes no new item', () => {
		const keychain = failing((account) => account.startsWith('rotating:'));
		return opened(
			async ({ confirm, moveToKeychain }) => {
				await moveToKeychain();
				const outcome = await confirm('rotate');
				assert.deepEqual([outcome.status, seen.length], ['refused', 0], outcome.message);
			},
			{ keychain },
		);
	});

	it('keeps the new value where the old place does not take it', () => {
		let isBroken = false;
		const keychain = failing((account) => isBroken && account.startsWith('gitlab/'));
		return opened(
			async ({ confirm, moveToKeychain, world }) => {
				await moveToKeychain();
				isBroken = true;
				respond = rotated();
				const { status, message } = await confirm('rotate');
				assert.equal(status, 'failed');
				const [, path] = /store get (rotated\/gitlab\/\S+) --reveal/.exec(message) ?? [];
				const copy = (await world.readIndex())!.items.find((item) => item.path === path)!;
				assert.equal((await keychain.get(copy.id))?.reveal(), token('gitlab-pat', 2));
			},
			{ keychain },
		);
	});
});

interface Listed extends SecretStore {
	readonly accounts: Set<string>;
}

/** A keychain that does not take what `fails` names. */
function failing(fails: (account: string) => boolean): Listed {
	const store = memoryStore();
	const accounts = new Set<string>();
	return {
		...store,
		accounts,
		set: async (account, value) => {
			if (fails(account)) throw new StoreError('failed', 'The keychain is full.');
			accounts.add(account);
			await store.set(account, value);
		},
		remove: async (account) => {
			accounts.delete(account);
			return store.remove(account);
		},
	};
}
