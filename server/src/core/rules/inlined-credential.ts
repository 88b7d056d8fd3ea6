import { credentialsOf, foundAt } from './position.ts';
import type { Rule } from './rule.ts';
import { exposure, levelOf, place, subject } from './words.ts';

/** A literal secret in `env`, `headers` or another field of a server entry. */
export const inlinedCredential: Rule = {
	id: 'inlined-credential',
	title: 'A credential is written into the config',
	defaultLevel: 'error',
	cwe: ['CWE-522', 'CWE-312', 'CWE-260'],
	*check(context) {
		for (const credential of credentialsOf('inlined-credential', context)) {
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message: `${subject(credential)} is written into ${place(credential)}, in ${exposure(context.document)}. Move it to the OS keychain and leave a reference here.`,
			};
		}
	},
};
