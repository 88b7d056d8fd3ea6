import { credentialsOf, foundAt, storedHint } from './position.ts';
import type { Rule } from './rule.ts';
import { exposure, levelOf, place, subject } from './words.ts';

/** A literal secret as the default of an input, or as one of the options to pick from. */
export const credentialInInputDefault: Rule = {
	id: 'credential-in-input-default',
	title: 'A credential is the default or an option of an input',
	defaultLevel: 'error',
	cwe: ['CWE-522', 'CWE-312', 'CWE-260'],
	*check(context) {
		for (const credential of credentialsOf('credential-in-input-default', context)) {
			const advice =
				credential.part.position === 'input-default'
					? 'Remove the default and set "password": true, so that it is asked for and kept encrypted.'
					: 'Ask for it with a "promptString" that has "password": true instead.';
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message: `${subject(credential)} is ${place(credential)}, in ${exposure(context.document)}. ${advice}${storedHint(credential, context.knowledge)}`,
			};
		}
	},
};
