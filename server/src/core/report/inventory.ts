import type { CredentialPlaceRecord, CredentialRecord } from '../inventory/model.ts';
import { plainPointer } from '../names-shown.ts';
import { LineIndex } from '../text.ts';
import { count, plain } from './words.ts';

/** The text of each document by its URI: places are told as lines. */
export type DocumentTexts = ReadonlyMap<string, string>;

/** One block a secret, the riskiest first. */
export function inventoryText(records: readonly CredentialRecord[], texts: DocumentTexts): string {
	const lines = new Lines(texts);
	const blocks = records.map((record) => block(record, lines));
	return `${[...blocks, [total(records), ...unasked(records)].join('\n')].join('\n\n')}\n`;
}

/** "3 secrets in 4 places, 1 reference." A secret is what `scan` counts as one. */
function total(records: readonly CredentialRecord[]): string {
	const of = (what: CredentialRecord['countsAs']) => records.filter((record) => record.countsAs === what);
	const secrets = of('secret');
	const places = secrets.reduce((sum, record) => sum + placesIn(record), 0);
	const others = (['possible', 'default', 'reference'] as const)
		.map((what) => [of(what).length, OTHERS[what]] as const)
		.filter(([amount]) => amount > 0)
		.map(([amount, words]) => count(amount, words));
	const held =
		secrets.length === 0 ? 'No secret found' : `${count(secrets.length, 'secret')} in ${count(places, 'place')}`;
	return `${[held, ...others].join(', ')}.`;
}

/** What is listed and is no secret, or none that a config holds. */
const OTHERS = {
	possible: 'possible secret',
	default: 'well-known default',
	reference: 'reference',
} as const satisfies Partial<Record<CredentialRecord['countsAs'], string>>;

/** Whom one could ask, and how. */
function unasked(records: readonly CredentialRecord[]): string[] {
	const issuers = new Map(
		records.filter(({ answer }) => answer === 'unasked').map(({ issuer, issuerName }) => [issuer, issuerName]),
	);
	const [first] = issuers.keys();
	if (first === undefined) return [];
	const names = [...issuers.values()].toSorted().join(', ');
	return [`Not asked yet: ${names}. "mcp-hygiene list --probe ${first}" asks one, after you saw where its tokens go.`];
}

/** Where the value is written. A variable of a `.env` file is listed once for each server that gets it, and stands in one place. */
function placesIn({ places }: CredentialRecord): number {
	const written = places.filter(({ isReference }) => !isReference);
	return new Set(written.map(({ uri, span }) => `${uri} ${span.start}`)).size;
}

function block(record: CredentialRecord, lines: Lines): string {
	const fields: [string, string][] = [
		['scope', record.scope.evidence ? `${record.scope.text} (${record.scope.evidence})` : record.scope.text],
		...scopeFields(record.scope),
		['age', `${record.age.text}${record.age.old ? ', too old' : ''}`],
		...record.age.evidence.map((evidence): [string, string] => ['', evidence]),
		['expires', record.expires ?? 'unknown'],
		...(record.lastUsed ? [['last use', record.lastUsed] as [string, string]] : []),
		['stored', record.storage.text],
		...record.places.map((place, i): [string, string] => [i === 0 ? 'used' : '', placeText(place, lines)]),
	];
	const level = record.level === 'none' ? '' : `${record.level}: `;
	const other = record.countsAs === 'secret' ? '' : ` (${OTHERS[record.countsAs]})`;
	return [
		`${level}${plain(record.label)}${other}`,
		...fields.map(([name, value]) => `  ${name.padEnd(8)} ${plain(value)}`),
	].join('\n');
}

function scopeFields({ need, chips = [] }: CredentialRecord['scope']): [string, string][] {
	const excess = chips.filter(({ kind }) => kind === 'excess').map(({ text }) => text);
	return [
		...(need === undefined ? [] : [['needs', need] as [string, string]]),
		...(excess.length > 0 ? [['excess', excess.join(', ')] as [string, string]] : []),
	];
}

function placeText(place: CredentialPlaceRecord, lines: Lines): string {
	const server = place.server === undefined ? '' : ` of server "${place.server}"`;
	const hosts = place.hosts.length > 0 ? ` (${place.hosts.join(', ')})` : '';
	return `${place.displayPath}:${lines.of(place)} ${place.position}${server}${hosts}`;
}

/** The same as JSON, with one-based lines. */
export function inventoryJson(records: readonly CredentialRecord[], texts: DocumentTexts): string {
	const lines = new Lines(texts);
	const rows = records.map((record) => ({
		id: record.id,
		issuer: record.issuer,
		kind: record.kind,
		label: record.label,
		level: record.level,
		countsAs: record.countsAs,
		scope: record.scope,
		answer: record.answer ?? null,
		age: {
			text: record.age.text,
			old: record.age.old,
			...(record.age.best
				? { since: new Date(record.age.best.since).toISOString(), precision: record.age.best.precision }
				: {}),
			evidence: record.age.evidence,
		},
		expires: record.expires ?? null,
		lastUsed: record.lastUsed ?? null,
		storage: record.storage,
		places: record.places.map((place) => ({
			path: place.displayPath,
			line: lines.of(place),
			server: place.server ?? null,
			hosts: place.hosts,
			position: place.position,
			pointer: plainPointer(place.pointer),
			isReference: place.isReference,
			rules: [...new Set(place.findings.map((finding) => finding.ruleId))],
		})),
	}));
	return `${JSON.stringify(rows, null, '\t')}\n`;
}

class Lines {
	readonly #texts: DocumentTexts;
	readonly #indexes = new Map<string, LineIndex>();

	constructor(texts: DocumentTexts) {
		this.#texts = texts;
	}

	/** One-based. */
	of({ uri, span }: CredentialPlaceRecord): number {
		let index = this.#indexes.get(uri);
		if (!index) {
			index = new LineIndex(this.#texts.get(uri) ?? '');
			this.#indexes.set(uri, index);
		}
		return index.position(span.start).line + 1;
	}
}
