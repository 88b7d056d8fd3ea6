import { breadthAdvice, breadthOf } from './breadth.ts';
import { foundAt, secrets } from './position.ts';
import type { Rule } from './rule.ts';
import { levelOf, place, subject } from './words.ts';

/** A token that administers an organisation or bypasses access rules. */
export const adminToken: Rule = {
	id: 'admin-token',
	title: 'A token has administrator rights',
	defaultLevel: 'error',
	cwe: ['CWE-250', 'CWE-269'],
	*check(context) {
		for (const credential of secrets(context)) {
			if (breadthOf(credential) !== 'admin') continue;
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} has administrator rights. ${breadthAdvice(credential)}`,
			};
		}
	},
};
