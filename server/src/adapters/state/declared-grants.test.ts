import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Grant } from '../../core/grants/grant.ts';
import { carryDeclared, declare, declaredPath, readDeclared } from './declared-grants.ts';

const root = mkdtempSync(join(tmpdir(), 'declared-'));
after(() => rmSync(root, { recursive: true, force: true }));
const ID = 'a'.repeat(32);
const GRANT: Grant = { source: 'declared', asOf: 1, precision: 'at-least', scopes: ['issues:read'], access: 'read' };
const folder = () => join(mkdtempSync(join(root, 's-')), 'state');

describe('what a person declared', () => {
	it('is kept for them alone, replaced and taken back', async () => {
		const state = folder();
		assert.equal(readDeclared(state).size, 0);
		await declare(state, ID, GRANT);
		await declare(state, 'b'.repeat(32), { ...GRANT, asOf: 2 });
		assert.deepEqual(readDeclared(state).get(ID), GRANT);
		if (process.platform !== 'win32') assert.equal(statSync(declaredPath(state)).mode & 0o777, 0o600);
		await declare(state, ID, { ...GRANT, scopes: [] });
		assert.deepEqual(readDeclared(state).get(ID)?.scopes, []);
		await declare(state, ID, undefined);
		assert.deepEqual([...readDeclared(state).keys()], ['b'.repeat(32)]);
	});

	it('goes over to the value that a rotation made, but for the end, and is dropped where its rights may be others', async () => {
		const state = folder();
		const [old, renewed] = [ID, 'c'.repeat(32)];
		const now = Date.parse('2026-11-30T12:00:00Z');
		assert.equal(await carryDeclared(state, old, renewed, now), 'nothing');
		await declare(state, old, { ...GRANT, expiresAt: 5 });
		assert.equal(await carryDeclared(state, old, renewed, now), 'carried');
		const notes = ['declared before its rotation on 2026-11-30'];
		assert.deepEqual([...readDeclared(state)], [[renewed, { ...GRANT, notes }]]);
		assert.equal(await carryDeclared(state, renewed, undefined, now), 'dropped');
		assert.equal(readDeclared(state).size, 0);
		await declare(state, old, { source: 'declared', asOf: 1, precision: 'unknown', scopes: [], neverExpires: true });
		assert.equal(await carryDeclared(state, old, renewed, now), 'dropped', 'when the new one ends is another question');
	});

	it('two windows lose nothing of each other', async () => {
		const state = folder();
		const ids = Array.from({ length: 8 }, (_, i) => String(i).repeat(32));
		await Promise.all(ids.map((id) => declare(state, id, GRANT)));
		assert.equal(readDeclared(state).size, ids.length);
	});

	it('that was edited into nonsense, or into more than a person can know, is left out', async () => {
		const state = folder();
		await declare(state, ID, GRANT);
		const put = (grant: unknown) =>
			writeFileSync(declaredPath(state), JSON.stringify({ version: 1, entries: { [ID]: grant } }));
		for (const grant of [
			{ ...GRANT, source: 'issuer' },
			{ ...GRANT, precision: 'known' },
			{ ...GRANT, scopes: 'all' },
			{ ...GRANT, asOf: 'today' },
			7,
		]) {
			put(grant);
			assert.equal(readDeclared(state).size, 0, JSON.stringify(grant));
		}
		writeFileSync(declaredPath(state), '{"version":1,"entries":{');
		assert.equal(readDeclared(state).size, 0);
	});

	it('in a file that others can write counts for nothing', { skip: process.platform === 'win32' }, async () => {
		const state = folder();
		await declare(state, ID, GRANT);
		chmodSync(declaredPath(state), 0o666);
		assert.equal(readDeclared(state).size, 0);
	});
});
