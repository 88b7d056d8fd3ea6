import { isoDay } from '../dates.ts';
import type { Credential } from '../finding.ts';
import { type AgeEvidence, ageText, bestAge, daysOld } from '../grants/evidence.ts';
import { isOver } from './expired-token.ts';
import { foundAt, secrets } from './position.ts';
import type { Knowledge, Rule } from './rule.ts';
import { adviceLevel, place, subject } from './words.ts';

/** A token that has been valid for longer than the person's threshold, with the evidence for its age. */
export const oldToken: Rule = {
	id: 'old-token',
	title: 'A token is older than the allowed age',
	defaultLevel: 'warning',
	cwe: ['CWE-262'],
	*check(context) {
		const { knowledge } = context;
		for (const credential of secrets(context)) {
			const age = bestAge(evidence(credential, knowledge));
			if (!age || daysOld(age, knowledge.now) < knowledge.oldAfterDays || isOver(credential, knowledge)) continue;
			yield {
				...foundAt(credential),
				level: adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} is ${ageText(age, knowledge.now)} old (${age.detail}). ${advice(credential, knowledge)}`,
			};
		}
	},
};

function evidence(credential: Credential, knowledge: Knowledge): readonly AgeEvidence[] {
	const known = knowledge.ages.get(credential.fingerprint) ?? [];
	const since = credential.classification.inside?.issuedAt;
	// A date in the future is not when it was made.
	if (since === undefined || since > knowledge.now || known.some((age) => age.source === 'token')) return known;
	return [
		{ since, precision: 'exact', source: 'token', detail: `the token says that it was issued ${isoDay(since)}` },
		...known,
	];
}

function advice(credential: Credential, knowledge: Knowledge): string {
	const expiresAt = credential.classification.inside?.expiresAt;
	const expiry = expiresAt === undefined ? '' : ` It is valid until ${isoDay(expiresAt)}.`;
	return `The limit is ${knowledge.oldAfterDays} days: rotate it, and choose a short lifetime for the new one.${expiry}`;
}
