import { credentialsOf, foundAt, storedHint } from './position.ts';
import type { Rule } from './rule.ts';
import { levelOf, serverWords, subject } from './words.ts';

/** A literal secret in a server's URL: user information, query or path. */
export const credentialInUrl: Rule = {
	id: 'credential-in-url',
	title: 'A credential is part of a server’s URL',
	defaultLevel: 'error',
	cwe: ['CWE-598'],
	*check(context) {
		for (const credential of credentialsOf('credential-in-url', context)) {
			const of = credential.server ? ` of ${serverWords(credential.server)}` : '';
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message:
					`${subject(credential)} is part of the URL${of}: clients, proxies and servers write URLs into their logs. ` +
					`Sign in with OAuth or send it as a header, if the server takes one; else keep it in the OS keychain, and the launcher puts it into the URL.${storedHint(credential, context.knowledge)}`,
			};
		}
	},
};
