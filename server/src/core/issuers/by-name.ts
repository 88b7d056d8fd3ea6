// What only the name beside it makes a secret.

import { contradicts } from './beside.ts';
import { type Candidate, classification, RANK } from './candidate.ts';
import { isDefaultPassword } from './dsn.ts';
import { matchStub } from './formats.ts';
import { gradeGeneric, isRecoveryPhrase } from './generic.ts';
import { knownKind } from './index.ts';
import { isPasswordName } from './names.ts';
import { standOf, standsInPlace } from './placeholders.ts';
import type { Segment } from './segments.ts';

/** Without a known form. Undefined if it does not look like a secret either. */
export function fromGeneric(text: string, name: string, segment: Segment): readonly Candidate[] | undefined {
	const graded = gradeGeneric(text, name);
	// Two signs of an example: made of runs, and not what this issuer's tokens look like.
	if (!graded || (standOf(text) === 'patterned' && contradicts(segment.name ?? name))) return undefined;
	const kind = matchStub(text)?.kind ?? knownKind(genericKind(text, name));
	return [{ rank: RANK.generic, classification: classification(kind, segment.from, segment.to, graded, 'none') }];
}

/** Shows whose it would be, were it whole. What asks for a token, or names one, is none. */
export function fromStub(text: string, { from, to }: Segment): readonly Candidate[] | undefined {
	const kind = matchStub(text)?.kind;
	const body = text.slice(kind?.prefix?.length);
	if (!kind || kind.public || standsInPlace(text) || standsInPlace(body) || standOf(body) === 'words') return undefined;
	return [{ rank: RANK.generic, classification: classification(kind, from, to, 'weak', 'none') }];
}

function genericKind(text: string, name: string): string {
	if (isRecoveryPhrase(text, name)) return 'recovery-phrase';
	if (!isPasswordName(name)) return 'unidentified-key';
	return isDefaultPassword(text, '') ? 'default-password' : 'unidentified-password';
}
