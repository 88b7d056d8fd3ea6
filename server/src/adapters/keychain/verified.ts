import { type SecretStore, StoreError } from '../../core/ports.ts';
import type { SecretValue } from '../../core/secret-value.ts';

/**
 * Stores a value, reads it back and compares. What does not read back the same is removed again, so that nobody later trusts
 * a broken item.
 *
 * @throws StoreError with the store's own reason, or `failed` when the value reads back differently.
 */
export async function storeVerified(store: SecretStore, account: string, value: SecretValue): Promise<void> {
	await store.set(account, value);
	const back = await readBack(store, account);
	if (back?.equals(value)) return;
	await store.remove(account).catch(() => false);
	throw new StoreError(
		'failed',
		'The keychain did not give back what was stored, so nothing was changed. Run "mcp-hygiene doctor".',
	);
}

async function readBack(store: SecretStore, account: string): Promise<SecretValue | undefined> {
	try {
		return await store.get(account);
	} catch (error) {
		await store.remove(account).catch(() => false);
		throw error;
	}
}
