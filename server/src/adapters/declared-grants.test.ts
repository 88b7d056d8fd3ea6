import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Grant } from '../core/grant.ts';
import { declare, declaredPath, readDeclared } from './declared-grants.ts';

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
