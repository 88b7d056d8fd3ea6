import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { CodeLens } from 'vscode-languageserver/node';
import { modalFor } from '../../client/src/act-modal.ts';
import { processTable } from '../../server/src/adapters/processes/table.ts';
import { noteRun } from '../../server/src/adapters/state/runs.ts';
import { withSecretLock } from '../../server/src/adapters/state/secret-lock.ts';
import { type SecretStore, StoreError } from '../../server/src/core/ports.ts';
import type { World } from '../../server/src/lsp/world.ts';
import { DECLARE, DO_ACT, type FixOutcome } from '../../server/src/protocol/index.ts';
import { IssuerDesk, json } from '../support/issuer-desk.ts';
import { heldStore, memoryStore } from '../support/memory-store.ts';
import { token } from '../support/tokens.ts';

const GITHUB = '{"servers":{"gh":{"command":"node","args":["s.js"],"env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';

const desk = new IssuerDesk();

describe('revoking', () => {
	it('is confirmed by what the issuer documents, and the row then says that the token is dead', () =>
		desk.opened(async ({ confirm, prepare, row }) => {
			desk.respond = (_, response) => response.writeHead(204).end();
			const { detail, yes, warns } = modalFor('revoke', await prepare('revoke'));
			assert.match(detail, /This cannot be undone/);
			assert.match(detail, /server gl in/);
			assert.deepEqual([yes, warns], ['Revoke', true]);
			const outcome = await confirm('revoke');
			assert.deepEqual([outcome.status, desk.seen[0]?.method], ['done', 'DELETE']);
			const { scope, answer } = await row();
			assert.match(scope.evidence, /GitLab revoked the token/);
			assert.equal(answer, 'dead');
		}));

	it('is told above the server, so that nobody reads there what a dead token could do', () =>
		desk.opened(
			async ({ client, uri, confirm }) => {
				desk.respond = (_, response) => response.writeHead(204).end();
				await confirm('revoke');
				const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
					textDocument: { uri },
				});
				assert.match(lenses[0]?.command?.title ?? '', /^\$\(key\) GitLab: rejected by GitLab · /);
			},
			{ initialization: { editor: 'VS Code' } },
		));

	it('is unknown where the issuer does not say', () =>
		desk.opened(
			async ({ confirm }) => {
				desk.respond = (_, response) => response.writeHead(202).end();
				const { status, message } = await confirm('revoke');
				assert.equal(status, 'unknown');
				assert.match(message, /does not say more/);
			},
			{ text: GITHUB },
		));

	it('is refused where the issuer refuses', () =>
		desk.opened(async ({ confirm }) => {
			desk.respond = json({}, 403);
			assert.equal((await confirm('revoke')).status, 'refused');
		}));
});

