import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { listRefusals, recordRefusal } from '../../server/src/adapters/approvals/refusals.ts';
import type { Broker } from '../../server/src/core/ports.ts';
import { parseReference } from '../../server/src/core/references.ts';
import { SecretValue } from '../../server/src/core/secret-value.ts';
import type { World } from '../../server/src/lsp/world.ts';
import {
	APPROVE_REFUSAL,
	type BrokerItems,
	type FixId,
	type FixOutcome,
	type FixRequest,
	FORGET_KEPT,
	type InitializationOptions,
	type KeptSecret,
	LIST_BROKER_ITEMS,
	LIST_KEPT,
	LIST_REFUSALS,
	type RefusedStart,
} from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { memoryStore } from '../support/memory-store.ts';
import { expand, token } from '../support/tokens.ts';

const CONFIG = '{"servers":{"gh":{"command":"node","args":["s.js"],"env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';

interface Opened {
	readonly client: LspClient;
	readonly uri: string;
	readonly path: string;
	readonly folder: string;
	readonly world: World;
	/** The light bulb's offer of this kind. */
	offer(fix: FixId, code?: string): Promise<FixRequest>;
}

async function opened(
	body: (opened: Opened) => Promise<void>,
	changes: Partial<World> = {},
	text = CONFIG,
): Promise<void> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-ways-')));
	const path = join(folder, '.vscode/mcp.json');
	mkdirSync(dirname(path));
	writeFileSync(path, expand(text));
	const uri = pathToFileURL(path).href;
	const { world, remove } = temporaryWorld(changes);
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	try {
		client.open(uri, expand(text));
		await client.list();
		const offer = async (fix: FixId, code = 'inlined-credential') => {
			const found = (await client.diagnostics(uri)).find((d) => d.code === code)!;
			const actions = await client.actions(uri, found);
			return actions.map((a) => a.command?.arguments?.[0] as FixRequest).find((r) => r?.fix === fix)!;
		};
		await body({ client, uri, path, folder, world, offer });
	} finally {
		await client.stop();
		rmSync(folder, { recursive: true, force: true });
		remove();
	}
}

describe('the password input', () => {
	it('keeps the secret until VS Code has asked for it, and shows it to nobody else', () => {
		const keychain = memoryStore();
		return opened(
			async ({ client, uri, offer, world }) => {
				const outcome = await client.fix(await offer('prompt-for-password'));
				assert.equal(outcome.status, 'done', outcome.message);
				assert.match(client.text(uri), /"GITHUB_TOKEN":"\$\{input:gh-github_token\}"/);
				assert.match(client.text(uri), /"password": true/);

				const kept = await client.connection.sendRequest<KeptSecret[]>(LIST_KEPT);
				assert.deepEqual(
					kept.map(({ server, inputId }) => [server, inputId]),
					[['gh', 'gh-github_token']],
				);
				assert.equal((await keychain.get(kept[0]!.account))?.reveal(), token('github-pat'));
				assert.deepEqual((await world.readIndex())!.bindings, [], 'nothing may be started with it');

				await client.connection.sendRequest(FORGET_KEPT, { account: kept[0]!.account });
				assert.equal(await keychain.get(kept[0]!.account), undefined);
				assert.deepEqual(await client.connection.sendRequest(LIST_KEPT), []);
			},
			{ keychain },
		);
	});

	it('forgets nothing but what waits for a prompt', () =>
		opened(async ({ client, offer, world }) => {
			await client.fix(await offer('move-to-keychain'));
			const { id } = (await world.readIndex())!.items[0]!;
			assert.deepEqual(await client.connection.sendRequest(FORGET_KEPT, { account: id }), { forgotten: false });
			assert.ok(await world.keychain.get(id));
		}));
});

