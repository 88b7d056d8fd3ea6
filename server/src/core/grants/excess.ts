import type { TokenKind } from '../issuers/issuer.ts';
import { hasPermissions, scopeModel } from '../scopes/index.ts';
import { type Access, accessOf, beyond, covers, highest, isMore, type ScopeModel } from '../scopes/model.ts';
import type { Excess, Grant, Need } from './grant.ts';

/** A need, as far as it can be compared: `complete`, `permissions` and `tolerated` come with the needs of known servers. */
type Compared = Need & {
	readonly complete?: boolean;
	readonly permissions?: readonly string[];
	readonly tolerated?: readonly string[];
	readonly scopeless?: boolean;
	readonly confidence?: string;
};

/**
 * Grant minus need, in the issuer's own words. Only what the issuer's scheme can express is called excess, and only where
 * everything that the server could need is known. Where nobody tells the grant, `byForm` says what follows from the kind.
 */
export function excessOf(
	grant: Grant | undefined,
	need: Compared,
	kind: Pick<TokenKind, 'id' | 'issuer' | 'breadth'>,
): Excess {
	const isTold = grant !== undefined && grant.precision !== 'unknown';
	const granted = isTold
		? highest([...grantedAccess(grant, kind), ...formAccess(kind)])
		: (grant?.access ?? formAccess(kind)[0]);
	const access = granted !== undefined && granted !== 'read' && isMore(granted, need.access) ? granted : undefined;
	const byForm = isTold ? undefined : limitOfForm(kind);
	return {
		scopes: isTold ? beyondNeed(grant, need, kind) : [],
		...(access ? { access } : {}),
		...(byForm ? { byForm } : {}),
	};
}

function beyondNeed(grant: Grant, need: Compared, kind: Pick<TokenKind, 'id' | 'issuer'>): string[] {
	const model = scopeModel(kind.issuer, kind);
	if (!model || !isComparable(need, kind, model)) return [];
	return beyond(model, grant.scopes, [...neededScopes(need, kind), ...(need.tolerated ?? [])]);
}

/** The need in the words of this kind: permissions or scopes. */
export function neededScopes(need: Compared, kind: Pick<TokenKind, 'id'>): readonly string[] {
	return hasPermissions(kind) ? (need.permissions ?? []) : need.scopes;
}

/** A person may have named the needs in the words of the issuer's other kind of token; then nothing follows for this one. */
function isComparable(need: Compared, kind: Pick<TokenKind, 'id'>, model: ScopeModel): boolean {
	if (need.complete === false || need.scopeless) return false;
	const isForeign =
		need.confidence === 'declared' && need.scopes.length > 0 && accessOf(model, neededScopes(need, kind)) === undefined;
	return !isForeign;
}

export interface ScopeChip {
	readonly text: string;
	/**
	 * `needed` and `excess`: granted, and needed by the server's tools or not. `granted`: nobody can say whether it is needed.
	 * `unknown`: needed, and nobody tells whether it is granted.
	 */
	readonly kind: 'needed' | 'excess' | 'granted' | 'unknown';
}

const CHIP_ORDER: readonly ScopeChip['kind'][] = ['excess', 'unknown', 'needed', 'granted'];

/** Each scope beside the need, what is too much first. Without a need, or one in other words, it is only granted. */
export function scopeChips(
	grant: Grant | undefined,
	need: Compared | undefined,
	kind: Pick<TokenKind, 'id' | 'issuer' | 'breadth'> | undefined,
): ScopeChip[] {
	const granted = grant?.scopes ?? [];
	const model = kind && scopeModel(kind.issuer, kind);
	if (!need || !kind || !model || !isComparable(need, kind, model))
		return granted.map((text) => ({ text, kind: 'granted' }));
	const needed = neededScopes(need, kind);
	if (!grant || grant.precision === 'unknown') return needed.map((text) => ({ text, kind: 'unknown' }));
	const excess = new Set(excessOf(grant, need, kind).scopes);
	const isNeeded = (scope: string) =>
		needed.some((one) => covers(model, scope, one)) || needed.some((one) => covers(model, one, scope));
	const chips = granted.map((text): ScopeChip => {
		const chip = excess.has(text) ? 'excess' : isNeeded(text) ? 'needed' : 'granted';
		return { text, kind: chip };
	});
	return chips.toSorted((a, b) => CHIP_ORDER.indexOf(a.kind) - CHIP_ORDER.indexOf(b.kind));
}

function grantedAccess(grant: Grant, kind: Pick<TokenKind, 'id' | 'issuer'>): Access[] {
	const model = scopeModel(kind.issuer, kind);
	const byScopes = model && accessOf(model, grant.scopes);
	return [grant.access, byScopes].filter((access) => access !== undefined);
}

/** Kinds that have no form which only reads. */
const ALWAYS_WRITE: ReadonlySet<string> = new Set([
	'supabase-access-token',
	'netlify-pat',
	'netlify-pat-old',
	'slack-session',
	'slack-session-cookie',
	'stripe-secret-test',
]);

function formAccess({ id, breadth }: Pick<TokenKind, 'id' | 'breadth'>): Access[] {
	if (breadth === 'admin') return ['admin'];
	return ALWAYS_WRITE.has(id) ? ['write'] : [];
}

/** What a kind cannot be limited to, whatever its scopes. Facts of the kinds' own pages in the data of issuers. */
const LIMITS: Readonly<Record<string, string>> = {
	'github-pat-classic': 'cannot be limited to a repository',
	'github-pat-40-hex': 'cannot be limited to a repository',
	'github-oauth': 'cannot be limited to a repository',
	'gitlab-pat': 'reaches every project of its owner, unless it was made for one project or group',
	'gitlab-pat-routable': 'reaches every project of its owner, unless it was made for one project or group',
	'atlassian-api-token': 'has all rights of its owner, unless it was made with scopes',
	'linear-api-key': 'has all rights of its owner, unless it was restricted when it was made',
	'supabase-access-token': 'account-wide by design: it reaches every project of the account',
	'netlify-pat': 'account-wide by design',
	'netlify-pat-old': 'account-wide by design',
	'slack-session': 'a browser session: it can do whatever the person can, and cannot be narrowed',
	'slack-session-cookie': 'a browser session: it can do whatever the person can, and cannot be narrowed',
	'slack-user': 'acts as the person, in every conversation that the person can see',
	'stripe-secret-live': 'account-wide by design: only restricted keys can be narrowed',
	'stripe-secret-test': 'account-wide by design: only restricted keys can be narrowed',
	'sentry-user': 'reaches every organization of its owner, within its scopes',
};

function limitOfForm({ id, breadth }: Pick<TokenKind, 'id' | 'breadth'>): string | undefined {
	if (Object.hasOwn(LIMITS, id)) return LIMITS[id];
	if (breadth === 'admin') return 'has an administrator’s rights by its form';
	return breadth === 'user' ? 'acts as its owner, wherever the owner may' : undefined;
}
