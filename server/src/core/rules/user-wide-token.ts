import { breadthAdvice, breadthOf } from './breadth.ts';
import { foundAt, secrets } from './position.ts';
import type { Rule } from './rule.ts';
import { adviceLevel, place, subject } from './words.ts';

/** A token that can do whatever its owner can, in the hands of one server. */
export const userWideToken: Rule = {
	id: 'user-wide-token',
	title: 'A token acts as the person, everywhere',
	defaultLevel: 'warning',
	cwe: ['CWE-250'],
	*check(context) {
		for (const credential of secrets(context)) {
			if (breadthOf(credential) !== 'user') continue;
			const beyond = credential.server ? ', whatever this server needs' : '';
			yield {
				...foundAt(credential),
				level: adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} has the reach of its owner${beyond}. ${breadthAdvice(credential)}`,
			};
		}
	},
};
