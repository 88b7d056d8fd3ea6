import { isoDay } from '../dates.ts';
import type { Credential } from '../finding.ts';
import { bestGrant, grantOf } from '../grants/best.ts';
import { excessOf } from '../grants/excess.ts';
import type { Excess, Grant, Need } from '../grants/grant.ts';
import { needOf, type ServerNeed } from '../needs/index.ts';
import { scopeModel } from '../scopes/index.ts';
import type { ScopeModel } from '../scopes/model.ts';
import { secrets } from './position.ts';
import type { Knowledge, RuleContext } from './rule.ts';

/** What the best statement says of a token: the issuer's, else the token's own, else the person's. */
export function grantFor(credential: Credential, knowledge: Knowledge): Grant {
	const own = grantOf(credential.classification, knowledge.now);
	const { fingerprint } = credential;
	const told = knowledge.grants?.get(fingerprint);
	const declared = knowledge.declared?.get(fingerprint);
	// Of most tokens nobody said anything.
	return told || declared ? (bestGrant(told, declared, own) ?? own) : own;
}

/** A token for a server whose need is known, with both sides. */
export interface Reach {
	readonly credential: Credential;
	readonly need: ServerNeed;
	readonly grant: Grant;
	readonly excess: Excess;
	readonly model?: ScopeModel;
}

/** What the smallest server needs: a token that does not exceed even this exceeds nothing. */
const LEAST: Need = { server: '', scopes: [], access: 'read', basis: '', source: '', date: '' };

/** The tokens of the document that may exceed a known need: for another issuer than the server's nothing is said. */
export function* reaches(context: RuleContext): Iterable<Reach> {
	const { document, knowledge } = context;
	for (const credential of secrets(context)) {
		const { server, classification } = credential;
		const { issuer, kind } = classification;
		const grant = grantFor(credential, knowledge);
		if (!server || isLeast(excessOf(grant, LEAST, kind))) continue;
		const need = needOf(server, document, knowledge.needs);
		if (!need || need.scopeless || need.issuer !== issuer) continue;
		const model = scopeModel(issuer, kind);
		yield { credential, need, grant, excess: excessOf(grant, need, kind), ...(model ? { model } : {}) };
	}
}

function isLeast({ scopes, access }: Excess): boolean {
	return scopes.length === 0 && access === undefined;
}

/** "GitHub, 2026-11-24", "the token itself" */
export function saidBy({ source, asOf }: Pick<Grant, 'source' | 'asOf'>, { classification }: Credential): string {
	if (source === 'issuer') return `${classification.issuerName}, ${isoDay(asOf)}`;
	return source === 'declared' ? `you, ${isoDay(asOf)}` : 'the token itself';
}

/** "says GitHub, 2026-11-24", "as you said on 2026-11-24" */
export function says(grant: Pick<Grant, 'source' | 'asOf'>, credential: Credential): string {
	return grant.source === 'declared' ? `as you said on ${isoDay(grant.asOf)}` : `says ${saidBy(grant, credential)}`;
}

/** The same of its end. */
export function saysEnd(grant: Grant, credential: Credential): string {
	return says(grant.endFrom ?? grant, credential);
}

const MOST_SHOWN = 4;

/** "repo, gist and 2 more", only with scopes that the issuer has; "none" for an empty list. */
export function scopeWords(scopes: readonly string[], model: ScopeModel | undefined): string {
	const plain = scopes.map((scope) => model?.plain?.(scope) ?? scope);
	const known = plain.filter((scope) => model?.knows(scope) && scope.length <= 60);
	const shown = known.slice(0, MOST_SHOWN);
	const more = scopes.length - shown.length;
	if (scopes.length === 0) return 'none';
	return more === 0 ? shown.join(', ') : `${shown.join(', ')}${shown.length > 0 ? ' and ' : ''}${more} more`;
}