/** A secret manager in memory. The real ones are met in the process tests. */
function memoryBroker(start: Record<string, string> = {}): Broker & { readonly items: Map<string, string> } {
	const items = new Map(Object.entries(start));
	return {
		id: 'pass',
		name: 'pass (password-store)',
		items,
		isInstalled: () => true,
		status: async () => ({ ready: true }),
		list: async () => [...items.keys()].map((name) => ({ reference: `cred://pass/${name}`, title: name })),
		owns: (reference) => reference.store === 'pass',
		read: async (reference) => SecretValue.of(items.get(reference.path) ?? ''),
		create: async (name, value) => {
			items.set(name, value.reveal());
			return parseReference(`cred://pass/${name}`)!;
		},
	};
}

describe('a secret manager', () => {
	it('gets a new item, which is read back before the config is edited', () => {
		const broker = memoryBroker();
		return opened(
			async ({ client, uri, offer, world }) => {
				const outcome = await client.fix(await offer('swap-for-broker'));
				assert.equal(outcome.status, 'done', outcome.message);
				assert.equal(broker.items.get('mcp/github/gh'), token('github-pat'));
				assert.match(client.text(uri), /"cred:\/\/pass\/mcp\/github\/gh"/);
				const [binding] = (await world.readIndex())!.bindings;
				assert.equal(binding?.itemId, undefined, 'the manager keeps it, not the keychain');
			},
			{ brokers: [broker] },
		);
	});

	it('may already hold the value: then that item is named', () => {
		const broker = memoryBroker({ 'team/github': token('github-pat') });
		return opened(
			async ({ client, uri, offer }) => {
				const { items } = await client.connection.sendRequest<BrokerItems>(LIST_BROKER_ITEMS, { broker: 'pass' });
				const request = { ...(await offer('swap-for-broker')), item: items[0]!.reference };
				assert.equal((await client.fix(request)).status, 'done');
				assert.match(client.text(uri), /"cred:\/\/pass\/team\/github"/);
				assert.equal(broker.items.size, 1);
			},
			{ brokers: [broker] },
		);
	});

	it('keeps a new item that the editor then did not refer to, and the person is told', () => {
		const pass = memoryBroker();
		return opened(
			async ({ client, offer }) => {
				client.acceptEdits = false;
				const outcome = await client.fix(await offer('swap-for-broker'));
				assert.equal(outcome.status, 'refused');
				const [name] = pass.items.keys();
				assert.ok(outcome.message.endsWith(`keeps the new item cred://pass/${name}: choose it next time.`));
			},
			{ brokers: [pass] },
		);
	});

	it('that holds another value is not used', () => {
		const broker = memoryBroker({ 'team/github': 'something else' });
		return opened(
			async ({ client, uri, offer }) => {
				const request = { ...(await offer('swap-for-broker')), item: 'cred://pass/team/github' };
				const outcome = await client.fix(request);
				assert.equal(outcome.status, 'refused');
				assert.match(outcome.message, /another value/);
				assert.equal(client.text(uri), expand(CONFIG));
			},
			{ brokers: [broker] },
		);
	});

	it('that is not on this machine is not offered', () => {
		const broker: Broker = { ...memoryBroker(), isInstalled: () => false };
		return opened(
			async ({ client, uri }) => {
				const [found] = await client.diagnostics(uri);
				const titles = (await client.actions(uri, found!)).map(({ title }) => title);
				assert.ok(titles.some((title) => /OS keychain/.test(title)));
				assert.deepEqual(
					titles.filter((title) => /password-store/.test(title)),
					[],
				);
			},
			{ brokers: [broker] },
		);
	});

	it('that cannot be asked says what to do', () => {
		const broker: Broker = { ...memoryBroker(), status: async () => ({ ready: false, message: 'Unlock it first.' }) };
		return opened(
			async ({ client, offer }) => {
				assert.deepEqual(await client.fix(await offer('swap-for-broker')), {
					status: 'refused',
					message: 'Unlock it first.',
				} satisfies FixOutcome);
			},
			{ brokers: [broker] },
		);
	});
});

