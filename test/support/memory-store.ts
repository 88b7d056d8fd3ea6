import type { SecretStore } from '../../server/src/core/ports.ts';
import type { SecretValue } from '../../server/src/core/secret-value.ts';

/** A keychain in memory, for tests of what lies above it. */
export function memoryStore(): SecretStore {
	const items = new Map<string, SecretValue>();
	return {
		get: async (account) => items.get(account),
		set: async (account, value) => {
			items.set(account, value);
		},
		remove: async (account) => items.delete(account),
	};
}

/** A keychain that takes an item under this path only once it is released, as one that waits for its owner; and when it began to. */
export function heldStore(path: string): {
	readonly keychain: SecretStore;
	readonly writing: Promise<void>;
	release(): void;
} {
	const writing = Promise.withResolvers<void>();
	const released = Promise.withResolvers<void>();
	const store = memoryStore();
	const set: SecretStore['set'] = async (account, value) => {
		if (account.startsWith(path)) {
			writing.resolve();
			await released.promise;
		}
		await store.set(account, value);
	};
	return { keychain: { ...store, set }, writing: writing.promise, release: released.resolve };
}
