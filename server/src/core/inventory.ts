import type { Analysis } from './analyze.ts';
import type { Binding, StoredSecret } from './binding.ts';
import type { ConfigDocument } from './document.ts';
import { type AgeEvidence, ageText, bestAge, daysOld } from './evidence.ts';
import type { Credential, Finding, Level } from './finding.ts';
import { brokerName, type PlacedReference, placedReferences } from './inventory-references.ts';
import { ISSUERS } from './issuers/index.ts';
import type { Breadth, Issuer, TokenFacts, TokenKind } from './issuers/issuer.ts';
import { type Fingerprint, shortFingerprint } from './secret-value.ts';
import type { Part } from './servers.ts';
import type { Span } from './text.ts';

/** One distinct secret: however many copies of it lie in however many files. Plain data; holds no secret text. */
export interface CredentialRecord {
	/** The fingerprint; for a broker's secret, whose value nobody read, the reference. */
	readonly id: string;
	readonly issuer: string;
	readonly issuerName: string;
	readonly kind: string;
	readonly kindName: string;
	/** "GitHub personal access token (classic) #a1b2c3" */
	readonly label: string;
	/** The worst finding at any of its places. */
	readonly level: Level | 'none';
	readonly scope: {
		readonly text: string;
		readonly breadth: Breadth;
		/** Who says so: "from its format". */
		readonly evidence: string;
	};
	readonly age: {
		/** "at least 30 days", "unknown". */
		readonly text: string;
		readonly old: boolean;
		/** The evidence that `text` stands on. */
		readonly best?: AgeEvidence;
		/** Every piece of evidence with its date, best first. */
		readonly evidence: readonly string[];
	};
	/** ISO date, where the token tells. */
	readonly expires?: string;
	readonly storage: {
		readonly where: 'config' | 'keychain' | 'broker';
		readonly text: string;
	};
	readonly places: readonly CredentialPlaceRecord[];
}

/** Where a secret, or the reference that stands for it, is written. */
export interface CredentialPlaceRecord {
	readonly uri: string;
	readonly displayPath: string;
	readonly span: Span;
	/** Name of the server entry, if it stands in one. */
	readonly server?: string;
	/** Every host that reads the file. */
	readonly hosts: readonly string[];
	/** "env GITHUB_TOKEN" */
	readonly position: string;
	readonly pointer: string;
	readonly findings: readonly Finding[];
}

export interface InventoryDocument {
	readonly document: ConfigDocument;
	readonly analysis: Analysis;
	/** As people see it: `~/.cursor/mcp.json`. */
	readonly displayPath: string;
	/** Real path of the file, which bindings name; absent = the path of the document's URI. */
	readonly realPath?: string;
}

export interface InventoryInput {
	readonly documents: readonly InventoryDocument[];
	readonly items: readonly StoredSecret[];
	readonly bindings: readonly Binding[];
	readonly ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly oldAfterDays: number;
}

/** Every distinct secret of these documents, the riskiest first. */
export function inventory(input: InventoryInput): CredentialRecord[] {
	const drafts = new Map<string, Draft>();
	for (const source of input.documents) {
		const findings = findingsByPointer(source.analysis.findings);
		for (const credential of source.analysis.credentials) addCredential(drafts, source, credential, findings);
		for (const placed of placedReferences(source, input)) addReference(drafts, source, placed, findings);
	}
	return [...drafts.values()].map((draft) => finish(draft, input)).toSorted(byRisk);
}

/** What is known of one secret while its places are collected. */
interface Draft {
	readonly id: string;
	readonly places: CredentialPlaceRecord[];
	credential?: Credential;
	item?: StoredSecret;
	reference?: PlacedReference;
}

function draftFor(drafts: Map<string, Draft>, id: string): Draft {
	const known = drafts.get(id);
	if (known) return known;
	const draft: Draft = { id, places: [] };
	drafts.set(id, draft);
	return draft;
}

type FindingIndex = ReadonlyMap<string, readonly Finding[]>;

function findingsByPointer(findings: readonly Finding[]): FindingIndex {
	const index = new Map<string, Finding[]>();
	for (const finding of findings) {
		const at = finding.credential?.part.pointer ?? finding.pointer;
		const known = index.get(at);
		if (known) known.push(finding);
		else index.set(at, [finding]);
	}
	return index;
}

function addCredential(
	drafts: Map<string, Draft>,
	source: InventoryDocument,
	credential: Credential,
	findings: FindingIndex,
): void {
	const draft = draftFor(drafts, credential.fingerprint);
	draft.credential ??= credential;
	const { part } = credential;
	// Two secrets can stand in one string; a finding about the other one does not count here.
	const here = (findings.get(part.pointer) ?? []).filter(
		(f) => !f.credential || f.credential.fingerprint === credential.fingerprint,
	);
	draft.places.push(place(source, part, credential.span, credential.server?.name, here));
}

function addReference(
	drafts: Map<string, Draft>,
	source: InventoryDocument,
	placed: PlacedReference,
	findings: FindingIndex,
): void {
	const draft = draftFor(drafts, placed.item?.fingerprint ?? placed.reference.text);
	if (placed.item) draft.item ??= placed.item;
	draft.reference ??= placed;
	const here = findings.get(placed.part.pointer) ?? [];
	draft.places.push(place(source, placed.part, placed.span, placed.server.name, here));
}

