import { loaderEffect } from './loader-effect.ts';
import { getsReference } from './references-in.ts';
import type { Rule } from './rule.ts';
import { plainName, serverWords } from './words.ts';

/** A variable that decides which code or which certificates a program trusts, beside a secret. */
export const loaderVariableBesideCredential: Rule = {
	id: 'loader-variable-beside-credential',
	title: 'A loader or proxy variable stands beside a credential',
	defaultLevel: 'error',
	cwe: ['CWE-426'],
	*check(context) {
		for (const server of context.document.servers) {
			const held = context.held.get(server.pointer)?.some(({ confidence }) => confidence !== 'weak');
			if (!held && !getsReference(server, context.references)) continue;
			for (const variable of server.env) {
				const effect = loaderEffect(variable);
				if (!effect) continue;
				yield {
					span: variable.member.keySpan,
					pointer: variable.pointer,
					server: server.name,
					level: effect.level,
					message: `The variable ${plainName(variable.name)} of ${serverWords(server)} ${effect.words}, and the server holds a credential. Remove it, or set it yourself where the host starts; the launcher does not hand it on.`,
				};
			}
		}
	},
};
