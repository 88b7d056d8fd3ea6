import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { credentialsOf, foundAt, ownText } from './position.ts';
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
				message: `${subject(credential)} is written into ${place(credential)}, in ${exposure(context.document)}. ${advice(credential, context.document)}`,
			};
		}
	},
};

/** What the host itself uses goes through no launcher, and one of our references would be sent as if it were the key. */
function advice({ server, part }: Credential, { dialect }: ConfigDocument): string {
	if (server) return 'Move it to the OS keychain and leave a reference here.';
	const own = ownText(part);
	if (own) return own.instead;
	const outside = 'It stands outside of the server entries, so no launcher can hand it over';
	// A variable of a map that the host sets for all that it starts is taken as it is written.
	const form = dialect.references.find(
		({ kind, positions }) => kind === 'env' && part.position === 'other' && positions.includes('other'),
	);
	return form
		? `${outside}: set a variable where the host starts, and write \`${form.example}\` here.`
		: `${outside}: take it out of this file if the host can get it in another way, and let nobody else read the file.`;
}