/** As the launcher writes it down, and as the editor is then told of it. */
async function refusedStart({ client, path, folder, world }: Opened, difference: string): Promise<RefusedStart> {
	await recordRefusal(world.stateDir, {
		at: Date.now(),
		reference: 'cred://keychain/github/gh',
		server: 'gh',
		target: { env: 'GITHUB_TOKEN' },
		cwd: folder,
		config: { path, server: 'gh', dialect: 'vscode', isUserLevel: false },
		differences: [difference],
	});
	const [refused] = await client.connection.sendRequest<RefusedStart[]>(LIST_REFUSALS);
	assert.ok(refused);
	return refused;
}

describe('a start that the launcher refused', () => {
	it('is shown with what differs and who would receive the secret, and a person may allow it', () =>
		opened(async (place) => {
			const { client, uri, path, world, offer } = place;
			await client.fix(await offer('move-to-keychain'));
			const changed = client.text(uri).replace('s.js', 'other.js').replace('"args"', '"envFile":"/more.env","args"');
			client.change(uri, changed);
			writeFileSync(path, changed);
			const refused = await refusedStart(place, 'argument 1 is another than was approved');
			assert.equal(refused.server, 'gh');
			assert.deepEqual(refused.differences, ['argument 1 is another than was approved']);
			assert.match(refused.receiver ?? '', /GITHUB_TOKEN of .*node.* other\.js; variables of: \/more\.env$/);

			const outcome = await client.connection.sendRequest<FixOutcome>(APPROVE_REFUSAL, { id: refused.id });
			assert.equal(outcome.status, 'done', outcome.message);
			assert.deepEqual(listRefusals(world.stateDir), []);
			const { destination } = (await world.readIndex())!.bindings[0]!;
			assert.ok(destination.kind === 'run' && destination.commandLine[1] === 'other.js');
		}));

	it('is not allowed as something else than was shown', () =>
		opened(async (place) => {
			const { client, uri, path, offer } = place;
			await client.fix(await offer('move-to-keychain'));
			writeFileSync(path, client.text(uri));
			const refused = await refusedStart(place, 'something');
			writeFileSync(path, client.text(uri).replace('s.js', 'evil.js'));
			const outcome = await client.connection.sendRequest<FixOutcome>(APPROVE_REFUSAL, { id: refused.id });
			assert.equal(outcome.status, 'refused');
			assert.match(outcome.message, /changed while you looked/);
		}));

	it('is not allowed unseen', () =>
		opened(async ({ client }) => {
			const outcome = await client.connection.sendRequest<FixOutcome>(APPROVE_REFUSAL, { id: '0123456789ab' });
			assert.equal(outcome.status, 'refused');
		}));
});

describe('where the files are', () => {
	it('a user file of another machine is diagnosed, and its fix says what to do', async () => {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-remote-')));
		const uri = 'vscode-userdata:/User/mcp.json';
		const client = await LspClient.start({
			mode: 'in-process',
			folder,
			initialization: { remoteName: 'ssh-remote', editor: 'VS Code' },
		});
		client.open(uri, expand(CONFIG));
		const found = (await client.diagnostics(uri)).find((d) => d.code === 'inlined-credential')!;
		const actions = await client.actions(uri, found);
		assert.ok(actions.length > 0);
		assert.ok(actions.every((a) => a.disabled?.reason.includes('Open it in a local window')));
		await client.stop();
		rmSync(folder, { recursive: true });
	});

	it('several folders: each config is named by its own folder, and its servers start from there', async () => {
		const [one, two] = [0, 1].map(() => realpathSync(mkdtempSync(join(tmpdir(), 'mcp-multi-')))) as [string, string];
		for (const folder of [one, two]) {
			mkdirSync(join(folder, '.vscode'));
			writeFileSync(join(folder, '.vscode/mcp.json'), expand(CONFIG));
		}
		const { world, remove } = temporaryWorld();
		const client = await LspClient.start({ mode: 'in-process', folder: one, moreFolders: [two], world });
		const { rows } = await client.list();
		assert.equal(rows.length, 1, 'one secret in two folders is one row');
		assert.equal(rows[0]?.places.length, 2);
		const uri = pathToFileURL(join(two, '.vscode/mcp.json')).href;
		client.open(uri, expand(CONFIG));
		const { fix } = rows[0]!.places.find((place) => place.uri === uri)!;
		assert.equal((await client.fix({ ...fix!.request, version: 1 })).status, 'done');
		assert.deepEqual((await world.readIndex())!.bindings[0]?.workload.roots, [two]);
		await client.stop();
		remove();
		for (const folder of [one, two]) rmSync(folder, { recursive: true });
	});
});

