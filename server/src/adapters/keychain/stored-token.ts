import { classify } from '../../core/issuers/classify.ts';
import { type Fingerprint, type Fingerprinter, SecretValue } from '../../core/secret-value.ts';

/** A token, and what is stored around it: a reference stands for a whole value, so `Bearer <token>` and whole URLs are kept as they are. */
export interface StoredToken {
	readonly token: SecretValue;
	/** The text without the token, where it is part of a URL or the like: `postgres://app:@db.internal/shop`. */
	readonly inside?: string;
	/** The whole text with another token in it; absent inside of a URL, which spells some characters in its own way. */
	readonly replaced?: (token: SecretValue) => SecretValue;
}

/** Undefined where the text does not hold the token. */
export function tokenIn(
	text: SecretValue,
	fingerprint: Fingerprint,
	fingerprinter: Fingerprinter,
): StoredToken | undefined {
	// Revealed to be compared, and cut out for whoever may send it.
	const whole = text.reveal();
	const [word = ''] = /^(?:Bearer|token) /i.exec(whole) ?? [];
	for (const start of new Set(['', word])) {
		const token = SecretValue.of(whole.slice(start.length));
		if (fingerprinter.of(token) === fingerprint)
			return { token, replaced: (other) => SecretValue.of(start + other.reveal()) };
	}
	for (const { from, to } of classify(whole, { position: 'env' })) {
		const token = SecretValue.of(whole.slice(from, to));
		if (fingerprinter.of(token) === fingerprint) return { token, inside: whole.slice(0, from) + whole.slice(to) };
	}
	return undefined;
}
