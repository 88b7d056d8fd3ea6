import { credentialsOf, foundAt } from './position.ts';
import type { Rule } from './rule.ts';
import { exposure } from './words.ts';

/** A literal secret in a line that was commented out. */
export const commentedOutCredential: Rule = {
	id: 'commented-out-credential',
	title: 'A credential stands in a comment',
	defaultLevel: 'note',
	cwe: ['CWE-615'],
	*check(context) {
		for (const credential of credentialsOf('commented-out-credential', context)) {
			yield {
				...foundAt(credential),
				message: `${credential.label} stands in a comment, in ${exposure(context.document)}: it starts nothing, but it works as long as nobody revokes it. Delete the line, and revoke the token if you do not need it.`,
			};
		}
	},
};