describe('rotating', () => {
	const rotated = () => json({ token: token('gitlab-pat', 2), expires_at: '2027-01-01' }, 200);

	it('is for stored secrets: a new value is never written into a config', () =>
		desk.opened(async ({ prepare }) => {
			const { id, blocked } = await prepare('rotate');
			assert.equal(id, undefined);
			assert.match(blocked!, /Move every copy to the OS keychain first/);
		}));

	it('puts the new value in the place of the old one, and the entry still starts', () => {
		const keychain = failing(() => false);
		return desk.opened(
			async ({ confirm, moveToKeychain, world, row, prepare }) => {
				await moveToKeychain();
				const before = (await world.readIndex())!;
				desk.respond = rotated();
				assert.ok(
					(await prepare('rotate')).warnings.some((line) => /^No server runs that mcp-hygiene started/.test(line)),
				);
				const outcome = await confirm('rotate');
				assert.equal(outcome.status, 'done', outcome.message);
				const after = (await world.readIndex())!;
				assert.equal((await keychain.get(after.items[0]!.id))?.reveal(), token('gitlab-pat', 2));
				assert.deepEqual(after.bindings, before.bindings);
				assert.notEqual(after.items[0]!.fingerprint, before.items[0]!.fingerprint);
				const { storage, age } = await row();
				assert.deepEqual([storage.where, age.text], ['keychain', 'less than a day']);
				assert.match(age.evidence[0]!, /its issuer made it in place of an older one on/);
				assert.match(outcome.message, /The new value ends on 2027-01-01\./);
				assert.ok(
					[...keychain.accounts].every((account) => !account.startsWith('rotating:')),
					'the copy is gone',
				);
			},
			{ keychain },
		);
	});

	it('stops what runs on the old value before anything is sent, and says so', () =>
		desk.opened(async ({ confirm, moveToKeychain, prepare, world }) => {
			await moveToKeychain();
			const server = await running(world);
			const question = await prepare('rotate');
			assert.match(
				question.running!.join(),
				new RegExp(`^server gl \\(process ${server.pid}, since \\d{4}-\\d\\d-\\d\\d`),
			);
			assert.match(
				modalFor('rotate', question).detail,
				/Running now:\n• server gl .*\n\n(?:.*\n\n)*What runs on the old value is stopped/,
			);
			assert.ok(server.exitCode === null && server.signalCode === null, 'a question stops nothing');
			desk.respond = (request, response) => {
				assert.throws(() => process.kill(server.pid!, 0), 'it is gone by now');
				rotated()(request, response);
			};
			const { status, message } = await confirm('rotate');
			assert.equal(status, 'done', message);
			assert.match(message, /Stopped before it was sent: server gl \(process \d+, since .*\)\. Start that again\./);
			assert.deepEqual((await prepare('rotate')).running, []);
		}));

	it('tells what it stopped also where the issuer then refuses', () =>
		desk.opened(async ({ confirm, moveToKeychain, world }) => {
			await moveToKeychain();
			await running(world);
			desk.respond = json({}, 403);
			const { status, message } = await confirm('rotate');
			assert.equal(status, 'refused');
			assert.match(message, /Stopped before it was sent: server gl/);
		}));

	it('sends nothing while something runs on that cannot be stopped', () => {
		const keychain = failing(() => false);
		return desk.opened(
			async ({ confirm, moveToKeychain, world }) => {
				await moveToKeychain();
				const { pid, mark } = processTable()!.get(process.ppid)!;
				noteRun(world.stateDir, { pid, mark, at: 1, items: await itemIds(world) });
				const { status, message } = await confirm('rotate');
				assert.equal(status, 'refused');
				assert.match(message, /could not be stopped, so nothing was sent: server gl \(process .*Stop it in its host/);
				assert.equal(desk.seen.length, 0);
				assert.ok([...keychain.accounts].every((account) => !account.startsWith('rotating:')));
			},
			{ keychain },
		);
	});

	it('stops nothing that runs on another secret', () =>
		desk.opened(async ({ confirm, moveToKeychain, prepare, world }) => {
			await moveToKeychain();
			const server = await running(world, ['keychain:other']);
			assert.deepEqual((await prepare('rotate')).running, []);
			desk.respond = rotated();
			const { message } = await confirm('rotate');
			assert.doesNotMatch(message, /Stopped/);
			assert.equal(server.signalCode, null);
			server.kill('SIGKILL');
		}));

	it('takes a person’s word over to the new value, because GitLab says that its rights stay', () =>
		desk.opened(async ({ client, confirm, moveToKeychain, world, row }) => {
			await moveToKeychain();
			const words = { scopes: ['read_api'], expires: '2026-12-31' };
			const looked = client.looked();
			await client.connection.sendRequest(DECLARE, { about: { row: (await row()).id }, words });
			await looked;
			desk.respond = rotated();
			const { message } = await confirm('rotate');
			assert.match(message, /What you said that it may do counts for the new value too\./);
			const [[renewed, grant] = [], ...others] = [...world.declared()];
			assert.deepEqual([renewed, grant?.scopes, others], [(await row()).id, ['read_api'], []]);
			const { scope, expires } = await row();
			assert.match(scope.evidence, /^declared by you on \S+; declared before its rotation on \d{4}-\d\d-\d\d;/);
			assert.equal(expires, undefined);
		}));

	it('waits for a fix that is under way, so that neither works on what the other changes', () => {
		const { keychain, writing, release } = heldStore('gitlab/');
		return desk.opened(
			async ({ client, prepare, moveToKeychain }) => {
				desk.respond = (_, response) => response.writeHead(204).end();
				const { id } = await prepare('revoke');
				const moved = moveToKeychain();
				await writing;
				const ended = client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
				assert.equal(await Promise.race([ended.then(({ status }) => status), pause(300, 'waits')]), 'waits');
				release();
				await moved;
				assert.equal((await ended).status, 'refused', 'what the person saw is not there any more');
				assert.equal(desk.seen.length, 0);
			},
			{ keychain },
		);
	});

	it('asks nothing while another process changes the same secret', () =>
		desk.opened(async ({ confirm, moveToKeychain, world, row }) => {
			await moveToKeychain();
			const { id } = await row();
			const { status, message } = await withSecretLock(world.stateDir, id, () => confirm('rotate'));
			assert.equal(status, 'refused');
			assert.match(message, /in another window or terminal, so nothing was done here/);
			assert.equal(desk.seen.length, 0);
		}));

	it('asks nothing where the keychain takes no new item', () => {
		const keychain = failing((account) => account.startsWith('rotating:'));
		return desk.opened(
			async ({ confirm, moveToKeychain }) => {
				await moveToKeychain();
				const outcome = await confirm('rotate');
				assert.deepEqual([outcome.status, desk.seen.length], ['refused', 0], outcome.message);
			},
			{ keychain },
		);
	});

	it('keeps the new value where the old place does not take it', () => {
		let isBroken = false;
		const keychain = failing((account) => isBroken && account.startsWith('gitlab/'));
		return desk.opened(
			async ({ confirm, moveToKeychain, world }) => {
				await moveToKeychain();
				isBroken = true;
				desk.respond = rotated();
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

async function itemIds(world: World): Promise<string[]> {
	return (await world.readIndex())!.items.map(({ id }) => id);
}

/** A process that the launcher would have started with these stored secrets. */
async function running(world: World, items?: readonly string[]): Promise<ChildProcess> {
	const program = "process.stdout.write('runs'); setInterval(() => {}, 1000)";
	const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout!, 'data');
	const { pid, mark } = processTable()!.get(child.pid!)!;
	noteRun(world.stateDir, { pid, mark, at: Date.now(), items: items ?? (await itemIds(world)), server: 'gl' });
	return child;
}
