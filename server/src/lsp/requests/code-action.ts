import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import type { Credential, Finding } from '../../core/finding.ts';
import { mendOf } from '../../core/fixes/mend.ts';
import { plainPointer } from '../../core/names-shown.ts';
import { overlaps, type Span } from '../../core/text.ts';
import { APPLY_FIX_COMMAND, DECLARE_COMMAND, type DeclareSubject, IGNORE_COMMAND } from '../../protocol/index.ts';
import { blockedBecause, DECLARE_TITLE, ignoreRequest, type Offer, offersFor } from '../offers.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/**
 * textDocument/codeAction: the ways out for the secrets under the cursor. An action carries a command whose argument names
 * the place; the edit is built only when it is chosen, so no secret and no edit lies in the editor's memory before.
 */
export async function codeActions(session: Session, params: CodeActionParams): Promise<CodeAction[]> {
	const only = params.context.only;
	if (only && !only.some((kind) => CodeActionKind.QuickFix === kind || kind === '')) return [];
	const current = await session.current(params.textDocument.uri);
	const open = session.documents.get(params.textDocument.uri);
	if (!current || !open) return [];
	const wanted: Span = { start: open.offsetAt(params.range.start), end: open.offsetAt(params.range.end) + 1 };
	const here = current.analysis.findings.filter(({ span }) => overlaps(span, wanted));
	return [
		...mends(session, current, here, params),
		...fixes(session, current, here, params),
		...declarations(session, current, here),
		...ignores(session, current, here, params),
	];
}

/** What a message dictates, as an edit that any editor makes by itself. */
function mends(
	session: Session,
	current: CurrentDocument,
	findings: readonly Finding[],
	params: CodeActionParams,
): CodeAction[] {
	if (blockedBecause(session, current)) return [];
	const { document, version } = current;
	return findings.flatMap((finding): CodeAction[] => {
		const mend = mendOf(document, finding);
		if (!mend) return [];
		const edits = new Converter(document).edits(mend.changes);
		return [
			{
				title: mend.title,
				kind: CodeActionKind.QuickFix,
				isPreferred: true,
				diagnostics: diagnosticsOf(params, finding.ruleId),
				edit: { documentChanges: [{ textDocument: { uri: document.uri, version }, edits }] },
			},
		];
	});
}

function diagnosticsOf({ context }: CodeActionParams, ruleId: string): Diagnostic[] {
	return context.diagnostics.filter(({ source, code }) => source === 'mcp-hygiene' && code === ruleId);
}

function fixes(
	session: Session,
	current: CurrentDocument,
	findings: readonly Finding[],
	params: CodeActionParams,
): CodeAction[] {
	if (findings.some(({ ruleId }) => ABOUT_THE_FILE.has(ruleId))) return movesOf(session, current, params);
	const seen = new Set<string>();
	return findings.flatMap((finding) => {
		const { credential } = finding;
		// No launcher reads a comment: what is left is to delete it.
		if (finding.ruleId === 'commented-out-credential') return [];
		if (!credential)
			return [...envFileMoves(session, current, finding, params), ...signIn(session, current, finding, params)];
		const key = `${credential.part.pointer} ${credential.fingerprint}`;
		if (seen.has(key)) return [];
		seen.add(key);
		const diagnostics = params.context.diagnostics.filter(
			(d) => d.source === 'mcp-hygiene' && isAbout(d.data, credential.part.pointer),
		);
		return offersFor(session, current, credential, finding.ruleId).map((offer) => toAction(offer, diagnostics));
	});
}

/** A finding about the whole file is done with when its secrets are gone: the best way out for each of the first ones. */
const ABOUT_THE_FILE: ReadonlySet<string> = new Set(['tracked-config', 'world-readable-config', 'synced-config']);
const MOST_MOVES = 5;

function movesOf(session: Session, current: CurrentDocument, params: CodeActionParams): CodeAction[] {
	const isEnvFile = current.document.dialect.format === 'dotenv';
	const credentials = current.analysis.credentials.filter((credential) => credential.server || isEnvFile);
	const diagnostics = params.context.diagnostics.filter((d) => ABOUT_THE_FILE.has(String(d.code)));
	return firstMoves(session, current, credentials, 'inlined-credential', diagnostics);
}

