import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ProbeOutcome } from '../../core/grants/grant.ts';
import { openProbeCache, probeCachePath } from './probe-cache.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const DAY = 86_400_000;
const ID = 'a'.repeat(32);
const base = 'https://gitlab.com/api/v4';
const folders: string[] = [];
after(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function told(asOf: number): ProbeOutcome {
	return {
		state: 'told',
		grant: { source: 'issuer', asOf, precision: 'known', scopes: ['api'], expiresAt: NOW + DAY },
	};
}

function folder(): string {
	folders.push(mkdtempSync(join(tmpdir(), 'probe-cache-')));
	return join(folders.at(-1)!, 'state');
}

function at(time: number): () => number {
	return () => time;
}

describe('the cache of issuers’ answers', () => {
	it('gives back what an issuer said, with the time at which it said it', async () => {
		const state = folder();
		await openProbeCache(state, at(NOW)).put(ID, { outcome: told(NOW), base });
		assert.deepEqual(openProbeCache(state, at(NOW + DAY)).get(ID), { outcome: told(NOW), base });
	});

	it('is readable by its owner only', async () => {
		const state = folder();
		await openProbeCache(state, at(NOW)).put(ID, { outcome: told(NOW), base });
		if (process.platform !== 'win32') assert.equal(statSync(probeCachePath(state)).mode & 0o777, 0o600);
	});

	it('drops what is a month old, and "try again later" after an hour', async () => {
		const state = folder();
		const cache = openProbeCache(state, at(NOW));
		const busy: ProbeOutcome = { state: 'unavailable', at: NOW, message: 'later' };
		await cache.put(ID, { outcome: told(NOW), base });
		await cache.put('b'.repeat(32), { outcome: busy, base });
		const later = openProbeCache(state, at(NOW + DAY));
		assert.ok(later.get(ID));
		assert.equal(later.get('b'.repeat(32)), undefined);
		assert.equal(openProbeCache(state, at(NOW + 31 * DAY)).get(ID), undefined);
	});

	it('drops it even while it is open', async () => {
		let time = NOW;
		const cache = openProbeCache(folder(), () => time);
		await cache.put(ID, { outcome: told(NOW), base });
		time = NOW + 31 * DAY;
		assert.equal(cache.get(ID), undefined);
	});

	it('does not believe answers from the future: a clock was wrong', async () => {
		const state = folder();
		await openProbeCache(state, at(NOW + 400 * DAY)).put(ID, { outcome: told(NOW + 400 * DAY), base });
		assert.equal(openProbeCache(state, at(NOW)).get(ID), undefined);
	});

	it('keeps what another process wrote meanwhile', async () => {
		const state = folder();
		const [one, two] = [openProbeCache(state, at(NOW)), openProbeCache(state, at(NOW))];
		await one.put(ID, { outcome: told(NOW), base });
		await two.put('b'.repeat(32), { outcome: told(NOW), base });
		const both = openProbeCache(state, at(NOW));
		assert.ok(both.get(ID) && both.get('b'.repeat(32)));
	});

	it('forgets a token that was revoked', async () => {
		const cache = openProbeCache(folder(), at(NOW));
		await cache.put(ID, { outcome: told(NOW), base });
		await cache.forget(ID);
		assert.equal(cache.get(ID), undefined);
	});

	it('keeps the newest thousand', async () => {
		const state = folder();
		const cache = openProbeCache(state, at(NOW));
		await cache.put(ID, { outcome: told(NOW), base });
		const file = JSON.parse(readFileSync(probeCachePath(state), 'utf8'));
		for (let i = 0; i < 1500; i++) file.entries[i.toString(16).padStart(32, '0')] = { outcome: told(NOW - i), base };
		writeFileSync(probeCachePath(state), JSON.stringify(file));
		await openProbeCache(state, at(NOW)).put('f'.repeat(32), { outcome: told(NOW + 1), base });
		const kept = JSON.parse(readFileSync(probeCachePath(state), 'utf8')).entries;
		assert.equal(Object.keys(kept).length, 1000);
		assert.ok(kept['f'.repeat(32)] && kept['0'.repeat(32)]);
	});

	for (const [name, text] of [
		['no JSON', '{"version":1,'],
		['another version', '{"version":2,"entries":{}}'],
		['a list', '[1,2,3]'],
		['entries that are none', `{"version":1,"entries":{"${ID}":null,"x":{}}}`],
		[
			'scopes that are no texts',
			`{"version":1,"entries":{"${ID}":{"base":"x","outcome":{"state":"told","grant":{"source":"issuer","asOf":${NOW},"precision":"known","scopes":[1]}}}}}`,
		],
		[
			'a state that there is not',
			`{"version":1,"entries":{"${ID}":{"base":"x","outcome":{"state":"toString","at":${NOW},"message":""}}}}`,
		],
		['a prototype', '{"version":1,"entries":{"__proto__":{"base":"x"}}}'],
	] as const)
		it(`takes a file with ${name} for an empty one, and replaces it`, async () => {
			const state = folder();
			await openProbeCache(state, at(NOW)).put(ID, { outcome: told(NOW), base });
			writeFileSync(probeCachePath(state), text, { mode: 0o600 });
			const cache = openProbeCache(state, at(NOW));
			assert.equal(cache.get(ID), undefined);
			await cache.put(ID, { outcome: told(NOW), base });
			assert.ok(openProbeCache(state, at(NOW)).get(ID));
		});

	it('does not believe a file that others can write', { skip: process.platform === 'win32' }, async () => {
		const state = folder();
		await openProbeCache(state, at(NOW)).put(ID, { outcome: told(NOW), base });
		chmodSync(probeCachePath(state), 0o666);
		assert.equal(openProbeCache(state, at(NOW)).get(ID), undefined);
	});
});
