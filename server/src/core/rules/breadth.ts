import type { Credential } from '../finding.ts';
import type { Breadth } from '../issuers/issuer.ts';

/** What the token's own bytes say, else what its form says. */
export function breadthOf(credential: Credential): Breadth {
	return credential.classification.inside?.breadth ?? credential.classification.kind.breadth;
}

/** What to take instead, else what the form tells of the reach. The rest is in the hover and the panel. */
export function breadthAdvice(credential: Credential): string {
	const { narrower, scope } = credential.classification.kind;
	const advice = narrower ?? scope;
	const sentence = advice.charAt(0).toUpperCase() + advice.slice(1);
	return /[.!]$/.test(sentence) ? sentence : `${sentence}.`;
}
