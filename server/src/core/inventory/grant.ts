import { isoDay } from '../dates.ts';
import type { ConfigDocument } from '../document.ts';
import { bestGrant } from '../grants/best.ts';
import type { AgeEvidence } from '../grants/evidence.ts';
import { neededScopes, scopeChips } from '../grants/excess.ts';
import type { Grant, ProbeOutcome } from '../grants/grant.ts';
import type { TokenKind } from '../issuers/issuer.ts';
import { type NeedOverride, needOf, type ServerNeed } from '../needs/index.ts';
import { scopeModel } from '../scopes/index.ts';
import { covers } from '../scopes/model.ts';
import type { Fingerprint } from '../secret-value.ts';
import type { McpServer } from '../servers.ts';
import type { CredentialRecord } from './model.ts';

/** Who uses a secret, so that what it may do can be compared with what is needed. */
export interface SecretUser {
	readonly server: McpServer;
	readonly document: ConfigDocument;
}

type Scope = CredentialRecord['scope'];

/** All that is said of one secret's reach. */
export interface ScopeStatements {
	/** What its format says. */
	readonly own: Scope;
	/** What its bytes say. */
	readonly inside: Grant | undefined;
	readonly outcome: ProbeOutcome | undefined;
	readonly declared: Grant | undefined;
	readonly issuerName: string;
	readonly kind: TokenKind | undefined;
	/** The one server that uses it. */
	readonly user: SecretUser | undefined;
	readonly needs: readonly NeedOverride[];
}

/**
 * The scope of a secret by all that is said of it, beside what its server needs. A refusal is told beside the rest, and takes
 * nothing from it; the person's word counts where the issuer tells nothing, and what of it the issuer contradicts is told too.
 */
export function scopeOfAll(statements: ScopeStatements): Scope {
	const { own, inside, outcome, declared, issuerName, kind, user, needs } = statements;
	const told = outcome?.state === 'told' ? outcome.grant : undefined;
	const said = bestGrant(told, declared);
	const need = user && kind && needFor(user, kind, needs);
	const chips = scopeChips(bestGrant(told, inside, declared), need, kind);
	const evidence = [
		...(told ? [`told by ${issuerName} on ${isoDay(told.asOf)}`, ...(told.notes ?? [])] : []),
		...(declared
			? [
					`declared by you on ${isoDay(declared.asOf)}`,
					...(declared.notes ?? []),
					...contradictions(declared, told, statements),
				]
			: []),
		...(told ? [] : [own.evidence]),
		...(outcome && outcome.state !== 'told' ? [`asked on ${isoDay(outcome.at)}: ${outcome.message}`] : []),
	];
	return {
		text: (said && grantText(said)) ?? own.text,
		breadth: said?.access === 'admin' ? 'admin' : own.breadth,
		evidence: evidence.join('; '),
		...(chips.length > 0 ? { chips } : {}),
		...needWords(need, kind),
	};
}

/** A token for another issuer than the server's is not what the server needs. */
function needFor(user: SecretUser, kind: TokenKind, needs: readonly NeedOverride[]): ServerNeed | undefined {
	const need = needOf(user.server, user.document, needs);
	return need?.issuer === kind.issuer && !need.scopeless ? need : undefined;
}

/** "repo, read:org, for 3 of 42 tools: group issues (2026-11-01)". Where not all is known, no scopes say nothing. */
export function needWords(need: ServerNeed | undefined, kind: TokenKind | undefined): Pick<Scope, 'need'> {
	if (!need || !kind) return {};
	const [needed] = [neededScopes(need, kind), need.scopes].filter((scopes) => scopes.length > 0);
	if (!needed && !need.complete) return {};
	const by = need.confidence === 'declared' ? 'as your own settings say' : `for ${need.basis} (${need.date})`;
	return { need: `${need.complete ? '' : 'at least '}${needed ? firstOf(needed) : 'no scope at all'}, ${by}` };
}

/** Where the issuer's answer leaves no room for what the person said. */
function contradictions(
	declared: Grant,
	told: Grant | undefined,
	{ kind, issuerName }: Pick<ScopeStatements, 'kind' | 'issuerName'>,
): string[] {
	if (!told) return [];
	const model = kind && scopeModel(kind.issuer, kind);
	const isTold = (scope: string) =>
		told.scopes.some((one) => (model ? covers(model, one, scope) : false) || one === scope);
	const more = told.precision === 'known' ? declared.scopes.filter((scope) => !isTold(scope)) : [];
	const end = endWords(told);
	const ownEnd = endWords(declared);
	return [
		...(more.length > 0 ? [`contradiction: you say ${firstOf(more)}, ${issuerName} does not`] : []),
		...(end !== undefined && ownEnd !== undefined && end !== ownEnd
			? [`contradiction: you say that it ${ownEnd}, ${issuerName} that it ${end}`]
			: []),
	];
}

/** "api, read_user; acts for user 7; reaches repository acme/shop". Undefined where nothing of that was told. */
export function grantText({ scopes, precision, access, account, resources = [] }: Grant): string | undefined {
	const none = precision === 'known' && scopes.length === 0 && access === undefined ? ['no scopes'] : [];
	const least = precision === 'at-least' ? 'at least ' : '';
	const parts = [
		...(scopes.length > 0 ? [least + firstOf(scopes)] : none),
		...(access ? [`${access} access`] : []),
		...(account === undefined ? [] : [`belongs to ${account}`]),
		...(resources.length > 0 ? [`reaches ${firstOf(resources)}`] : []),
	];
	return parts.length > 0 ? parts.join('; ') : undefined;
}

const MOST_SHOWN = 12;

function firstOf(texts: readonly string[]): string {
	const more = texts.length - MOST_SHOWN;
	return more > 0 ? `${texts.slice(0, MOST_SHOWN).join(', ')} and ${more} more` : texts.join(', ');
}

function endWords({ neverExpires, expiresAt }: Grant): string | undefined {
	if (neverExpires) return 'never expires';
	return expiresAt === undefined ? undefined : `ends on ${isoDay(expiresAt)}`;
}

/** These ages, with what issuers said of the creation. */
export function agesTold(
	ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>,
	outcomes: ReadonlyMap<Fingerprint, ProbeOutcome>,
): ReadonlyMap<Fingerprint, readonly AgeEvidence[]> {
	const told = [...outcomes].flatMap(([fingerprint, outcome]) => {
		const since = outcome.state === 'told' ? outcome.grant.createdAt : undefined;
		if (since === undefined) return [];
		const detail = `its issuer says that it was created ${isoDay(since)}`;
		return [[fingerprint, { since, precision: 'exact', source: 'issuer', detail }] as const];
	});
	return withAges(ages, told);
}

/** These ages, with one more piece of evidence for some. */
export function withAges(
	ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>,
	more: Iterable<readonly [Fingerprint, AgeEvidence]>,
): ReadonlyMap<Fingerprint, readonly AgeEvidence[]> {
	const added = [...more].map(
		([fingerprint, evidence]) => [fingerprint, [evidence, ...(ages.get(fingerprint) ?? [])]] as const,
	);
	return new Map([...ages, ...added]);
}