describe('ways to less', () => {
	const SERVER = `{"servers":{"gh":{"command":"docker","args":["run","-i","-e","GITHUB_PERSONAL_ACCESS_TOKEN","ghcr.io/github/github-mcp-server:1.2.3"],"env":{"GITHUB_PERSONAL_ACCESS_TOKEN":"{{github-pat}}"}}}}`;

	async function titled(client: LspClient, uri: string, title: RegExp): Promise<FixRequest> {
		const found = (await client.diagnostics(uri)).find((d) => d.code === 'inlined-credential')!;
		const actions = await client.actions(uri, found);
		const action = actions.find((a) => title.test(a.title));
		assert.ok(action, `no ${title} among: ${actions.map((a) => a.title).join(' | ')}`);
		return action.command!.arguments![0] as FixRequest;
	}

	it('the server only reads, after one edit', () =>
		opened(
			async ({ client, uri }) => {
				const outcome = await client.fix(await titled(client, uri, /read/i));
				assert.equal(outcome.status, 'done', outcome.message);
				assert.match(client.text(uri), /GITHUB_READ_ONLY/);
			},
			{},
			SERVER,
		));

	it('the page for a smaller token is opened by the editor, and nothing is changed', () =>
		opened(
			async ({ client, uri }) => {
				const outcome = await client.fix(await titled(client, uri, /Make a .*GitHub token/));
				assert.equal(outcome.status, 'done', outcome.message);
				assert.match(outcome.open ?? '', /^https:\/\/github\.com\/settings/);
				assert.equal(client.text(uri), expand(SERVER));
			},
			{},
			SERVER,
		));
});

describe('the advice to sign in with OAuth', () => {
	it('comes with the edit that does it', () =>
		opened(
			async ({ client, uri, offer }) => {
				const way = await offer('way-to-less', 'oauth-available');
				assert.equal(way?.way, 'oauth');
				const outcome = await client.fix(way);
				assert.equal(outcome.status, 'done', outcome.message);
				assert.match(client.text(uri), /"url": ?"https:\/\/api\.githubcopilot\.com\/mcp\/"/);
				assert.ok(!client.text(uri).includes(token('github-pat')));
			},
			{},
			CONFIG.replace(
				'"command":"node","args":["s.js"]',
				'"command":"npx","args":["-y","@modelcontextprotocol/server-github"]',
			),
		));
});

describe('what a message dictates', () => {
	const text =
		'{"inputs":[{"type":"promptString","id":"token"}],"servers":{"a":{"command":"a","env":{"A_TOKEN":"${input:token}"}}}}';
	const actionsFor = async (initialization: InitializationOptions): Promise<CodeAction[]> => {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-mend-')));
		const uri = pathToFileURL(join(folder, '.vscode/mcp.json')).href;
		const client = await LspClient.start({ mode: 'in-process', folder, initialization });
		try {
			client.open(uri, text);
			const found = (await client.diagnostics(uri)).find(({ code }) => code === 'plaintext-input')!;
			return await client.actions(uri, found);
		} finally {
			await client.stop();
			rmSync(folder, { recursive: true });
		}
	};

	it('is an edit of this version, which any editor makes by itself', async () => {
		const [first] = await actionsFor({});
		assert.match(first!.title, /^Add "password": true/);
		assert.equal(first!.isPreferred, true);
		const [change] = first!.edit!.documentChanges as TextDocumentEdit[];
		const [edit] = change!.edits as TextEdit[];
		assert.deepEqual([change!.textDocument.version, edit!.newText], [1, ', "password": true']);
	});

	it('is none in Restricted Mode', async () => {
		assert.deepEqual(
			(await actionsFor({ trusted: false })).filter(({ edit }) => edit),
			[],
		);
	});
});
