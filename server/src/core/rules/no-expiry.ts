import { foundAt, secrets } from './position.ts';
import { grantFor, saysEnd } from './reach.ts';
import type { Rule } from './rule.ts';
import { adviceLevel, place, subject } from './words.ts';

/** A token of a kind that can have an end, made without one. */
export const noExpiry: Rule = {
	id: 'no-expiry',
	title: 'A token never expires',
	defaultLevel: 'warning',
	cwe: ['CWE-613'],
	*check(context) {
		for (const credential of secrets(context)) {
			const grant = grantFor(credential, context.knowledge);
			if (!grant.neverExpires) continue;
			yield {
				...foundAt(credential),
				level: adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} never expires, ${saysEnd(grant, credential)}. A copy in a backup or a commit works until somebody revokes it: make one with an end, 90 days or less, and revoke this one.`,
			};
		}
	},
};
