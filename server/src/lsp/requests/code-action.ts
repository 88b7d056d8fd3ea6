import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver/node';
import { overlaps, type Span } from '../../core/text.ts';
import { APPLY_FIX_COMMAND } from '../../protocol/index.ts';
import { type Offer, offersFor } from '../offers.ts';
import type { Session } from '../session.ts';

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
	const seen = new Set<string>();
	return current.analysis.findings.flatMap((finding) => {
		const { credential } = finding;
		if (!credential || !overlaps(finding.span, wanted)) return [];
		const key = `${credential.part.pointer} ${credential.fingerprint}`;
		if (seen.has(key)) return [];
		seen.add(key);
		const diagnostics = params.context.diagnostics.filter(
			(d) => d.source === 'mcp-hygiene' && isAbout(d.data, credential.part.pointer),
		);
		return offersFor(session, current, credential, finding.ruleId).map((offer) => toAction(offer, diagnostics));
	});
}

function isAbout(data: unknown, pointer: string): boolean {
	return typeof data === 'object' && data !== null && (data as { pointer?: unknown }).pointer === pointer;
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