function firstMoves(
	session: Session,
	current: CurrentDocument,
	credentials: readonly Credential[],
	ruleId: string,
	diagnostics: CodeAction['diagnostics'],
): CodeAction[] {
	return credentials
		.slice(0, MOST_MOVES)
		.map((credential) => offersFor(session, current, credential, ruleId)[0]!)
		.map((offer) => toAction({ ...offer, isPreferred: false }, diagnostics));
}

/** Where a config names a `.env` file: the best way out for each of the first secrets in that file. */
function envFileMoves(
	session: Session,
	{ document }: CurrentDocument,
	{ ruleId, pointer }: Finding,
	params: CodeActionParams,
): CodeAction[] {
	const named = session.knowledge.files.get(document.uri)?.envFiles?.get(pointer);
	const file = ruleId === 'credential-in-env-file' && named && session.knowledge.envFiles.get(named.uri)?.current;
	if (!file) return [];
	const current = { ...file, version: session.documents.get(named.uri)?.version ?? null };
	const diagnostics = diagnosticsOf(params, ruleId);
	return firstMoves(session, current, file.analysis.credentials, ruleId, diagnostics);
}

/** Where a server is advised to sign in: the edit that does it, which takes the token away. */
function signIn(
	session: Session,
	current: CurrentDocument,
	{ ruleId, pointer }: Finding,
	params: CodeActionParams,
): CodeAction[] {
	if (ruleId !== 'oauth-available') return [];
	const offer = current.analysis.credentials
		.filter(({ server }) => server?.pointer === pointer)
		.flatMap((credential) => offersFor(session, current, credential, ruleId))
		.find(({ request }) => request.way === 'oauth');
	return offer ? [toAction(offer, diagnosticsOf(params, ruleId))] : [];
}

/** Where its issuer has not told everything, a person may know what a token can do. Only our own client can ask them. */
function declarations(session: Session, current: CurrentDocument, findings: readonly Finding[]): CodeAction[] {
	if (blockedBecause(session, current) || session.options.editor === undefined) return [];
	const credentials = new Set(findings.flatMap(({ credential }) => credential ?? []));
	return [...credentials]
		.filter((one) => !isTold(session, one.fingerprint))
		.map((credential) => {
			const title = DECLARE_TITLE;
			const about: DeclareSubject = {
				uri: current.document.uri,
				pointer: plainPointer(credential.part.pointer),
				fingerprint: session.stamp(credential),
			};
			return { title, kind: CodeActionKind.QuickFix, command: { title, command: DECLARE_COMMAND, arguments: [about] } };
		});
}

function isTold({ knowledge }: Session, fingerprint: string): boolean {
	const outcome = knowledge.grants.get(fingerprint);
	return outcome?.state === 'told' && outcome.grant.precision === 'known';
}

/** What is fine can be accepted, with a reason. */
function ignores(
	session: Session,
	current: CurrentDocument,
	findings: readonly Finding[],
	params: CodeActionParams,
): CodeAction[] {
	return findings.flatMap((finding): CodeAction[] => {
		const request = ignoreRequest(session, current, finding);
		if (!request) return [];
		const title = `Ignore ${finding.ruleId} here, with a reason`;
		return [
			{
				title,
				kind: CodeActionKind.QuickFix,
				diagnostics: diagnosticsOf(params, finding.ruleId),
				command: { title, command: IGNORE_COMMAND, arguments: [request] },
			},
		];
	});
}

function isAbout(data: unknown, pointer: string): boolean {
	return typeof data === 'object' && data !== null && (data as { pointer?: unknown }).pointer === plainPointer(pointer);
}

function toAction(offer: Offer, diagnostics: CodeAction['diagnostics']): CodeAction {
	const base = { title: offer.title, kind: CodeActionKind.QuickFix, ...(diagnostics ? { diagnostics } : {}) };
	if (offer.refused) return { ...base, disabled: { reason: offer.refused } };
	return {
		...base,
		isPreferred: offer.isPreferred,
		command: { title: offer.title, command: APPLY_FIX_COMMAND, arguments: [offer.request] },
	};
}
