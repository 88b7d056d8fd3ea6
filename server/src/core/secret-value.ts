import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A secret that cannot be printed by accident: string conversion, JSON, and inspection all give `[secret]`.
 *
 * `reveal()` is the one way out. Its callers are few and greppable: the keychain and broker adapters, the launcher's
 * environment builder, and the issuers' checks inside this core.
 */
export class SecretValue {
	readonly #value: string;

	private constructor(value: string) {
		this.#value = value;
	}

	static of(value: string): SecretValue {
		return new SecretValue(value);
	}

	reveal(): string {
		return this.#value;
	}

	/** By what it reveals: the other may come of another bundle, with a class of its own. */
	equals(other: SecretValue): boolean {
		return this.#value === other.reveal();
	}

	toString(): string {
		return '[secret]';
	}

	toJSON(): string {
		return '[secret]';
	}

	/** What `util.inspect` and `console.log` call; the symbol is registered globally, so the core stays free of Node. */
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return '[secret]';
	}
}

/** A keyed hash of a secret: 32 hex digits. Two places hold the same secret exactly when their fingerprints agree. */
export type Fingerprint = string;

/**
 * HMAC-SHA-256 under a key that never leaves this person's machine, so a fingerprint in a log or a report cannot be
 * tested against a list of guesses by someone else.
 */
export class Fingerprinter {
	/** Has read the key; each hash goes on from a copy, which halves its cost. */
	readonly #keyed: ReturnType<typeof hmac.create>;

	constructor(key: Uint8Array) {
		this.#keyed = hmac.create(sha256, key);
	}

	of(secret: SecretValue): Fingerprint {
		return bytesToHex(this.#keyed.clone().update(utf8ToBytes(secret.reveal())).digest()).slice(0, 32);
	}
}

/** The few digits of a fingerprint that people see. */
export function shortFingerprint(fingerprint: Fingerprint): string {
	return fingerprint.slice(0, 6);
}
