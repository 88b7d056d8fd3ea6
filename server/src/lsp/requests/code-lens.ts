import type { CodeLens } from 'vscode-languageserver/node';
import type { CredentialPlaceRecord, CredentialRecord } from '../../core/inventory/model.ts';
import { plainName } from '../../core/rules/words.ts';
import type { McpServer } from '../../core/servers.ts';
import { SHOW_PANEL_COMMAND } from '../../protocol/index.ts';
import { reachAndReason, STORED_HERE, STORED_WORDS } from '../../protocol/words.ts';
import type { Snapshot } from '../look.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/** textDocument/codeLens: scope and age of each secret, at the key of the server that gets it, from its entry or from its `.env` file. */
export async function codeLenses(session: Session, snapshot: Snapshot, uri: string): Promise<CodeLens[]> {
	// The lens runs a command of our own client; another editor would show a dead link.
	const isWanted = session.options.editor !== undefined && (await session.settings.of(uri)).codeLens;
	const current = isWanted ? await session.current(uri) : undefined;
	if (!current) return [];
	const converter = new Converter(current.document);
	const files = [...(session.knowledge.files.get(uri)?.envFiles ?? [])];
	return current.document.servers.flatMap((server) => {
		const own = files.filter(([pointer]) => pointer.startsWith(`${server.pointer}/`)).map(([, file]) => file.uri);
		const name = plainName(server.name);
		// Two entries of one name are told apart by where they stand, as Claude Code keeps them for each project.
		const isHere = (place: CredentialPlaceRecord) =>
			place.uri === uri
				? place.pointer.startsWith(`${server.pointer}/`)
				: place.server === name && own.includes(place.uri);
		const isWritten = (record: CredentialRecord) =>
			isWrittenIn(current, server, record) || record.places.some((place) => own.includes(place.uri));
		return snapshot.records
			.filter(({ places }) => places.some(isHere))
			.map((record) => ({
				range: converter.range(server.nameSpan),
				command: { title: lensText(record, isWritten(record)), command: SHOW_PANEL_COMMAND },
			}));
	});
}

/** Here and now: what was looked at may be older than the fix that took it out. */
function isWrittenIn({ analysis }: CurrentDocument, { pointer }: McpServer, { id }: CredentialRecord): boolean {
	return analysis.credentials.some((one) => one.fingerprint === id && one.server?.pointer === pointer);
}

function lensText(record: CredentialRecord, isHere: boolean): string {
	const { answer, scope, kindName, age, storage } = record;
	const issuer = plainName(record.issuerName);
	const what = record.issuerName === 'unknown' ? plainName(kindName) : issuer;
	const reach = reachAndReason({ issuer, scope, ...(answer ? { answer } : {}) });
	const old = age.text.startsWith('unknown') ? 'age unknown' : `${age.text} old`;
	const stored = storage.where === 'config' && !isHere ? STORED_HERE : STORED_WORDS[storage.where];
	return `$(key) ${what}: ${reach} · ${old} · ${stored}`;
}
