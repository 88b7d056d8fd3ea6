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
): Promise<'applied' | 'rejected' | 'unknown'> {
	const { uri } = current.document;
	const now = await session.current(uri);
	if (now?.document.text !== current.document.text) return 'rejected';
	const edits = new Converter(current.document).edits(changes);
	try {
		const { applied } = await session.connection.workspace.applyEdit({
			label,
			edit: { documentChanges: [{ textDocument: { uri, version: now.version }, edits }] },
		});
		return applied ? 'applied' : 'rejected';
	} catch {
		return 'unknown';
	}
}
