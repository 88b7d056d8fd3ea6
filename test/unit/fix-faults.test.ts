import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { IndexError } from '../../server/src/adapters/state/index.ts';
import type { AgeEvidence } from '../../server/src/core/grants/evidence.ts';
import { type SecretStore, StoreError, type StoreFailure } from '../../server/src/core/ports.ts';
import { SecretValue } from '../../server/src/core/secret-value.ts';
import type { World } from '../../server/src/lsp/world.ts';
import { type FixOutcome, type FixRequest, FORGET_KEPT, LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { memoryStore } from '../support/memory-store.ts';
import { expand, token } from '../support/tokens.ts';

const CONFIG =
	'{"servers":{"gh":{"command":"node","args":["s.js"],"env":{"A":"{{github-pat}}","B":"{{gitlab-pat}}"}}}}';

interface Fixing {
	readonly client: LspClient;
	readonly uri: string;
	readonly path: string;
	fix(variable: string, id?: FixRequest['fix']): Promise<FixOutcome>;
}

async function fixing(world: Partial<World>, body: (fixing: Fixing) => Promise<void>): Promise<void> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-fault-')));
	const path = join(folder, '.vscode/mcp.json');
	mkdirSync(join(folder, '.vscode'));
	writeFileSync(path, expand(CONFIG));
	const uri = pathToFileURL(path).href;
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	try {
		client.open(uri, expand(CONFIG));
		await client.list();
		await body({
			client,
			uri,
			path,
			fix: async (variable, id = 'move-to-keychain') => {
				const found = (await client.diagnostics(uri)).find((d) =>
					(d.data as { pointer: string }).pointer.endsWith(`/${variable}`),
				)!;
				const actions = await client.actions(uri, found);
				const request = actions
					.map((a) => a.command?.arguments?.[0] as FixRequest | undefined)
					.find((r) => r?.fix === id);
				return client.fix(request!);
			},
		});
	} finally {
		await client.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** A keychain that fails at one of its operations, as real ones do. */
function failing(operation: 'get' | 'set', failure: StoreFailure): SecretStore {
	const store = memoryStore();
	const fail = async () => {
		throw new StoreError(failure, `The keychain is ${failure}. Do this.`);
	};
	return { ...store, [operation]: fail };
}

describe('when a fix meets trouble, the secret stays where it was', () => {
	for (const failure of ['locked', 'no-service', 'frozen', 'refused'] as const) {
		for (const operation of ['get', 'set'] as const) {
			it(`keychain ${failure} at ${operation}`, () =>
				fixing({ keychain: failing(operation, failure) }, async ({ client, uri, fix }) => {
					const outcome = await fix('A');
					assert.equal(outcome.status, 'refused');
					assert.match(outcome.message, /Do this\. The config was not changed\./);
					assert.equal(client.text(uri), expand(CONFIG));
				}));
		}
	}

	it('a keychain that gives back something else', () => {
		const store = memoryStore();
		const lying: SecretStore = {
			...store,
			get: async (account) => (account.startsWith('github/') ? SecretValue.of('other') : store.get(account)),
		};
		return fixing({ keychain: lying }, async ({ client, uri, fix }) => {
			const outcome = await fix('A');
			assert.equal(outcome.status, 'refused');
			assert.match(outcome.message, /did not give back what was stored/);
			assert.equal(client.text(uri), expand(CONFIG));
		});
	});

	it('a command that is not on this machine', () =>
		fixing({}, async ({ client, uri, fix }) => {
			client.change(uri, expand(CONFIG).replace('"node"', '"no-such-program-here"'));
			const outcome = await fix('A');
			assert.equal(outcome.status, 'refused');
			assert.match(outcome.message, /command of "gh" is not found.*Install it/);
			assert.ok(client.text(uri).includes(token('github-pat')));
		}));

	it('an editor that does not answer: the item is kept, because the edit may have happened', async () => {
		const keychain = memoryStore();
		const kept: string[] = [];
		const watching: SecretStore = {
			...keychain,
			set: async (account, value) => {
				kept.push(account);
				await keychain.set(account, value);
			},
		};
		await fixing({ keychain: watching }, async ({ client, fix }) => {
			client.connection.onRequest('workspace/applyEdit', () => {
				throw new Error('no answer');
			});
			const outcome = await fix('A');
			assert.equal(outcome.status, 'failed');
			assert.match(outcome.message, /did not say whether.*kept as cred:/);
			const account = kept.find((name) => name.startsWith('github/'))!;
			assert.equal((await keychain.get(account))?.reveal(), token('github-pat'));
		});
	});

	it('nothing but the editor writes the config', () =>
		fixing({}, async ({ path, fix }) => {
			await fix('A');
			assert.equal(readFileSync(path, 'utf8'), expand(CONFIG));
		}));
});

/** The same keychain, and every account that was written to it. */
function watched(): { readonly keychain: SecretStore; readonly stored: string[] } {
	const keychain = memoryStore();
	const stored: string[] = [];
	const set: SecretStore['set'] = async (account, value) => {
		stored.push(account);
		await keychain.set(account, value);
	};
	return { keychain: { ...keychain, set }, stored };
}

describe('when something happens in the middle of a fix', () => {
	it('the same fix chosen twice at once is done once', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client, uri }) => {
			const [found] = await client.diagnostics(uri);
			const requests = (await client.actions(uri, found!)).map((a) => a.command?.arguments?.[0] as FixRequest);
			const request = requests.find((r) => r?.fix === 'move-to-keychain')!;
			const outcomes = await Promise.all([client.fix(request), client.fix(request)]);
			assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['done', 'refused']);
			const { items, bindings } = (await world.readIndex())!;
			assert.equal(items.length, 1);
			assert.deepEqual(
				bindings.map((b) => b.itemId),
				[items[0]!.id],
			);
			assert.equal((await world.keychain.get(items[0]!.id))?.reveal(), token('github-pat'));
		});
		remove();
	});

	it('a file that no editor holds open and that changes meanwhile is not edited', async () => {
		const keychain = memoryStore();
		let changeFile = () => {};
		const slow: SecretStore = {
			...keychain,
			set: async (account, value) => {
				await keychain.set(account, value);
				if (account.startsWith('github/')) changeFile();
			},
		};
		await fixing({ keychain: slow }, async ({ client, path }) => {
			const other = path.replace('mcp.json', '../.mcp.json');
			writeFileSync(other, expand(CONFIG.replace('servers', 'mcpServers')));
			const looked = client.looked();
			await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
			await looked;
			const place = (await client.list()).rows
				.flatMap((row) => row.places)
				.find(({ uri, pointer }) => uri.endsWith('/.mcp.json') && pointer.endsWith('/A'))!;
			let edits = 0;
			client.connection.onRequest('workspace/applyEdit', () => {
				edits++;
				return { applied: true };
			});
			changeFile = () => writeFileSync(other, `\n\n${readFileSync(other, 'utf8')}`);
			const outcome = await client.fix({ ...place.fix!.request, fix: 'move-to-keychain' });
			assert.equal(outcome.status, 'refused', outcome.message);
			assert.equal(edits, 0);
		});
	});

	for (const step of ['addItem', 'bind'] as const) {
		it(`an index that fails at ${step} leaves nothing behind in the keychain`, async () => {
			const { keychain, stored } = watched();
			const { world, remove } = temporaryWorld({ keychain });
			const openIndex: World['openIndex'] = async () => ({
				...(await world.openIndex()),
				[step]: async () => {
					throw new IndexError('unreadable', 'index.json');
				},
			});
			await fixing({ ...world, openIndex }, async ({ client, uri, fix }) => {
				const outcome = await fix('A');
				assert.equal(outcome.status, 'refused', outcome.message);
				assert.equal(client.text(uri), expand(CONFIG));
				const account = stored.find((name) => name.startsWith('github/'))!;
				assert.equal(await keychain.get(account), undefined);
			});
			remove();
		});
	}
});

