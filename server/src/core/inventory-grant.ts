import type { ConfigDocument } from './document.ts';
import type { AgeEvidence } from './evidence.ts';
import { excessOf } from './excess.ts';
import type { Grant, ProbeOutcome } from './grant.ts';
import type { CredentialRecord } from './inventory.ts';
import type { TokenKind } from './issuers/issuer.ts';
import { needOf } from './needs/index.ts';
import type { Fingerprint } from './secret-value.ts';
import type { McpServer } from './servers.ts';

/** Who uses a secret, so that what it may do can be compared with what is needed. */
export interface SecretUser {
	readonly server: McpServer;
	readonly document: ConfigDocument;
}

export interface ScopeChip {
	readonly text: string;
	/** `needed` and `excess`: granted, and needed by the server's tools or not. `granted`: need not known. */
	readonly kind: 'needed' | 'excess' | 'granted';
}

type Scope = CredentialRecord['scope'];

/** The scope of a secret once its issuer was asked. A refusal is told beside what the format says, and takes nothing from it. */
export function toldScope(
	own: Scope,
	outcome: ProbeOutcome | undefined,
	issuerName: string,
	kind: TokenKind | undefined,
	user: SecretUser | undefined,
): Scope {
	if (!outcome) return own;
	if (outcome.state !== 'told')
		return { ...own, evidence: `${own.evidence}; asked on ${isoDay(outcome.at)}: ${outcome.message}` };
	const { grant } = outcome;
	const chips = chipsOf(grant, kind, user);
	return {
		text: grantText(grant) ?? own.text,
		breadth: grant.access === 'admin' ? 'admin' : own.breadth,
		evidence: [`told by ${issuerName} on ${isoDay(grant.asOf)}`, ...(grant.notes ?? [])].join('; '),
		...(chips.length > 0 ? { chips } : {}),
	};
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

function chipsOf(grant: Grant, kind: TokenKind | undefined, user: SecretUser | undefined): ScopeChip[] {
	const need = user && needOf(user.server, user.document);
	if (!need || !kind || need.issuer !== kind.issuer || need.scopeless || need.complete === false)
		return grant.scopes.map((text) => ({ text, kind: 'granted' }));
	const excess = new Set(excessOf(grant, need, kind).scopes);
	return grant.scopes.map((text) => ({ text, kind: excess.has(text) ? 'excess' : 'needed' }));
}

/** ISO date; what JavaScript cannot write is `unknown`, never an exception. */
export function isoDay(time: number): string {
	return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().slice(0, 10) : 'unknown';
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
		const evidence: AgeEvidence = { since, precision: 'exact', source: 'issuer', detail };
		return [[fingerprint, [evidence, ...(ages.get(fingerprint) ?? [])]] as const];
	});
	return new Map([...ages, ...told]);
}
