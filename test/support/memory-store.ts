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