function place(
	{ document, displayPath }: InventoryDocument,
	part: Part,
	span: Span,
	server: string | undefined,
	findings: readonly Finding[],
): CredentialPlaceRecord {
	return {
		uri: document.uri,
		displayPath,
		span,
		...(server === undefined ? {} : { server }),
		hosts: document.dialect.readers,
		position: positionText(part),
		pointer: part.pointer,
		findings,
	};
}

/** "env GITHUB_TOKEN", "argument 3 (--token)", "header Authorization". */
export function positionText(part: Pick<Part, 'position' | 'name' | 'index'>): string {
	const name = part.name ?? '';
	switch (part.position) {
		case 'arg':
			return `argument ${(part.index ?? 0) + 1}${name ? ` (${name})` : ''}`;
		case 'env':
		case 'header':
			return `${part.position} ${name}`;
		case 'input-default':
			return `default of input ${name}`.trimEnd();
		case 'input-option':
			return `option of input ${name}`.trimEnd();
		case 'other':
			return name ? `field ${name}` : 'another field';
		default:
			return part.position;
	}
}

function finish(draft: Draft, input: InventoryInput): CredentialRecord {
	const { credential, item, places } = draft;
	const inside = credential?.classification.inside;
	const age = ageOf(draft, input);
	return {
		id: draft.id,
		...identity(draft),
		level: worstLevel(places),
		scope: scopeOf(credential?.classification.kind ?? kindOf(item), inside),
		age,
		...(inside?.expiresAt === undefined ? {} : { expires: isoDate(inside.expiresAt) }),
		storage: storageOf(draft),
		places,
	};
}

type Identity = Pick<CredentialRecord, 'issuer' | 'issuerName' | 'kind' | 'kindName' | 'label'>;

function identity({ credential, item, reference }: Draft): Identity {
	if (credential) {
		const { issuer, issuerName, kind } = credential.classification;
		return { issuer, issuerName, kind: kind.id, kindName: kind.name, label: credential.label };
	}
	if (item) {
		const issuerName = issuerOf(item)?.name ?? item.issuer;
		const named = item.kindName.startsWith(issuerName) ? item.kindName : `${issuerName} ${item.kindName}`;
		const label = `${named} #${shortFingerprint(item.fingerprint)}`;
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
	const evidence = distinct([...tokenAge(credential, now), ...(ages.get(id) ?? []), ...itemAge(item)]);
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
	return [
		{ since, precision: 'exact', source: 'token', detail: `the token says that it was issued ${isoDate(since)}` },
	];
}

function itemAge(item: StoredSecret | undefined): AgeEvidence[] {
	if (!item) return [];
	const stored: AgeEvidence = {
		since: item.storedAt,
		precision: 'at-least',
		source: 'index',
		detail: 'stored by this tool',
	};
	if (!item.since) return [stored];
	return [stored, { since: item.since.at, precision: 'at-least', source: 'index', detail: item.since.detail }];
}

function distinct(evidence: readonly AgeEvidence[]): AgeEvidence[] {
	const key = (e: AgeEvidence) => `${e.source} ${e.since}`;
	return [...new Map(evidence.toReversed().map((e) => [key(e), e])).values()].toReversed();
}

/** "2025-10-08: stored by this tool (it may be older)" */
export function evidenceText(evidence: AgeEvidence): string {
	const date = isoDate(evidence.since);
	const dated = evidence.detail.includes(date) ? evidence.detail : `${date}: ${evidence.detail}`;
	return evidence.precision === 'exact' ? dated : `${dated} (it may be older)`;
}

/** Dates that JavaScript cannot write (a token may claim anything) are `unknown`, never an exception. */
function isoDate(time: number): string {
	return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString().slice(0, 10) : 'unknown';
}

function storageOf({ credential, item, reference }: Draft): CredentialRecord['storage'] {
	const stored =
		reference &&
		(item
			? `OS keychain, ${reference.reference.text}`
			: `${brokerName(reference.reference.store)}, ${reference.reference.text}`);
	if (credential)
		return {
			where: 'config',
			text: stored ? `in plain text in the config, and in the ${stored}` : 'in plain text in the config',
		};
	return { where: item ? 'keychain' : 'broker', text: stored ?? 'unknown' };
}

const LEVEL_RANK: Readonly<Record<Level | 'none', number>> = { error: 0, warning: 1, note: 2, none: 3 };
const BREADTH_RANK: Readonly<Record<Breadth, number>> = {
	admin: 0,
	user: 1,
	unknown: 2,
	scoped: 3,
	project: 4,
	session: 5,
};

function worstLevel(places: readonly CredentialPlaceRecord[]): Level | 'none' {
	const levels = places.flatMap((p) => p.findings.map((f) => f.level));
	return levels.reduce<Level | 'none'>(
		(worst, level) => (LEVEL_RANK[level] < LEVEL_RANK[worst] ? level : worst),
		'none',
	);
}

/** What stands in plain text comes first, then the worst finding, the widest reach, the most copies. */
function byRisk(a: CredentialRecord, b: CredentialRecord): number {
	return (
		LEVEL_RANK[a.level] - LEVEL_RANK[b.level] ||
		Number(a.storage.where !== 'config') - Number(b.storage.where !== 'config') ||
		BREADTH_RANK[a.scope.breadth] - BREADTH_RANK[b.scope.breadth] ||
		b.places.length - a.places.length ||
		a.label.localeCompare(b.label)
	);
}
