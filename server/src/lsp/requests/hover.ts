import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import type { Credential } from '../../core/finding.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import type { Span } from '../../core/text.ts';
import type { Snapshot } from '../look.ts';
import { offersFor } from '../offers.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/** textDocument/hover: what it is, what it may do, how old it is, who says so, where else it is used. */
export async function hover(
	session: Session,
	snapshot: Snapshot,
	uri: string,
	position: Position,
): Promise<Hover | null> {
	const current = await session.current(uri);
	const open = session.documents.get(uri);
	if (!current || !open) return null;
	const offset = open.offsetAt(position);
	const credential = current.analysis.credentials.find((c) => isIn(c.span, offset));
	if (credential) return show(current, credential.span, credentialText(session, snapshot, current, credential));
	const place = placeAt(snapshot, uri, offset);
	return place ? show(current, place.span, referenceText(place.record, place.position, current)) : null;
}

function isIn(span: Span, offset: number): boolean {
	return span.start <= offset && offset <= span.end;
}

function show(current: CurrentDocument, span: Span, lines: readonly string[]): Hover {
	return {
		contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') },
		range: new Converter(current.document).range(span),
	};
}

function credentialText(
	session: Session,
	snapshot: Snapshot,
	current: CurrentDocument,
	credential: Credential,
): string[] {
	const record = snapshot.records.find((r) => r.id === credential.fingerprint);
	const { kind } = credential.classification;
	const offers = offersFor(session, current, credential, 'inlined-credential');
	const refused = offers.find((offer) => offer.request.fix === 'move-to-keychain')?.refused;
	return [
		`**${plainMarkdown(credential.label)}**`,
		`**Scope:** ${plainMarkdown(record?.scope.text ?? kind.scope)} _(${plainMarkdown(record?.scope.evidence ?? 'from its format')})_`,
		...needLines(record),
		ageLine(record),
		...expiryLine(record),
		`**Stored:** in plain text in this file`,
		...usedIn(record, current),
		...(kind.narrower ? [`**Smaller:** ${plainMarkdown(kind.narrower)}`] : []),
		...(refused ? [`**Cannot be moved from here:** ${plainMarkdown(refused)}`] : []),
	];
}

function referenceText(record: CredentialRecord, position: string, current: CurrentDocument): string[] {
	return [
		`**${plainMarkdown(record.label)}**`,
		`**Scope:** ${plainMarkdown(record.scope.text)} _(${plainMarkdown(record.scope.evidence)})_`,
		...needLines(record),
		ageLine(record),
		...expiryLine(record),
		`**Stored:** ${plainMarkdown(record.storage.text)}`,
		`**Handed over as:** ${plainMarkdown(position)}`,
		...usedIn(record, current),
	];
}

function needLines(record: CredentialRecord | undefined): string[] {
	const { need, chips = [] } = record?.scope ?? {};
	const excess = chips.filter(({ kind }) => kind === 'excess').map(({ text }) => text);
	return [
		...(need === undefined ? [] : [`**Needs:** ${plainMarkdown(need)}`]),
		...(excess.length > 0 ? [`**More than needed:** ${plainMarkdown(excess.join(', '))}`] : []),
	];
}

function ageLine(record: CredentialRecord | undefined): string {
	if (!record) return '**Age:** unknown';
	const evidence = record.age.evidence.map((e) => `\n- ${plainMarkdown(e)}`).join('');
	return `**Age:** ${plainMarkdown(record.age.text)}${evidence}`;
}

function expiryLine(record: CredentialRecord | undefined): string[] {
	return [
		...(record?.expires ? [`**Expires:** ${record.expires}`] : []),
		...(record?.lastUsed ? [`**Last used:** ${record.lastUsed}`] : []),
	];
}

/** Alone in its own entry it needs no mention; alone in a `.env` file its server stands elsewhere. */
function usedIn(record: CredentialRecord | undefined, { document }: CurrentDocument): string[] {
	const [first, ...others] = record?.places ?? [];
	if (!record || !first) return [];
	if (others.length === 0)
		return first.server !== undefined && document.servers.length === 0
			? [
					`**Used by:** server ${plainMarkdown(first.server)}${first.hosts.length > 0 ? ` (${first.hosts.join(', ')})` : ''}`,
				]
			: [];
	const places = record.places
		.slice(0, 8)
		.map(
			(place) =>
				`\n- ${plainMarkdown(place.displayPath)}${place.server ? `, server ${plainMarkdown(place.server)}` : ''}, ${plainMarkdown(place.position)}`,
		);
	const more = record.places.length > 8 ? `\n- and ${record.places.length - 8} more` : '';
	return [`**Used in ${record.places.length} places:**${places.join('')}${more}`];
}

function placeAt(snapshot: Snapshot, uri: string, offset: number) {
	for (const record of snapshot.records) {
		const place = record.places.find((p) => p.uri === uri && isIn(p.span, offset));
		if (place && record.storage.where !== 'config') return { record, span: place.span, position: place.position };
	}
	return undefined;
}

/** Names of servers and variables come from the file: they must not become links or images. */
function plainMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+!<>|~]/g, '\\$&');
}
