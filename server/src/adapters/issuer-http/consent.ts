import type { Fingerprint } from '../../core/secret-value.ts';

/** What a person was asked and said yes to. */
export interface Answer {
	readonly act: 'probe' | 'revoke' | 'rotate';
	/** Issuer id. */
	readonly issuer: string;
	/** The tokens that the question named. One only, to revoke or rotate. */
	readonly fingerprints: readonly Fingerprint[];
	/** The addresses that the question named. */
	readonly bases: readonly string[];
	/** Epoch milliseconds. */
	readonly at: number;
}

/** A use of the network that nobody agreed to: a bug of the caller, or an answer that is too old. One line for people. */
export class ConsentError extends Error {
	override readonly name = 'ConsentError';
}

/** A question may cover many tokens, and each takes a few seconds. */
const VALID_FOR = 10 * 60_000;

/**
 * A person's yes, which the network functions demand. Only this class can make one, out of an answer that was just given in
 * a trusted workspace. It covers the named tokens once each and lapses soon, so nothing can ask again later in the background.
 */
export class Consent {
	readonly #answer: Answer;
	readonly #open: Set<Fingerprint>;

	private constructor(answer: Answer) {
		this.#answer = answer;
		this.#open = new Set(answer.fingerprints);
	}

	/**
	 * `workspace.trusted` is the literal `true`: the caller has looked. @throws ConsentError for revoking or rotating several tokens
	 * with one answer.
	 */
	static given(answer: Answer, workspace: { readonly trusted: true }): Consent {
		if (workspace.trusted !== true) throw new ConsentError('Nothing is asked in a workspace that is not trusted.');
		if (answer.act !== 'probe' && answer.fingerprints.length !== 1)
			throw new ConsentError('One answer revokes or rotates one token.');
		return new Consent(answer);
	}

	/** Uses it up for this token. @throws ConsentError for what the answer does not cover. */
	take(act: Answer['act'], issuer: string, fingerprint: Fingerprint, base: string, now: number): void {
		const { act: agreed, issuer: who, bases, at } = this.#answer;
		if (act !== agreed || issuer !== who || !bases.includes(base))
			throw new ConsentError('This was not what the question was about. Ask again.');
		if (now < at - 60_000 || now > at + VALID_FOR) throw new ConsentError('The answer is too old. Ask again.');
		if (!this.#open.delete(fingerprint))
			throw new ConsentError('The answer does not cover this token, or was used for it. Ask again.');
	}
}
