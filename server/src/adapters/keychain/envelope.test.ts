import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemLimit, joinParts, partAccounts, readEnvelope, wrap } from './envelope.ts';

describe('a keychain item', () => {
	it('explains itself and belongs to its account', () => {
		const [item] = wrap('a', 'välue', 5, Number.POSITIVE_INFINITY, 'g');
		assert.deepEqual(readEnvelope('a', item!.text), { v: 1, id: 'a', created: 5, value: 'välue' });
		assert.equal(readEnvelope('b', item!.text), undefined);
	});

	it('is split where the platform limits it, parts before the head, each within the limit', () => {
		const value = '🔑'.repeat(3_000);
		const limit = itemLimit('win32');
		const items = wrap('a', value, 5, limit, 'g1');
		assert.ok(
			items.every(({ text }) => text.length * 2 <= 2_560),
			'UTF-16 bytes',
		);
		const head = readEnvelope('a', items.at(-1)!.text)!;
		const accounts = items.slice(0, -1).map(({ account }) => account);
		assert.deepEqual(partAccounts(head), accounts);
		assert.equal(joinParts(items.slice(0, -1).map(({ text }) => text)), value);
	});

	it('that somebody else wrote is not one of ours', () => {
		for (const text of ['', 'plain', '{}', '[]', 'null', '{"v":1,"id":"a","created":1,"parts":{"count":-1}}']) {
			assert.equal(readEnvelope('a', text), undefined);
		}
	});
});
