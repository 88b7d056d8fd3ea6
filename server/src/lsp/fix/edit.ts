import type { TextChange } from '../../core/text.ts';
import type { CurrentDocument, Session } from '../session.ts';
import { Converter } from '../to-lsp.ts';

/** Asks the editor to make the edit, for this version only. `unknown`: the editor did not answer, so it may have happened. */
export async function applyEdit(
	session: Session,
	current: CurrentDocument,
	changes: readonly TextChange[],
	label: string,
): Promise<'applied' | 'rejected' | 'unknown'> {
	const { uri } = current.document;
	const edits = new Converter(current.document).edits(changes);
	try {
		const { applied } = await session.connection.workspace.applyEdit({
			label,
			edit: { documentChanges: [{ textDocument: { uri, version: current.version }, edits }] },
		});
		return applied ? 'applied' : 'rejected';
	} catch {
		return 'unknown';
	}
}