describe('a secret that is stored already', () => {
	it('is not taken from what waits for a prompt, because that is forgotten', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client, uri, fix }) => {
			assert.equal((await fix('A', 'prompt-for-password')).status, 'done');
			client.change(uri, expand(CONFIG));
			assert.equal((await fix('A')).status, 'done');
			client.change(uri, expand(CONFIG));
			await client.connection.sendRequest(LOOK_AGAIN);
			const outcome = await fix('A', 'use-stored-reference');
			assert.equal(outcome.status, 'done', outcome.message);
			assert.ok((await world.readIndex())!.bindings.every((b) => b.itemId?.startsWith('github/')));
		});
		remove();
	});

	it('gets another label where this file already uses its label for another secret', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client, fix }) => {
			const afterFix = client.looked();
			assert.equal((await fix('A')).status, 'done');
			await afterFix;
			const index = await world.openIndex();
			const first = index.bindings[0]!;
			const secret = SecretValue.of(token('gitlab-pat'));
			await world.keychain.set('other', secret);
			const item = { ...index.items[0]!, id: 'other', fingerprint: index.fingerprinter.of(secret) };
			await index.addItem(item);
			await client.connection.sendRequest(LOOK_AGAIN);
			const outcome = await fix('B', 'use-stored-reference');
			assert.equal(outcome.status, 'done', outcome.message);
			const { bindings } = (await world.readIndex())!;
			const itemsByReference = Map.groupBy(bindings, (b) => b.reference);
			assert.deepEqual(
				itemsByReference.get(first.reference)?.map((b) => b.itemId),
				[first.itemId],
			);
			assert.equal(itemsByReference.size, 2);
		});
		remove();
	});
});

