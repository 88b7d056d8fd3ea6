import type { CodeLens } from 'vscode-languageserver/node';
import type { CredentialRecord } from '../../core/inventory.ts';
import type { Breadth } from '../../core/issuers/issuer.ts';
import { count } from '../../core/report/words.ts';
import { plainName } from '../../core/rules/words.ts';
import { SHOW_PANEL_COMMAND } from '../../protocol/index.ts';
import type { Snapshot } from '../knowledge.ts';
import type { Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

const BREADTH: Readonly<Record<Breadth, string>> = {
	admin: 'administers',
	user: 'acts as you',
	project: 'one project',
	scoped: 'scopes not visible',
	session: 'short-lived',
	unknown: 'scope unknown',
};

/** textDocument/codeLens: scope and age of each secret, at the key of the server that gets it. */
export async function codeLenses(session: Session, snapshot: Snapshot, uri: string): Promise<CodeLens[]> {
	// The lens runs a command of our own client; another editor would show a dead link.
	const isWanted = session.options.editor !== undefined && (await session.settings.of(uri)).codeLens;
	const current = isWanted ? await session.current(uri) : undefined;
	if (!current) return [];
	const converter = new Converter(current.document);
	return current.document.servers.flatMap((server) =>
		snapshot.records
			.filter((record) => record.places.some((place) => place.uri === uri && place.server === server.name))
			.map((record) => ({
				range: converter.range(server.nameSpan),
				command: { title: lensText(record), command: SHOW_PANEL_COMMAND },
			})),
	);
}

/** What its format hides may have been told. */
function reachText({ breadth, chips = [] }: CredentialRecord['scope']): string {
	const granted = chips.filter(({ kind }) => kind !== 'unknown').length;
	const excess = chips.filter(({ kind }) => kind === 'excess').length;
	const isTold = granted > 0 && (breadth === 'scoped' || breadth === 'unknown');
	const reach = isTold ? count(granted, 'scope') : BREADTH[breadth];
	return excess > 0 ? `${reach}, ${excess} not needed` : reach;
}

function lensText({ issuerName, kindName, scope, age, storage }: CredentialRecord): string {
	const what = issuerName === 'unknown' ? kindName : issuerName;
	const old = age.text.startsWith('unknown') ? 'age unknown' : `${age.text} old`;
	const where =
		storage.where === 'config' ? 'in plain text' : storage.where === 'keychain' ? 'OS keychain' : 'secret manager';
	return `$(key) ${plainName(what)}: ${reachText(scope)} · ${old} · ${where}`;
}
