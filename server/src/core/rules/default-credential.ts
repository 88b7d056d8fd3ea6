import { credentialsOf, foundAt } from './position.ts';
import type { Rule } from './rule.ts';
import { place } from './words.ts';

/** A password that everybody knows: `postgres:postgres@localhost` and its like. */
export const defaultCredential: Rule = {
	id: 'default-credential',
	title: 'A password is a well-known default',
	defaultLevel: 'note',
	cwe: ['CWE-1392'],
	*check(context) {
		for (const credential of credentialsOf('default-credential', context)) {
			yield {
				...foundAt(credential),
				message:
					`The password in ${place(credential)} is a default that everybody knows. That is harmless only while nobody else can connect: ` +
					'before others can reach the service, set a password of your own and keep it in the OS keychain.',
			};
		}
	},
};
