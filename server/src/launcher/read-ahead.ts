import type { SecretStore } from '../core/ports.ts';
import type { SecretValue } from '../core/secret-value.ts';

/** A keychain for one launch, whose reads can be started before it is decided whether anybody gets them. */
export interface ReadAheadStore extends SecretStore {
	start(accounts: readonly string[]): void;
}

/** One read takes the keychain some ten milliseconds, and several at once take hardly more. */
export function readAhead(store: SecretStore): ReadAheadStore {
	const started = new Map<string, Promise<SecretValue | undefined>>();
	const read = (account: string) => {
		const known = started.get(account) ?? store.get(account);
		started.set(account, known);
		return known;
	};
	return {
		...store,
		get: read,
		start(accounts) {
			// A failure is told when somebody asks.
			for (const account of accounts) read(account).catch(() => undefined);
		},
	};
}
