import type { StoredSecret } from '../bindings/binding.ts';
import type { CountsAs } from '../credentials/counts-as.ts';
import { DAY, isoDay } from '../dates.ts';
import type { Credential, Level } from '../finding.ts';
import { bestGrant, grantOf } from '../grants/best.ts';
import { type AgeEvidence, ageText, bestAge, daysOld } from '../grants/evidence.ts';
import type { Grant } from '../grants/grant.ts';
import { ISSUERS } from '../issuers/index.ts';
import type { Issuer, TokenFacts, TokenKind } from '../issuers/issuer.ts';
import { count } from '../report/words.ts';
import { shortFingerprint } from '../secret-value.ts';
import { answerOf } from './answer.ts';
import { type SecretUser, scopeOfAll } from './grant.ts';
import type { CredentialPlaceRecord, CredentialRecord, InventoryInput } from './model.ts';
import { brokerName, type PlacedReference } from './references.ts';

/** What is known of one secret while its places are collected. */
export interface Draft {
	readonly id: string;
	readonly places: CredentialPlaceRecord[];
	readonly users: SecretUser[];
	/** Where it stands in plain text: "the config", or the path of a `.env` file as people see it. */
	readonly writtenIn: Set<string>;
	credential?: Credential;
	/** Of its value, where it is written. */
	countsAs?: CountsAs;
	item?: StoredSecret;
	reference?: PlacedReference;
}

/** The record of one secret, from everything that was collected of it. */
export function recordOf(draft: Draft, input: InventoryInput): CredentialRecord {
	const { credential, item, places } = draft;
	const inside = credential?.classification.inside;
	const age = ageOf(draft, input);
	const who = identity(draft);
	const kind = credential?.classification.kind ?? kindOf(item);
	const outcome = input.grants?.get(draft.id);
	const told = outcome?.state === 'told' ? outcome.grant : undefined;
	const answered = answerOf(who, outcome, input.silenceOf);
	const declared = input.declared?.get(draft.id);
	const own = credential && grantOf(credential.classification, input.now);
	const ends = bestGrant(told, own, declared);
	const end = endOf(ends);
	// What one server does not need another may, so only a secret of one server has an excess.
	const user = draft.users.length === 1 ? draft.users[0] : undefined;
	return {
		id: draft.id,
		...who,
		level: worstLevel(places),
		countsAs: draft.countsAs ?? 'reference',
		scope: withNote(
			scopeOfAll({
				own: scopeOf(kind, inside),
				inside: own,
				outcome,
				declared,
				issuerName: who.issuerName,
				kind,
				user,
				needs: input.needs ?? [],
			}),
			answered?.text,
		),
		...(answered ? { answer: answered.answer } : {}),
		age: { ...age, evidence: [...age.evidence, ...deadlines(ends?.expiresAt, told?.lastUsedAt, input.now)] },
		...(told?.account === undefined ? {} : { owner: told.account }),
		...(end === undefined ? {} : { expires: end }),
		...(told?.lastUsedAt === undefined ? {} : { lastUsed: isoDay(told.lastUsedAt) }),
		storage: storageOf(draft),
		places,
	};
}

function withNote(scope: CredentialRecord['scope'], note: string | undefined): CredentialRecord['scope'] {
	return note === undefined ? scope : { ...scope, evidence: `${scope.evidence}; ${note}` };
}

/** What the dates mean today: "last used on 2026-01-01, 327 days ago". */
function deadlines(end: number | undefined, lastUsed: number | undefined, now: number): string[] {
	const days = (from: number, to: number) => count(Math.floor((to - from) / DAY), 'day');
	const ended = end !== undefined && end <= now;
	return [
		...(lastUsed === undefined || lastUsed > now
			? []
			: [`last used on ${isoDay(lastUsed)}, ${days(lastUsed, now)} ago`]),
		...(end === undefined ? [] : [ended ? `ended ${days(end, now)} ago` : `ends in ${days(now, end)}`]),
	];
}

function endOf(grant: Grant | undefined): string | undefined {
	if (grant?.neverExpires) return 'never';
	return grant?.expiresAt === undefined ? undefined : isoDay(grant.expiresAt);
}

type Identity = Pick<CredentialRecord, 'issuer' | 'issuerName' | 'kind' | 'kindName' | 'label'>;

function identity({ credential, item, reference }: Draft): Identity {
	if (credential) {
		const { issuer, issuerName, kind } = credential.classification;
		return { issuer, issuerName, kind: kind.id, kindName: kind.name, label: credential.label };
	}
	if (item) {
		const issuerName = issuerOf(item)?.name ?? item.issuer;
		const label = `${nameOfStored(item)} #${shortFingerprint(item.fingerprint)}`;
		return { issuer: item.issuer, issuerName, kind: item.kind, kindName: item.kindName, label };
	}
	const broker = brokerName(reference!.reference.store);
	return {
		issuer: 'unknown',
		issuerName: 'unknown',
		kind: 'unknown',
		kindName: 'unknown',
		label: `Secret in ${broker}, ${reference!.reference.text}`,
	};
}

