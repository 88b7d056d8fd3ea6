import type { Credential } from '../finding.ts';
import { scopeModel } from '../scopes/index.ts';
import { accessOf } from '../scopes/model.ts';
import { breadthAdvice, breadthOf } from './breadth.ts';
import { foundAt, secrets } from './position.ts';
import { grantFor, reaches, says, scopeWords } from './reach.ts';
import type { Rule, RuleContext } from './rule.ts';
import { levelOf, place, subject } from './words.ts';

/** A token that administers an organisation or bypasses access rules. */
export const adminToken: Rule = {
	id: 'admin-token',
	title: 'A token has administrator rights',
	defaultLevel: 'error',
	cwe: ['CWE-250', 'CWE-269'],
	*check(context) {
		const compared = comparedIn(context);
		for (const credential of secrets(context)) {
			const said =
				breadthOf(credential) === 'admin' ? '' : compared.has(credential) ? undefined : saidRights(credential, context);
			if (said === undefined) continue;
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} has administrator rights${said}. ${breadthAdvice(credential)}`,
			};
		}
	},
};

/** Tokens whose scopes are more than their server needs: of these `over-scoped-token` says which. */
function comparedIn(context: RuleContext): ReadonlySet<Credential> {
	return new Set(
		[...reaches(context)].filter(({ excess }) => excess.scopes.length > 0).map(({ credential }) => credential),
	);
}

/** The rights that somebody told beyond what the form tells, and who did; undefined if they do not administer. */
function saidRights(credential: Credential, { knowledge }: RuleContext): string | undefined {
	const grant = grantFor(credential, knowledge);
	const { issuer, kind } = credential.classification;
	const model = scopeModel(issuer, kind);
	const scopes = model ? grant.scopes.filter((scope) => accessOf(model, [scope]) === 'admin') : [];
	if (scopes.length > 0) return ` (${scopeWords(scopes, model)}, ${says(grant, credential)})`;
	return grant.access === 'admin' ? ` (${says(grant, credential)})` : undefined;
}
