import { hasAddressee } from '../../adapters/acts/offered.ts';
import type { Finding } from '../../core/finding.ts';
import { tokenPage } from '../../core/fixes/token-page.ts';
import { daysOld } from '../../core/grants/evidence.ts';
import type { CredentialPlaceRecord, CredentialRecord, InventoryDocument } from '../../core/inventory/model.ts';
import { findIssuer } from '../../core/issuers/index.ts';
import { inSentence, plainPointer } from '../../core/names-shown.ts';
import type { McpServer } from '../../core/servers.ts';
import type { ActId, CredentialAction, CredentialList, CredentialPlace, CredentialRow } from '../../protocol/index.ts';
import type { Snapshot } from '../look.ts';
import { DECLARE_TITLE, ignoreRequest, offersFor } from '../offers.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/** mcpHygiene/credentials/list */
export async function listCredentials(session: Session, snapshot: Snapshot): Promise<CredentialList> {
	const sources = new Map(snapshot.documents.map((source) => [source.document.uri, new Source(session, source)]));
	const rows = await Promise.all(
		snapshot.records.map(async (record) => ({
			...row(session, snapshot, sources, record),
			actions: [
				...pageOf(sources, record),
				...(session.trusted ? [...(await actsOf(session, sources, record)), ...declarationOf(record)] : []),
			],
		})),
	);
	return { state: session.trusted ? 'ok' : 'restricted', rows, problems: snapshot.problems };
}

/** A document of the snapshot, with what its places need computed once. */
class Source {
	readonly current: CurrentDocument;
	readonly converter: Converter;

	constructor(session: Session, { document, analysis }: InventoryDocument) {
		this.current = { document, analysis, version: session.documents.get(document.uri)?.version ?? null };
		this.converter = new Converter(document);
	}
}

function row(
	session: Session,
	snapshot: Snapshot,
	sources: ReadonlyMap<string, Source>,
	record: CredentialRecord,
): Omit<CredentialRow, 'actions'> {
	return {
		id: record.id,
		issuer: record.issuerName,
		kind: record.kindName,
		label: record.label,
		level: record.level,
		scope: record.scope,
		...(record.answer ? { answer: record.answer } : {}),
		age: ageOf(session, snapshot, record),
		...(record.expires ? { expires: record.expires } : {}),
		...(record.lastUsed ? { lastUsed: record.lastUsed } : {}),
		storage: record.storage,
		places: record.places.map((place) => wirePlace(session, sources.get(place.uri)!, record, place)),
	};
}

function ageOf(session: Session, snapshot: Snapshot, { age }: CredentialRecord): CredentialRow['age'] {
	const { text, old, evidence, best } = age;
	const { oldAfterDays } = snapshot;
	if (!best) return { text, old, evidence, oldAfterDays };
	const days = daysOld(best, session.world.now());
	return { text, old, evidence, oldAfterDays, days, since: new Date(best.since).toISOString() };
}

function pageOf(sources: ReadonlyMap<string, Source>, record: CredentialRecord): CredentialAction[] {
	const issuer = findIssuer(record.issuer);
	const url = issuer && tokenPage(issuer.id, serverOf(sources, record));
	return url ? [{ id: 'open-page', title: `Open the token page of ${issuer.name}`, url }] : [];
}

/** What its issuer offers for this kind of token. */
async function actsOf(
	{ knowledge }: Session,
	sources: ReadonlyMap<string, Source>,
	record: CredentialRecord,
): Promise<CredentialAction[]> {
	const { wayFor } = await import('../../adapters/issuers.ts');
	const around = { knowledge, current: async (uri: string) => sources.get(uri)?.current };
	const actions: CredentialAction[] = [];
	for (const act of ['probe', 'rotate', 'revoke'] as const) {
		const way = wayFor(act, record.kind);
		if (!way || !(await hasAddressee(around, record, way))) continue;
		const title = ACT_TITLE[act](inSentence(way.probe.name));
		actions.push({ id: act, title, ...(act === 'probe' ? {} : { destructive: true }) });
	}
	return actions;
}

/** A person knows only of a token that they can see. */
function declarationOf({ storage }: CredentialRecord): CredentialAction[] {
	return storage.where === 'broker' ? [] : [{ id: 'declare', title: DECLARE_TITLE }];
}

function serverOf(sources: ReadonlyMap<string, Source>, { places }: CredentialRecord): McpServer | undefined {
	const [place] = places;
	const { servers = [] } = sources.get(place?.uri ?? '')?.current.document ?? {};
	return servers.find(({ pointer }) => place?.pointer.startsWith(`${pointer}/`));
}

/** As the question is called that follows: see `client/src/act-modal.ts`. */
const ACT_TITLE: Readonly<Record<ActId, (issuer: string) => string>> = {
	probe: (issuer) => `Ask ${issuer} about this token…`,
	rotate: (issuer) => `Rotate this token at ${issuer}…`,
	revoke: (issuer) => `Revoke this token at ${issuer}…`,
};

function wirePlace(
	session: Session,
	source: Source,
	record: CredentialRecord,
	place: CredentialPlaceRecord,
): CredentialPlace {
	// A variable of a `.env` file is listed for each entry that gets it, and moved once.
	const first = record.places.find(({ uri, pointer }) => uri === place.uri && pointer === place.pointer);
	const fix = first === place ? fixFor(session, source.current, record, place) : undefined;
	return {
		uri: place.uri,
		range: source.converter.range(place.span),
		...(place.server ? { server: place.server } : {}),
		host: place.hosts.join(', '),
		position: place.position,
		pointer: plainPointer(place.pointer),
		findings: place.findings.map((finding) => wireFinding(session, source, finding)),
		...(fix ? { fix } : {}),
	};
}

function wireFinding(session: Session, { current }: Source, finding: Finding): CredentialPlace['findings'][number] {
	const { ruleId, level, message } = finding;
	const ignore = ignoreRequest(session, current, finding);
	return { ruleId, level, message, ...(ignore ? { ignore } : {}) };
}

/** The preferred fix, as the light bulb would offer it. */
function fixFor(
	session: Session,
	current: CurrentDocument,
	record: CredentialRecord,
	place: CredentialPlaceRecord,
): CredentialPlace['fix'] {
	if (record.storage.where !== 'config') return undefined;
	const credential = current.analysis.credentials.find(
		(c) => c.part.pointer === place.pointer && c.fingerprint === record.id,
	);
	if (!credential) return undefined;
	const offers = offersFor(session, current, credential, place.findings[0]?.ruleId ?? 'inlined-credential');
	const offer = offers.find(({ refused }) => !refused);
	return offer && { title: offer.title, request: offer.request };
}
