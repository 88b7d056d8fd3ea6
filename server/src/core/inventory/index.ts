import { countsAs, strongest } from '../credentials/counts-as.ts';
import type { ConfigDocument } from '../document.ts';
import { type EnvFileUser, takesFromFile } from '../entries/env-files.ts';
import type { Credential, Finding } from '../finding.ts';
import type { Breadth } from '../issuers/issuer.ts';
import { plainName } from '../names-shown.ts';
import type { Part } from '../servers.ts';
import type { Span } from '../text.ts';
import { urlPlaceText } from '../url-part.ts';
import type { CredentialPlaceRecord, CredentialRecord, InventoryDocument, InventoryInput } from './model.ts';
import { type Draft, LEVEL_RANK, recordOf } from './record.ts';
import { type PlacedReference, placedReferences } from './references.ts';

/** Every distinct secret of these documents, the riskiest first. */
export function inventory(input: InventoryInput): CredentialRecord[] {
	const drafts = new Map<string, Draft>();
	for (const source of input.documents) {
		const findings = findingsByPointer(source.analysis.findings);
		for (const credential of source.analysis.credentials) addCredential(drafts, source, credential, findings);
		for (const placed of placedReferences(source, input)) addReference(drafts, source, placed, findings);
	}
	return [...drafts.values()].map((draft) => recordOf(draft, input)).toSorted(byRisk);
}

function draftFor(drafts: Map<string, Draft>, id: string): Draft {
	const known = drafts.get(id);
	if (known) return known;
	const draft: Draft = { id, places: [], users: [], writtenIn: new Set() };
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
	draft.countsAs = strongest(draft.countsAs ?? 'default', countsAs(credential));
	draft.writtenIn.add(source.document.dialect.format === 'dotenv' ? source.displayPath : 'the config');
	const { part } = credential;
	const users = usersOf(source, credential);
	draft.users.push(...users.map(({ server, document }) => ({ server, document })));
	// Two secrets can stand in one string; a finding about the other one does not count here.
	const here = (findings.get(part.pointer) ?? []).filter(
		(f) => !f.credential || f.credential.fingerprint === credential.fingerprint,
	);
	const at = (server?: string, of: Placing = source) =>
		place(of, part, urlPlaceText(credential), credential.span, server, here);
	if (users.length === 0) draft.places.push(at());
	for (const user of users) draft.places.push(at(user.server.name, { ...source, users: [user] }));
}

type User = Pick<EnvFileUser, 'server' | 'document'>;

/** The entry that a literal stands in; of a variable in a `.env` file those that are started with the file, each once. */
function usersOf({ document, users = [] }: InventoryDocument, { server, part }: Credential): User[] {
	if (server) return [{ server, document }];
	if (!document.variables.some(({ pointer }) => pointer === part.pointer)) return [];
	const getting = users.filter((user) => takesFromFile(user.server, part.name));
	return [...new Map(getting.map((user) => [`${user.document.uri} ${user.server.pointer}`, user])).values()];
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
	draft.users.push({ server: placed.server, document: placed.document });
	const here = findings.get(placed.part.pointer) ?? [];
	const at = place(source, placed.part, placed.given, placed.span, placed.server.name, here);
	draft.places.push({ ...at, isReference: true });
}

type Placing = Pick<InventoryDocument, 'document' | 'displayPath'> & {
	readonly users?: readonly Pick<User, 'document'>[];
};

function place(
	{ document, displayPath, users = [] }: Placing,
	part: Part,
	/** Better than the part's own place. Its names come from the config, as all others. */
	given: string | undefined,
	span: Span,
	server: string | undefined,
	findings: readonly Finding[],
): CredentialPlaceRecord {
	return {
		uri: document.uri,
		displayPath,
		span,
		...(server === undefined ? {} : { server: plainName(server) }),
		hosts: readersOf(document, users),
		position: given === undefined ? positionText(part) : given.split(' ').map(plainName).join(' '),
		pointer: part.pointer,
		isReference: false,
		findings,
	};
}

/** A `.env` file that no host reads by itself is read by those whose entries name it. */
function readersOf({ dialect }: ConfigDocument, users: readonly Pick<User, 'document'>[]): readonly string[] {
	if (dialect.readers.length > 0) return dialect.readers;
	return [...new Set(users.flatMap((user) => user.document.dialect.readers))];
}

/** "env GITHUB_TOKEN", "argument 3 (--token)", "header Authorization". */
function positionText(part: Pick<Part, 'position' | 'name' | 'index' | 'isField'>): string {
	const name = plainName(part.name ?? '');
	if (part.isField) return `field ${name}`;
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

const BREADTH_RANK: Readonly<Record<Breadth, number>> = {
	admin: 0,
	user: 1,
	unknown: 2,
	scoped: 3,
	project: 4,
	session: 5,
};

/** The one order of risk, of list, panel and table: worst finding, plain text, widest reach, longest known, most places. */
function byRisk(a: CredentialRecord, b: CredentialRecord): number {
	return (
		LEVEL_RANK[a.level] - LEVEL_RANK[b.level] ||
		Number(a.storage.where !== 'config') - Number(b.storage.where !== 'config') ||
		BREADTH_RANK[a.scope.breadth] - BREADTH_RANK[b.scope.breadth] ||
		(a.age.best?.since ?? Number.MAX_VALUE) - (b.age.best?.since ?? Number.MAX_VALUE) ||
		b.places.length - a.places.length ||
		a.label.localeCompare(b.label)
	);
}
