import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { keychainClient, keychainProgram } from '../../server/src/adapters/keychain/client.ts';
import { storeVerified } from '../../server/src/adapters/keychain/verified.ts';
import { type SecretStore, StoreError, type StoreFailure } from '../../server/src/core/ports.ts';
import { SecretValue } from '../../server/src/core/secret-value.ts';
import { type KeyringSession, startKeyring, withKeyring } from '../support/harness/keyring.ts';
import { launcherBundle } from '../support/launcher-bundle.ts';

const DIST = await launcherBundle();

function keychainOf(session: KeyringSession, deadline = 10_000): SecretStore {
	return keychainClient({
		...keychainProgram(DIST),
		environment: session.env,
		deadline,
	});
}

function fails(failure: StoreFailure, wayOut: RegExp): (error: unknown) => boolean {
	return (error) =>
		error instanceof StoreError &&
		error.failure === failure &&
		wayOut.test(error.message) &&
		!error.message.includes('\n');
}

describe('an unlocked keyring', () => {
	let session: KeyringSession;
	before(async () => {
		session = await startKeyring('unlocked');
	});
	after(() => session.stop());

	it('gives back what was stored, byte for byte', async () => {
		const keychain = keychainOf(session);
		for (const value of ['plain', 'ümlaut 🔑', 'line\nline', 'nul\0inside', '', 'x'.repeat(100_000)]) {
			await storeVerified(keychain, 'item', SecretValue.of(value));
			assert.equal((await keychain.get('item'))?.reveal(), value);
		}
	});

	it('tells an absent item from an empty one', async () => {
		const keychain = keychainOf(session);
		assert.equal(await keychain.get('nobody'), undefined);
		assert.equal(await keychain.remove('nobody'), false);
		await keychain.set('item', SecretValue.of('x'));
		assert.equal(await keychain.remove('item'), true);
		assert.equal(await keychain.get('item'), undefined);
	});

	it('removes what does not read back the same', async () => {
		const keychain = keychainOf(session);
		const loneSurrogate = SecretValue.of('a\ud800b');
		await assert.rejects(storeVerified(keychain, 'broken', loneSurrogate), fails('failed', /did not give back/));
		assert.equal(await keychain.get('broken'), undefined);
	});

	it('keeps items apart under concurrent writers', async () => {
		const keychain = keychainOf(session);
		const names = ['a', 'b', 'c', 'd'];
		await Promise.all(names.map((name) => keychain.set(name, SecretValue.of(`value ${name}`))));
		const values = await Promise.all(names.map((name) => keychain.get(name)));
		assert.deepEqual(
			values.map((value) => value?.reveal()),
			names.map((name) => `value ${name}`),
		);
	});
});

describe('a keyring that cannot answer', () => {
	it('is locked: says so, for reading and for writing', () =>
		withKeyring('unlocked', async (session) => {
			await keychainOf(session).set('item', SecretValue.of('x'));
			session.lock();
			await assert.rejects(keychainOf(session).get('item'), fails('locked', /Unlock it/));
			await assert.rejects(keychainOf(session).set('item', SecretValue.of('y')), fails('locked', /Unlock it/));
			await assert.rejects(keychainOf(session).remove('item'), fails('locked', /Unlock it/));
			await session.unlock();
			assert.equal((await keychainOf(session).get('item'))?.reveal(), 'x');
		}));

	it('is not there: says so, and writes nowhere else', () =>
		withKeyring('none', async (session) => {
			await assert.rejects(keychainOf(session).set('item', SecretValue.of('x')), fails('no-service', /pass/));
			await assert.rejects(keychainOf(session).get('item'), fails('no-service', /pass/));
			// Where an unpinned library writes when there is no bus.
			const kernelKeys = existsSync('/proc/keys') ? readFileSync('/proc/keys', 'utf8') : '';
			assert.ok(!kernelKeys.includes('mcp-hygiene'));
		}));

	it('is frozen: says so at the deadline, and this process stays free', () =>
		withKeyring('unlocked', async (session) => {
			await keychainOf(session).set('item', SecretValue.of('x'));
			session.freeze();
			const started = performance.now();
			await assert.rejects(keychainOf(session, 700).get('item'), fails('frozen', /unlock window/));
			assert.ok(performance.now() - started < 1_500);
			await assert.rejects(keychainOf(session).get('item'), fails('frozen', /unlock window/));
		}));
});

it('a value that is longer than an item of the platform may be is kept in parts, and removed with them', () =>
	withKeyring('unlocked', async (session) => {
		const native = new URL('../../server/src/adapters/keychain/native.ts', import.meta.url).href;
		const secret = new URL('../../server/src/core/secret-value.ts', import.meta.url).href;
		const code = `globalThis.require = require; (async () => {
			const { nativeKeychain } = await import('${native}');
			const { SecretValue } = await import('${secret}');
			const keychain = nativeKeychain(200);
			const long = '🔑'.repeat(300);
			await keychain.set('long', SecretValue.of(long));
			await keychain.set('long', SecretValue.of(long + '2'));
			const back = (await keychain.get('long')).reveal() === long + '2';
			console.log(back, await keychain.remove('long'), await keychain.get('long'));
		})();`;
		const options = { env: session.env, encoding: 'utf8', cwd: import.meta.dirname } as const;
		assert.equal(execFileSync(process.execPath, ['-e', code], options), 'true true undefined\n');
		assert.equal(spawnSync('secret-tool', ['search', '--all', 'service', 'mcp-hygiene'], options).stdout, '');
	}));

it('a keychain program that is not there is told apart', async () => {
	const keychain = keychainClient({ command: ['/nowhere/node', 'launcher.js', 'keychain'] });
	await assert.rejects(keychain.get('item'), fails('not-installed', /Install/));
});
