import { mkdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SecretStore } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { storeVerified } from '../keychain/verified.ts';
import { writePrivate } from './write-private.ts';

/** The keychain account of the key that authenticates the index. */
const INDEX_KEY_ACCOUNT = 'index-key';

/** The key, and the counter of the newest index that was written: an older file is a roll-back. */
export interface IndexKey {
	readonly key: Uint8Array;
	readonly counter: number;
}

export async function readIndexKey(store: SecretStore): Promise<IndexKey | undefined> {
	const stored = await store.get(INDEX_KEY_ACCOUNT);
	if (!stored) return undefined;
	return parseKey(stored.reveal());
}

/** What is no key is as good as none. The parser's own error would quote it. */
function parseKey(text: string): IndexKey | undefined {
	try {
		const { key, counter } = JSON.parse(text) as { key: unknown; counter: unknown };
		return typeof key === 'string' && typeof counter === 'number'
			? { key: Buffer.from(key, 'base64'), counter }
			: undefined;
	} catch {
		return undefined;
	}
}

export async function writeIndexKey(store: SecretStore, key: IndexKey): Promise<void> {
	await storeVerifiedKey(store, JSON.stringify({ key: Buffer.from(key.key).toString('base64'), counter: key.counter }));
}

/** Unlike other items the key is never removed when the read-back fails: everything depends on it. */
async function storeVerifiedKey(store: SecretStore, text: string): Promise<void> {
	await storeVerified({ ...store, remove: async () => false }, INDEX_KEY_ACCOUNT, SecretValue.of(text));
}

export function newIndexKey(): IndexKey {
	return { key: crypto.getRandomValues(new Uint8Array(32)), counter: 0 };
}

// The hashes of the core, not `node:crypto`: loading that takes a tenth of the launcher's whole start.

/** The code that only who holds the key can give. */
export function authenticate({ key }: IndexKey, text: string): string {
	return bytesToHex(hmac(sha256, key, utf8ToBytes(`mcp-hygiene index v1\n${text}`)));
}

export function isAuthentic(key: IndexKey, text: string, mac: string): boolean {
	return authenticate(key, text) === mac;
}

/** A key of its own for fingerprints, so that a fingerprint says nothing about the index's authentication. */
export function fingerprintKey({ key }: IndexKey): Uint8Array {
	return hmac(sha256, key, utf8ToBytes('mcp-hygiene fingerprint v1'));
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
			writePrivate(path(account), value.reveal());
		},
		async remove(account) {
			unlinkSync(path(account));
			return true;
		},
	};
}