describe('bindings after a fix', () => {
	it('a second fix renews the first binding, since the entry around it changed', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client, uri, fix }) => {
			assert.equal((await fix('A')).status, 'done');
			assert.equal((await fix('B')).status, 'done');
			const { bindings } = (await world.readIndex())!;
			assert.deepEqual(bindings.map((b) => b.reference).toSorted(), [
				'cred://keychain/github/gh',
				'cred://keychain/gitlab/gh',
			]);
			for (const { destination } of bindings) {
				assert.ok(destination.kind === 'run' && destination.commandLine[1] === 's.js');
				const other = Object.values(destination.env)[0];
				assert.ok(typeof other === 'string' && other.startsWith('cred://'), 'the other reference stands as text');
			}
			assert.ok(!client.text(uri).includes(token('gitlab-pat')));
		});
		remove();
	});

	it('a fix does not approve what somebody else changed before', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client, uri, fix }) => {
			await fix('A');
			client.change(uri, client.text(uri).replace('"s.js"', '"other.js"'));
			await fix('B');
			const first = (await world.readIndex())!.bindings.find((b) => b.reference.includes('/github/'))!;
			assert.ok(
				first.destination.kind === 'run' && first.destination.commandLine[1] === 's.js',
				'still what was approved',
			);
		});
		remove();
	});
});

describe('an untrusted workspace', () => {
	it('makes the server ask nothing of the world: no keychain, no git, no process, no user files', async () => {
		const asked: string[] = [];
		const spy = (name: string) => async () => {
			asked.push(name);
			throw new Error(name);
		};
		const world: Partial<World> = {
			keychain: { get: spy('keychain'), set: spy('keychain'), remove: spy('keychain') },
			openIndex: spy('index'),
			readIndex: spy('index'),
			firstSeen: spy('git'),
			exposure: spy('git'),
			installLauncher: spy('launcher'),
		};
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-restricted-')));
		const uri = pathToFileURL(join(folder, '.mcp.json')).href;
		const client = await LspClient.start({
			mode: 'in-process',
			folder,
			world,
			initialization: { trusted: false, editor: 'VS Code' },
		});
		client.open(uri, expand(CONFIG.replace('servers', 'mcpServers')));
		assert.ok((await client.diagnostics(uri)).length > 0);
		await client.hover(uri, token('github-pat'));
		await client.list();
		assert.deepEqual(await client.connection.sendRequest(FORGET_KEPT, { account: 'waiting/gh/a' }), {
			forgotten: false,
		});
		await client.stop();
		rmSync(folder, { recursive: true });
		assert.deepEqual(asked, []);
	});
});

describe('looking again', () => {
	it('shows what changed outside of the folders, which nobody watches', async () => {
		const { world, remove } = temporaryWorld();
		await fixing(world, async ({ client }) => {
			const before = (await client.list()).rows.length;
			mkdirSync(join(world.home, '.cursor'), { recursive: true });
			const own = CONFIG.replace('servers', 'mcpServers').replace('{{github-pat}}', '{{slack-bot}}');
			writeFileSync(join(world.home, '.cursor/mcp.json'), expand(own));
			await client.connection.sendRequest(LOOK_AGAIN);
			assert.equal((await client.list()).rows.length, before + 1);
		});
		remove();
	});

	it('finds the age of a secret that was committed since', async () => {
		let now = Date.now();
		let isCommitted = false;
		const age: AgeEvidence = { since: now - 9e8, precision: 'at-least', source: 'git', detail: 'git: first seen' };
		const firstSeen: World['firstSeen'] = async (_path, secrets) => ({
			ages: new Map(isCommitted ? secrets.map(({ fingerprint }) => [fingerprint, age]) : []),
		});
		await fixing({ firstSeen, now: () => now }, async ({ client }) => {
			const known = async () => (await client.list()).rows.filter(({ age }) => age.days !== undefined).length;
			await client.connection.sendRequest(LOOK_AGAIN);
			assert.equal(await known(), 0);
			isCommitted = true;
			now += 61_000;
			await client.connection.sendRequest(LOOK_AGAIN);
			assert.equal(await known(), 2);
		});
	});
});

describe('a look that fails', () => {
	it('tells no message that could quote something', () =>
		fixing(
			{
				readIndex: async () => {
					throw new SyntaxError('Unexpected token in "half of a key"');
				},
			},
			async ({ client }) => {
				assert.deepEqual((await client.list()).problems, ['It failed (SyntaxError). Run "mcp-hygiene doctor".']);
			},
		));

	it('is told in the panel, and the server goes on', () =>
		fixing(
			{
				exposure: async () => {
					throw new Error('unforeseen');
				},
			},
			async ({ client, uri }) => {
				assert.match((await client.list()).problems.join(), /could not be looked at/);
				assert.ok((await client.diagnostics(uri)).length > 0);
			},
		));
});
