// The ground that the other keychain tests stand on: the sessions really are in the states that their names say.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { type KeyringSession, withKeyring } from '../support/harness/keyring.ts';

const ATTRIBUTES = ['service', 'mcp-hygiene-test', 'username', 'item'];

function store(session: KeyringSession, value: string): void {
	execFileSync('secret-tool', ['store', '--label=test', ...ATTRIBUTES], { env: session.env, input: value });
}

function lookup(session: KeyringSession): { status: number | null; value: string; complaint: string } {
	const options = { env: session.env, encoding: 'utf8', timeout: 1500 } as const;
	const { status, stdout, stderr } = spawnSync('secret-tool', ['lookup', ...ATTRIBUTES], options);
	return { status, value: stdout, complaint: stderr };
}

test('unlocked: what was stored comes back', () =>
	withKeyring('unlocked', async (session) => {
		store(session, 'välue');
		assert.equal(lookup(session).value, 'välue');
	}));

test('a locked keyring gives nothing away until it is unlocked', () =>
	withKeyring('unlocked', async (session) => {
		store(session, 'value');
		session.lock();
		assert.equal(lookup(session).value, '');
		await session.unlock();
		assert.equal(lookup(session).value, 'value');
	}));

test('none: the bus answers, no Secret Service does', () =>
	withKeyring('none', async (session) => {
		assert.match(lookup(session).complaint, /org\.freedesktop\.secrets/);
	}));

test('a frozen daemon does not answer until it thaws', () =>
	withKeyring('unlocked', async (session) => {
		store(session, 'value');
		session.freeze();
		assert.equal(lookup(session).status, null, 'secret-tool was still waiting when its time was up');
		session.thaw();
		assert.equal(lookup(session).value, 'value');
	}));

test('two sessions do not see each other', () =>
	withKeyring('unlocked', async (one) =>
		withKeyring('unlocked', async (other) => {
			store(one, 'value');
			assert.equal(lookup(other).value, '');
		}),
	));