/** "GitLab personal, project or group access token": whoever stored it may have left out whose it is. */
export function nameOfStored(item: StoredSecret): string {
	const issuerName = issuerOf(item)?.name ?? item.issuer;
	const isNamed = item.issuer === 'unknown' || item.kindName.startsWith(issuerName);
	return isNamed ? item.kindName : `${issuerName} ${item.kindName}`;
}

/** Undefined for an issuer or kind that another version of this tool stored. */
function issuerOf(item: StoredSecret | undefined): Issuer | undefined {
	return ISSUERS.find((issuer) => issuer.id === item?.issuer);
}

function kindOf(item: StoredSecret | undefined): TokenKind | undefined {
	return issuerOf(item)?.kinds.find((kind) => kind.id === item?.kind);
}

function scopeOf(kind: TokenKind | undefined, inside: TokenFacts | undefined): CredentialRecord['scope'] {
	const notes = inside?.notes ?? [];
	const breadth = inside?.breadth ?? kind?.breadth ?? 'unknown';
	if (!kind) return { text: 'unknown', breadth, evidence: 'nothing tells: the value is not in a config' };
	const text = notes.length > 0 ? `${kind.scope} Inside it: ${notes.join('; ')}.` : kind.scope;
	return {
		text,
		breadth,
		evidence: notes.length > 0 ? 'from its format and what the token itself says' : 'from its format',
	};
}

function ageOf({ id, credential, item }: Draft, { ages, now, oldAfterDays }: InventoryInput): CredentialRecord['age'] {
	const told = [...tokenAge(credential, now), ...(ages.get(id) ?? []), ...itemAge(item)];
	// What lies ahead was written under another clock, and tells nothing.
	const evidence = distinct(told.filter(({ since }) => since <= now + DAY));
	const best = bestAge(evidence);
	const others = evidence.filter((e) => e !== best).toSorted((a, b) => a.since - b.since);
	return {
		text: ageText(best, now),
		old: best !== undefined && daysOld(best, now) >= oldAfterDays,
		...(best ? { best } : {}),
		evidence: (best ? [best, ...others] : others).map(evidenceText),
	};
}

function tokenAge(credential: Credential | undefined, now: number): AgeEvidence[] {
	const since = credential?.classification.inside?.issuedAt;
	// A date in the future is not when it was made.
	if (since === undefined || since > now) return [];
	return [{ since, precision: 'exact', source: 'token', detail: `the token says that it was issued ${isoDay(since)}` }];
}

function itemAge(item: StoredSecret | undefined): AgeEvidence[] {
	if (!item) return [];
	const { rotatedAt } = item;
	const rotated: AgeEvidence[] =
		rotatedAt === undefined
			? []
			: [
					{
						since: rotatedAt,
						precision: 'exact',
						source: 'issuer',
						detail: `its issuer made it in place of an older one on ${isoDay(rotatedAt)}`,
					},
				];
	const stored: AgeEvidence = {
		since: item.storedAt,
		precision: 'at-least',
		source: 'index',
		detail: 'stored by this tool',
	};
	if (!item.since) return [...rotated, stored];
	return [
		...rotated,
		stored,
		{ since: item.since.at, precision: 'at-least', source: 'index', detail: item.since.detail },
	];
}

function distinct(evidence: readonly AgeEvidence[]): AgeEvidence[] {
	const key = (e: AgeEvidence) => `${e.source} ${e.since}`;
	return [...new Map(evidence.toReversed().map((e) => [key(e), e])).values()].toReversed();
}

/** "2025-10-08: stored by this tool (it may be older)" */
function evidenceText(evidence: AgeEvidence): string {
	const date = isoDay(evidence.since);
	const dated = evidence.detail.includes(date) ? evidence.detail : `${date}: ${evidence.detail}`;
	return evidence.precision === 'exact' ? dated : `${dated} (it may be older)`;
}

function storageOf({ credential, item, reference, writtenIn }: Draft): CredentialRecord['storage'] {
	const stored =
		reference &&
		(item
			? `OS keychain, ${reference.reference.text}`
			: `${brokerName(reference.reference.store)}, ${reference.reference.text}`);
	if (credential) {
		const written = `in plain text in ${firstFiles([...writtenIn])}`;
		return { where: 'config', text: stored ? `${written}, and in the ${stored}` : written };
	}
	return { where: item ? 'keychain' : 'broker', text: stored ?? 'unknown' };
}

const MOST_FILES = 3;

function firstFiles(files: readonly string[]): string {
	const more = files.length - MOST_FILES;
	return [...files.slice(0, MOST_FILES), ...(more > 0 ? [count(more, 'more file')] : [])].join(' and in ');
}

/** The worst first. */
export const LEVEL_RANK: Readonly<Record<Level | 'none', number>> = { error: 0, warning: 1, note: 2, none: 3 };

function worstLevel(places: readonly CredentialPlaceRecord[]): Level | 'none' {
	const levels = places.flatMap((p) => p.findings.map((f) => f.level));
	return levels.reduce<Level | 'none'>(
		(worst, level) => (LEVEL_RANK[level] < LEVEL_RANK[worst] ? level : worst),
		'none',
	);
}
