import type { CredentialReference } from './references.ts';
import type { SecretValue } from './secret-value.ts';

/** Every way a store can fail, told apart, because each has another way out. */
export type StoreFailure = 'missing' | 'locked' | 'no-service' | 'frozen' | 'refused' | 'not-installed' | 'failed';

/** `message` is one line for people with the way out; it never holds a secret or a tool's raw output. */
export class StoreError extends Error {
	readonly failure: StoreFailure;

	constructor(failure: StoreFailure, message: string) {
		super(message);
		this.name = 'StoreError';
		this.failure = failure;
	}
}

/** Where secrets rest, by account. `get` of an absent account is undefined, never an error. */
export interface SecretStore {
	get(account: string): Promise<SecretValue | undefined>;
	set(account: string, value: SecretValue): Promise<void>;
	remove(account: string): Promise<boolean>;
}

/** A secret manager behind one interface. Values travel through stdin and pipes only. */
export interface Broker {
	readonly id: string;
	/** "pass (password-store)" */
	readonly name: string;
	/** Is its program on this machine? Starts nothing. */
	isInstalled(): boolean;
	/** Can it be asked now? The message says what is missing and what to do. No value is read. */
	status(): Promise<{ readonly ready: true } | { readonly ready: false; readonly message: string }>;
	/** Items that could hold a secret; names only. */
	list(): Promise<readonly BrokerItem[]>;
	/** Does the reference belong to this broker? */
	owns(reference: CredentialReference): boolean;
	read(reference: CredentialReference): Promise<SecretValue>;
	/** Creates an item, never overwrites one. @throws StoreError `refused` if the item exists. */
	create(name: string, value: SecretValue): Promise<CredentialReference>;
}

export interface BrokerItem {
	readonly reference: string;
	readonly title: string;
}
