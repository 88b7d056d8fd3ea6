import { type Fingerprint, type Fingerprinter, SecretValue } from '../../core/secret-value.ts';

/** A token inside of the text that is stored: `Bearer <token>` is kept whole, because a reference stands for a whole value. */
export interface StoredToken {
	readonly token: SecretValue;
	/** The whole text with another token in it. */
	replaced(token: SecretValue): SecretValue;
}

/** Undefined where the text holds the token in another way, such as in a URL. */
export function tokenIn(
	text: SecretValue,
	fingerprint: Fingerprint,
	fingerprinter: Fingerprinter,
): StoredToken | undefined {
	const whole = text.reveal();
	const [word = ''] = /^(?:Bearer|token) /i.exec(whole) ?? [];
	for (const start of new Set(['', word])) {
		const token = SecretValue.of(whole.slice(start.length));
		if (fingerprinter.of(token) === fingerprint)
			return { token, replaced: (other) => SecretValue.of(start + other.reveal()) };
	}
	return undefined;
}
