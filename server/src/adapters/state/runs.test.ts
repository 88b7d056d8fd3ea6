import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { dropRun, noteRun, type Run, readRuns } from './runs.ts';

const root = mkdtempSync(join(tmpdir(), 'runs-'));
after(() => rmSync(root, { recursive: true, force: true }));
const RUN: Run = { pid: process.pid, mark: 'boot 1', at: 1, items: ['keychain:1'], server: 'gl' };
/** No system gives such a number. */
const NOBODY = 99_999_999;

describe('notes of what runs', () => {
	it('are kept by process, for this person only', () => {
		const state = join(root, 'kept');
		noteRun(state, RUN);
		noteRun(state, { ...RUN, at: 2 });
		assert.deepEqual(readRuns(state), [{ ...RUN, at: 2 }]);
		assert.equal(statSync(join(state, 'runs', `${process.pid}.json`)).mode & 0o777, 0o600);
		dropRun(state, RUN);
		dropRun(state, RUN);
		assert.deepEqual(readRuns(state), []);
	});

	it('do not pile up: those of processes that are gone are dropped', () => {
		const state = join(root, 'many');
		for (let i = 0; i < 70; i++) noteRun(state, { ...RUN, pid: NOBODY - i });
		noteRun(state, RUN);
		assert.ok(readdirSync(join(state, 'runs')).length < 66);
		assert.ok(readRuns(state).some(({ pid }) => pid === process.pid));
	});

	it('that are nonsense are left out', () => {
		const state = join(root, 'nonsense');
		mkdirSync(join(state, 'runs'), { recursive: true });
		const texts = [
			'',
			'null',
			'[]',
			'{"pid":',
			...[
				{ pid: 0 },
				{ pid: -1 },
				{ pid: 1 },
				{ pid: '7' },
				{ mark: 7 },
				{ at: null },
				{ items: ['a', 1] },
				{ server: {} },
			].map((change) => JSON.stringify({ ...RUN, ...change })),
		];
		for (const [i, text] of texts.entries()) writeFileSync(join(state, 'runs', `${i + 10}.json`), text);
		writeFileSync(join(state, 'runs', 'other.json'), JSON.stringify(RUN));
		assert.deepEqual(readRuns(state), []);
	});

	it('keep nobody from starting where they cannot be written', () => {
		writeFileSync(join(root, 'file'), '');
		noteRun(join(root, 'file'), RUN);
		assert.deepEqual(readRuns(join(root, 'file')), []);
	});
});
