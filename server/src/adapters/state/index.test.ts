import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { memoryStore } from '../../../../test/support/memory-store.ts';
import type { Binding, StoredSecret } from '../../core/bindings/binding.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { IndexError, type IndexFailure, indexPath, openIndex, readIndex, unverifiedItems } from './index.ts';
import { keyFileStore } from './index-key.ts';

const ITEM: StoredSecret = {
	id: 'item-1',
	path: 'github/issues',
	fingerprint: 'f'.repeat(32),
	issuer: 'github',
	kind: 'github-pat',
	kindName: 'token',
	storedAt: 1,
};

const BINDING: Binding = {
	reference: 'cred://keychain/github/issues',
	workload: { config: '/repo/.vscode/mcp.json', server: 'github', roots: ['/repo'], dialect: 'vscode' },
	destination: {
		kind: 'run',
		executable: '/usr/bin/npx',
		commandLine: ['npx'],
		target: { env: 'TOKEN' },
		env: {},
		localCode: [],
	},
	itemId: 'item-1',
	approvedAt: 2,
};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'index-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fails(failure: IndexFailure): (error: unknown) => boolean {
	return (error) =>
		error instanceof IndexError && error.failure === failure && error.message.includes(indexPath(folder));
}

describe('the index', () => {
	it('never quotes a damaged key', async () => {
		const store = memoryStore();
		await (await openIndex(folder, store)).addItem(ITEM);
		await store.set('index-key', SecretValue.of('c2VjcmV0 half of a key'));
		await assert.rejects(readIndex(folder, store), fails('key-missing'));
		await assert.rejects(openIndex(folder, store), fails('key-missing'));
	});

	it('keeps items and bindings for the next process', async () => {
		const store = memoryStore();
		const index = await openIndex(folder, store);
		await index.addItem(ITEM);
		await index.bind(BINDING);
		const again = await openIndex(folder, store);
		assert.deepEqual(again.items, [ITEM]);
		assert.deepEqual(again.bindings, [BINDING]);
		const secret = SecretValue.of('x');
		assert.equal(again.fingerprinter.of(secret), index.fingerprinter.of(secret));
		assert.equal(statSync(indexPath(folder)).mode & 0o777, 0o600);
	});

	it('replaces the binding of one place and drops those of a removed item', async () => {
		const index = await openIndex(folder, memoryStore());
		await index.addItem(ITEM);
		await index.bind(BINDING);
		const elsewhere = { ...BINDING, workload: { ...BINDING.workload, config: '/other/.vscode/mcp.json' } };
		await index.bind({ ...BINDING, approvedAt: 3 }, elsewhere);
		assert.deepEqual(
			index.bindings.map((binding) => binding.approvedAt),
			[3, 2],
		);
		await index.unbind(index.bindings[1]!);
		assert.equal(index.bindings.length, 1);
		await index.removeItem(ITEM.id);
		assert.deepEqual([index.items, index.bindings], [[], []]);
	});

	it('loses nothing when two processes write at once', async () => {
		const store = memoryStore();
		const [one, two] = [await openIndex(folder, store), await openIndex(folder, store)];
		const ids = Array.from({ length: 10 }, (_, i) => `item-${i}`);
		await Promise.all(ids.map((id, i) => (i % 2 ? one : two).addItem({ ...ITEM, id })));
		await one.reload();
		assert.deepEqual(one.items.map((item) => item.id).toSorted(), ids);
	});

	it('is not made by the launcher, which only reads', async () => {
		assert.equal(await readIndex(folder, memoryStore()), undefined);
	});

	it('works with a key file where the person chose one', async () => {
		await (await openIndex(folder, keyFileStore(folder))).addItem(ITEM);
		assert.deepEqual((await readIndex(folder, keyFileStore(folder)))?.items, [ITEM]);
		assert.equal(statSync(join(folder, 'index-key.json')).mode & 0o777, 0o600);
	});

	it('takes over the lock of a process that died', async () => {
		writeFileSync(`${indexPath(folder)}.lock`, '999999999 gone');
		await (await openIndex(folder, memoryStore())).addItem(ITEM);
	});
});

describe('an index that somebody else touched is refused', () => {
	it('forged', async () => {
		const store = memoryStore();
		await (await openIndex(folder, store)).bind(BINDING);
		const text = readFileSync(indexPath(folder), 'utf8');
		writeFileSync(indexPath(folder), text.replace('/usr/bin/npx', '/tmp/evil'));
		await assert.rejects(openIndex(folder, store), fails('forged'));
		await assert.rejects(readIndex(folder, store), fails('forged'));
	});

	it('rolled back to an older copy', async () => {
		const store = memoryStore();
		const index = await openIndex(folder, store);
		await index.bind(BINDING);
		const old = readFileSync(indexPath(folder));
		await index.unbind(BINDING);
		writeFileSync(indexPath(folder), old);
		await assert.rejects(readIndex(folder, store), fails('rolled-back'));
		await assert.rejects(index.bind(BINDING), fails('rolled-back'));
	});

	it('damaged', async () => {
		const store = memoryStore();
		await (await openIndex(folder, store)).bind(BINDING);
		writeFileSync(indexPath(folder), '{"version":1,');
		await assert.rejects(readIndex(folder, store), fails('damaged'));
		assert.equal(readFileSync(indexPath(folder), 'utf8'), '{"version":1,');
	});

	it('written with a key that is gone', async () => {
		await (await openIndex(folder, memoryStore())).bind(BINDING);
		await assert.rejects(openIndex(folder, memoryStore()), fails('key-missing'));
		await assert.rejects(readIndex(folder, memoryStore()), fails('key-missing'));
	});

	it('deleted: an empty index, which releases nothing, and a newer copy is still needed later', async () => {
		const store = memoryStore();
		await (await openIndex(folder, store)).bind(BINDING);
		const old = readFileSync(indexPath(folder));
		rmSync(indexPath(folder));
		const empty = await openIndex(folder, store);
		assert.deepEqual(empty.bindings, []);
		await empty.addItem(ITEM);
		writeFileSync(indexPath(folder), old);
		await assert.rejects(readIndex(folder, store), fails('rolled-back'));
	});

	it('in whatever way it is broken: an error that names it, or nothing read ahead', async () => {
		const store = memoryStore();
		await (await openIndex(folder, store)).bind(BINDING);
		const broken = [
			'',
			'null',
			'[]',
			'{}',
			'{"version":1,"mac":"x","content":null}',
			'{"version":1,"mac":"","content":{"bindings":[null,1]}}',
			'\0',
		];
		for (const text of broken) {
			writeFileSync(indexPath(folder), text);
			assert.deepEqual(unverifiedItems(folder, new Set([BINDING.reference])), []);
			await assert.rejects(readIndex(folder, store), IndexError);
		}
	});
});
