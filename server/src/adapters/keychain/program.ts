import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type SecretStore, StoreError } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { fromBase64, type KeychainAnswer, type KeychainRequest, toBase64 } from './wire.ts';

/**
 * The one program that does keychain I/O for others: reads requests, a JSON line each, and answers each with a line. It is
 * the launcher's own executable, so that macOS asks a person once and not once per program.
 */
export async function serveKeychain(input: Readable, output: Writable, store: SecretStore): Promise<void> {
	for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
		output.write(`${JSON.stringify(await answer(line, store))}\n`);
	}
}

async function answer(line: string, store: SecretStore): Promise<KeychainAnswer> {
	try {
		return await perform(JSON.parse(line) as KeychainRequest, store);
	} catch (error) {
		if (error instanceof StoreError) return { ok: false, failure: error.failure, message: error.message };
		return { ok: false, failure: 'failed', message: 'The keychain program did not understand a request.' };
	}
}

async function perform(request: KeychainRequest, store: SecretStore): Promise<KeychainAnswer> {
	switch (request.op) {
		case 'get': {
			const value = await store.get(request.account);
			return { ok: true, ...(value ? { value: toBase64(value.reveal()) } : {}) };
		}
		case 'set':
			await store.set(request.account, SecretValue.of(fromBase64(request.value ?? '')));
			return { ok: true };
		case 'remove':
			return { ok: true, removed: await store.remove(request.account) };
	}
}
