import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { noteSeen } from './seen.ts';

const root = mkdtempSync(join(tmpdir(), 'seen-'));
after(() => rmSync(root, { recursive: true, force: true }));
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 1);
const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const folder = () => mkdtempSync(join(root, 's-'));

describe('since when a secret is known', () => {
	it('is told from the second day on, as a lower bound', async () => {
		const state = folder();
		assert.equal((await noteSeen(state, [A], NOW)).size, 0);
		assert.equal((await noteSeen(state, [A], NOW + DAY - 1)).size, 0, 'the first day says nothing');
		const later = await noteSeen(state, [A, B], NOW + 40 * DAY);
		assert.deepEqual(
			[...later],
			[[A, { since: NOW, precision: 'at-least', source: 'index', detail: 'first seen by this tool on 2026-01-01' }]],
		);
		assert.equal((await noteSeen(state, [B], NOW + 50 * DAY)).get(B)?.since, NOW + 40 * DAY);
	});

	it('is written once a day', async () => {
		const state = folder();
		await noteSeen(state, [A], NOW);
		const { mtimeMs, ino } = statSync(join(state, 'seen.json'));
		await noteSeen(state, [A], NOW + DAY / 2);
		const again = statSync(join(state, 'seen.json'));
		assert.deepEqual([again.mtimeMs, again.ino], [mtimeMs, ino]);
	});

	it('is not known where the clock or the file is wrong, and nothing breaks', async () => {
		const state = folder();
		await noteSeen(state, [A], NOW + 900 * DAY);
		assert.equal((await noteSeen(state, [A], NOW)).size, 0);
		for (const first of ['"x"', '-5', '1e99', 'null']) {
			writeFileSync(join(state, 'seen.json'), `{"version":1,"entries":{"${A}":{"first":${first},"last":${NOW}}}}`);
			assert.equal((await noteSeen(state, [A], NOW)).size, 0, first);
		}
		assert.equal((await noteSeen('/dev/null/nowhere', [A], NOW)).size, 0);
	});
});
