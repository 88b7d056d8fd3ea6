import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { SecretStore } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { storeVerified } from '../keychain/verified.ts';

/** The keychain account of the key that authenticates the index. */
const INDEX_KEY_ACCOUNT = 'index-key';

/** The key, and the counter of the newest index that was written: an older file is a roll-back. */
export interface IndexKey {
	readonly key: Buffer;
	readonly counter: number;
}

export async function readIndexKey(store: SecretStore): Promise<IndexKey | undefined> {
	const stored = await store.get(INDEX_KEY_ACCOUNT);
	if (!stored) return undefined;
	const data = JSON.parse(stored.reveal()) as { key: string; counter: number };
	return { key: Buffer.from(data.key, 'base64'), counter: data.counter };
}

export async function writeIndexKey(store: SecretStore, key: IndexKey): Promise<void> {
	await storeVerifiedKey(store, JSON.stringify({ key: key.key.toString('base64'), counter: key.counter }));
}

/** Unlike other items the key is never removed when the read-back fails: everything depends on it. */
async function storeVerifiedKey(store: SecretStore, text: string): Promise<void> {
	await storeVerified({ ...store, remove: async () => false }, INDEX_KEY_ACCOUNT, SecretValue.of(text));
}

export function newIndexKey(): IndexKey {
	return { key: randomBytes(32), counter: 0 };
}

export function authenticate(key: IndexKey, text: string): string {
	return createHmac('sha256', key.key).update('mcp-hygiene index v1\n').update(text).digest('hex');
}

export function isAuthentic(key: IndexKey, text: string, mac: string): boolean {
	const expected = Buffer.from(authenticate(key, text));
	const given = Buffer.from(mac);
	return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A key of its own for fingerprints, so that a fingerprint says nothing about the index's authentication. */
export function fingerprintKey(key: IndexKey): Buffer {
	return createHmac('sha256', key.key).update('mcp-hygiene fingerprint v1').digest();
}

/**
 * The index key in a 0600 file, for machines without a keychain. Weaker, because any program of this person can read it;
 * chosen in the person's own `config.json` only.
 */
export function keyFileStore(stateDir: string): SecretStore {
	const path = (account: string) => join(stateDir, `${account}.json`);
	return {
		async get(account) {
			try {
				return SecretValue.of(readFileSync(path(account), 'utf8'));
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
				throw error;
			}
		},
		async set(account, value) {
			mkdirSync(stateDir, { recursive: true, mode: 0o700 });
			await writeFileAtomic(path(account), value.reveal(), { mode: 0o600 });
		},
		async remove(account) {
			unlinkSync(path(account));
			return true;
		},
	};
}
