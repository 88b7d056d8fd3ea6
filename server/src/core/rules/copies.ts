import type { Credential, Finding, RelatedPlace } from '../finding.ts';
import type { Fingerprint } from '../secret-value.ts';
import { positionRule, secrets } from './position.ts';
import type { RuleContext } from './rule.ts';
import { place } from './words.ts';

/** So many other places are linked; a config with a thousand copies stays readable, and this linear. */
const MOST_LINKED = 5;

/**
 * One secret is one problem, however often it is written: the finding at each of its places links the others, in this file and
 * in others.
 */
export function withCopies(findings: readonly Finding[], context: RuleContext): Finding[] {
	const copies = placesBySecret(context);
	return findings.map((finding) => {
		const { credential } = finding;
		if (!credential || finding.related || positionRule(credential, context) !== finding.ruleId) return finding;
		const related = [...here(copies, credential), ...elsewhere(credential, context)].slice(0, MOST_LINKED);
		return related.length > 0 ? { ...finding, related } : finding;
	});
}

/** The first few places of each secret: one more than is linked, because a place does not link itself. */
function placesBySecret(context: RuleContext): ReadonlyMap<Fingerprint, readonly Credential[]> {
	const places = new Map<Fingerprint, Credential[]>();
	for (const credential of secrets(context)) {
		const known = places.get(credential.fingerprint);
		if (!known) places.set(credential.fingerprint, [credential]);
		else if (known.length <= MOST_LINKED) known.push(credential);
	}
	return places;
}

function here(copies: ReadonlyMap<Fingerprint, readonly Credential[]>, credential: Credential): RelatedPlace[] {
	return (copies.get(credential.fingerprint) ?? [])
		.filter(({ span }) => span.start !== credential.span.start)
		.map((other) => ({ span: other.span, message: `The same secret in ${place(other)}` }));
}

function elsewhere({ fingerprint }: Credential, { knowledge }: RuleContext): RelatedPlace[] {
	return (knowledge.elsewhere.get(fingerprint) ?? []).map(({ span, uri, description }) => ({
		span,
		uri,
		message: `The same secret: ${description}`,
	}));
}
