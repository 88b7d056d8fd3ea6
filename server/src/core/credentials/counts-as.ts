import type { Credential } from '../finding.ts';
import type { Fingerprint } from '../secret-value.ts';

/**
 * What a value counts as, wherever secrets are counted. `secret`: it can be used, and whoever reads the file has it. `possible`: it may
 * be one, such as a word beside a telling name or a token in a comment. `default`: a well-known default password, which is nobody's secret.
 */
export type CountsAs = 'secret' | 'possible' | 'default';

export function countsAs({ classification, confidence }: Pick<Credential, 'classification' | 'confidence'>): CountsAs {
	if (classification.kind.id === 'default-password') return 'default';
	return confidence === 'weak' ? 'possible' : 'secret';
}

/** The strongest first: what is a secret in one place is one everywhere. */
const STRENGTH: readonly CountsAs[] = ['secret', 'possible', 'default'];

export function strongest(a: CountsAs, b: CountsAs): CountsAs {
	return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}

/** Each distinct value of these, with what it counts as. */
export function distinctValues(credentials: readonly Credential[]): ReadonlyMap<Fingerprint, CountsAs> {
	const values = new Map<Fingerprint, CountsAs>();
	for (const credential of credentials) {
		const { fingerprint } = credential;
		values.set(fingerprint, strongest(values.get(fingerprint) ?? 'default', countsAs(credential)));
	}
	return values;
}
