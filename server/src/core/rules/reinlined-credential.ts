import type { Credential } from '../finding.ts';
import { credentialsOf, foundAt, storedItem } from './position.ts';
import { boundPlace, type Rule, type RuleContext, type StoredItem } from './rule.ts';
import { levelOf, place, subject } from './words.ts';

/** A secret that is in the keychain already and stands in the config all the same: undo, a branch switch or a tool. */
export const reinlinedCredential: Rule = {
	id: 'reinlined-credential',
	title: 'A stored credential is written into the config again',
	defaultLevel: 'error',
	cwe: ['CWE-522', 'CWE-312', 'CWE-260'],
	*check(context) {
		for (const credential of credentialsOf('reinlined-credential', context)) {
			const item = storedItem(credential, context.knowledge);
			if (!item) continue;
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message: message(credential, item, context),
			};
		}
	},
};

function message(credential: Credential, item: StoredItem, context: RuleContext): string {
	if (item.boundPlaces.includes(boundPlace(credential, context.document))) {
		return `${subject(credential)} is back in ${place(credential)}, although it was moved to ${item.reference}: an undo, a branch switch or a tool restored it. Use the stored reference.`;
	}
	return `${subject(credential)} is written into ${place(credential)}, although it is stored as ${item.reference}. Use the stored reference.`;
}
