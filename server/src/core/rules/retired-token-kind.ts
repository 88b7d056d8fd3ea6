import type { Credential } from '../finding.ts';
import { bestAge } from '../grants/evidence.ts';
import { foundAt, secrets } from './position.ts';
import retired from './retired-kinds.json' with { type: 'json' };
import type { Knowledge, Rule } from './rule.ts';
import { adviceLevel, levelOf, place, subject } from './words.ts';

interface Retired {
	readonly kind: string;
	/** ISO date from which on such tokens do not work. */
	readonly on: string;
	/** Only tokens that were made before this ISO date. */
	readonly madeBefore?: string;
	/** The form is retired, and a token of it may be alive all the same. */
	readonly mayWork?: boolean;
	/** One sentence without its full stop. */
	readonly what: string;
	readonly source: string;
}

const RETIRED = retired as readonly Retired[];

/** A token of a kind that its issuer has given up. */
export const retiredTokenKind: Rule = {
	id: 'retired-token-kind',
	title: 'A token is of a kind that its issuer has retired',
	defaultLevel: 'error',
	cwe: ['CWE-324'],
	*check(context) {
		for (const credential of secrets(context)) {
			const found = RETIRED.find((one) => isOf(one, credential, context.knowledge));
			if (!found) continue;
			const isDead = !found.mayWork && context.knowledge.now >= Date.parse(found.on);
			yield {
				...foundAt(credential),
				level: isDead ? levelOf(credential.confidence) : adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} is of a retired kind: ${found.what}. ${isDead ? 'It does not work any more, but tells who used it for what: remove it' : 'Revoke it'}, and make a token of the present kind if the server is still needed.`,
			};
		}
	},
};

function isOf({ kind, madeBefore }: Retired, credential: Credential, { ages }: Knowledge): boolean {
	if (credential.classification.kind.id !== kind) return false;
	if (madeBefore === undefined) return true;
	// What was seen before that day was made before it, whoever saw it; the time of a file is no sight of the token.
	const age = bestAge((ages.get(credential.fingerprint) ?? []).filter(({ source }) => source !== 'file'));
	return age !== undefined && age.since < Date.parse(madeBefore);
}
