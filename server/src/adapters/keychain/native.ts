import type { AsyncEntry } from '@napi-rs/keyring';
import { type SecretStore, StoreError } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { itemLimit, joinParts, partAccounts, readEnvelope, wrap } from './envelope.ts';
import { failureOf, keychainError } from './messages.ts';

/** The service under which every item of ours is filed. */
const KEYCHAIN_SERVICE = 'mcp-hygiene';

/**
 * The OS keychain, in this process. Only the launcher's programs may use it: a call can block for seconds, and one that waits
 * for an unlock window never ends and keeps the process from exiting. Everyone else asks through `keychainClient`.
 *
 * The store is pinned: unpinned, the library writes to the kernel's keyring where there is no D-Bus, which a reboot empties.
 */
export function nativeKeychain(limit = itemLimit(process.platform)): SecretStore {
	return {
		get: (account) => told(() => readItem(account)),
		set: (account, value) => told(() => writeItem(account, value, limit)),
		remove: (account) => told(() => removeItem(account)),
	};
}

async function readItem(account: string): Promise<SecretValue | undefined> {
	const text = await readText(account);
	if (text === null) return undefined;
	const envelope = readEnvelope(account, text);
	if (!envelope)
		throw new StoreError('failed', 'An item in the OS keychain was not written by mcp-hygiene, so it is not used.');
	if (envelope.value !== undefined) return SecretValue.of(envelope.value);
	const parts = await Promise.all(partAccounts(envelope).map(readText));
	const present = parts.filter((part) => part !== null);
	if (present.length !== parts.length)
		throw new StoreError('failed', 'A part of an item in the OS keychain is missing, so it is not used.');
	return SecretValue.of(joinParts(present));
}

async function writeItem(account: string, value: SecretValue, limit: number): Promise<void> {
	const before = await partsOf(account);
	const generation = Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex');
	for (const item of wrap(account, value.reveal(), Date.now(), limit, generation)) {
		await (await entry(item.account)).setPassword(item.text);
	}
	await removeAll(before);
}

async function removeItem(account: string): Promise<boolean> {
	const parts = await partsOf(account);
	const removed = await (await entry(account)).deletePassword();
	await removeAll(parts);
	return removed;
}

async function partsOf(account: string): Promise<readonly string[]> {
	const text = await readText(account);
	const envelope = text === null ? undefined : readEnvelope(account, text);
	return envelope ? partAccounts(envelope) : [];
}

async function removeAll(accounts: readonly string[]): Promise<void> {
	for (const account of accounts) await (await entry(account)).deletePassword();
}

async function readText(account: string): Promise<string | null> {
	// `?? null`: the type says null for an absent item; an older binary answers undefined.
	return (await (await entry(account)).getPassword()) ?? null;
}

async function entry(account: string): Promise<AsyncEntry> {
	// `require`: the bundles are CommonJS, and the ES module loader alone takes two milliseconds of every start.
	const { AsyncEntry } = require('@napi-rs/keyring') as typeof import('@napi-rs/keyring');
	return new AsyncEntry(KEYCHAIN_SERVICE, account, { linux: { store: 'secret-service' } });
}

async function told<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof StoreError) throw error;
		throw keychainError(isNotFound(error) ? 'not-installed' : failureOf(error instanceof Error ? error.message : ''));
	}
}

/** The package or its binary for this platform is not beside the program. */
function isNotFound(error: unknown): boolean {
	const message = error instanceof Error ? error.message : '';
	return /cannot find (?:module|package|native binding)|failed to load native/i.test(message);
}
