import type { Level } from '../finding.ts';
import { type Access, accessOf } from '../scopes/model.ts';
import { foundAt } from './position.ts';
import { type Reach, reaches, saidBy, scopeWords } from './reach.ts';
import type { Rule } from './rule.ts';
import { place, subject } from './words.ts';

/** A token that was given scopes which no enabled tool of its server needs. */
export const overScopedToken: Rule = {
	id: 'over-scoped-token',
	title: 'A token has scopes that its server does not need',
	defaultLevel: 'warning',
	cwe: ['CWE-250', 'CWE-272'],
	*check(context) {
		for (const reach of reaches(context)) {
			const extra = extraScopes(reach);
			if (extra.length === 0) continue;
			yield { ...foundAt(reach.credential), level: levelOf(reach, extra), message: message(reach, extra) };
		}
	},
};

/** Writing beside a server that only reads is the finding of `unused-write-scope`. */
function extraScopes({ excess, need, model }: Reach): string[] {
	if (!model) return [];
	return excess.scopes.filter((scope) => need.access !== 'read' || accessOf(model, [scope]) !== 'write');
}

const LEVELS: Record<Access, Level> = { admin: 'error', write: 'warning', read: 'note' };

/** What follows from a need that was only inferred is no error. */
function levelOf({ credential, need, model }: Reach, extra: readonly string[]): Level {
	if (credential.confidence === 'weak') return 'note';
	const level = LEVELS[(model && accessOf(model, extra)) ?? 'read'];
	const isSure = credential.confidence === 'certain' && need.confidence !== 'inferred';
	return level === 'error' && !isSure ? 'warning' : level;
}

function message({ credential, need, grant, model }: Reach, extra: readonly string[]): string {
	const needed = need.permissions.length > 0 && model?.knows(need.permissions[0]!) ? need.permissions : need.scopes;
	const atLeast = grant.precision === 'at-least' ? 'at least ' : '';
	return `${subject(credential)} in ${place(credential)} may do more than this server needs: ${scopeWords(extra, model)}. Granted (${saidBy(grant, credential)}): ${atLeast}${scopeWords(grant.scopes, model)}; needed: ${scopeWords(needed, model)}, counting ${need.basis} (${need.date || 'now'}). Make a token with only what is needed, then revoke this one.`;
}
