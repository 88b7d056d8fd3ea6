import type { TextChange } from '../../core/text.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/**
 * Asks the editor to make the edit, for this text only. An editor compares versions, but a file that it does not hold open has
 * none, and a keychain may have waited for its person meanwhile. `unknown`: the editor did not answer, so it may have happened.
 */
export async function applyEdit(
	session: Session,
	current: CurrentDocument,
	changes: readonly TextChange[],
	label: string,
): Promise<EditOutcome> {
	return applyEdits(session, [{ current, changes }], label);
}

export type EditOutcome = 'applied' | 'rejected' | 'unknown';

export interface DocumentEdit {
	readonly current: CurrentDocument;
	readonly changes: readonly TextChange[];
}

/** The same for several documents: one step for the editor, and one to undo. */
export async function applyEdits(
	session: Session,
	edits: readonly DocumentEdit[],
	label: string,
): Promise<EditOutcome> {
	const documentChanges = [];
	for (const { current, changes } of edits) {
		const { uri, text } = current.document;
		const now = await session.current(uri);
		if (now?.document.text !== text) return 'rejected';
		const converted = new Converter(current.document).edits(changes);
		documentChanges.push({ textDocument: { uri, version: now.version }, edits: converted });
	}
	try {
		const { applied } = await session.connection.workspace.applyEdit({ label, edit: { documentChanges } });
		return applied ? 'applied' : 'rejected';
	} catch {
		return 'unknown';
	}
}
