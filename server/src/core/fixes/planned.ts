import { LAUNCHER_NAME } from '../bindings/launcher-use.ts';
import type { SecretValue } from '../secret-value.ts';
import type { ConfigNode } from '../syntax/tree.ts';
import { contains, type TextChange } from '../text.ts';
import type { WritableEntry } from './entry-writer.ts';
import type { Refusal, Target } from './target.ts';
import { readsAs, UNFOLLOWED, type Wanted } from './trial.ts';

/** Everything that the fix needs besides the store: what to store, and what to change once it is stored. */
export interface MovePlan {
	readonly target: Target;
	/** The exact text to store: the whole value, which may be more than the secret in it. */
	readonly stored: SecretValue;
	/** The edit that puts this reference in place and lets the launcher start the server. */
	changes(reference: string, launcher: string): readonly TextChange[];
	/**
	 * Tries the edit on text that is thrown away: why it is not to be made after all, because this entry is spelled in a way in
	 * which it would do too little or too much. Reads the whole text again, so it is asked when the fix is chosen.
	 */
	tried(): Refusal | undefined;
	/** What stays imperfect after the move, for people; absent when nothing does. */
	readonly caveat?: string;
}

export interface Draft {
	/** The edit; with a gap where the writer does not follow the entry's spelling. */
	build(reference: string, launcher: string): readonly (TextChange | undefined)[];
	/** How the entry has to read afterwards. */
	wanted(reference: string, launcher: string): Wanted;
	readonly caveat?: string;
}

/** @param touched what the edit changes: none of it may be used elsewhere as well */
export function planned(
	{ document, server }: WritableEntry,
	target: Target,
	touched: readonly (ConfigNode | undefined)[],
	{ build, wanted, caveat }: Draft,
): MovePlan | Refusal {
	const shared = document.tree.shared ?? [];
	if (touched.some((node) => node && shared.some((span) => contains(span, node.span)))) return { refused: SHARED };
	return {
		target,
		stored: target.stored,
		changes: (reference, launcher) => build(reference, launcher).filter(isThere),
		tried: () => {
			const edit = build(...TRIED);
			const isGood = edit.every(isThere) && readsAs(document, server, edit, wanted(...TRIED));
			return isGood ? undefined : { refused: UNFOLLOWED };
		},
		...(caveat ? { caveat } : {}),
	};
}

const TRIED = ['cred://keychain/a', LAUNCHER_NAME] as const;
const SHARED =
	'It stands behind an anchor (`&name`) that is used in several places, and an edit would change them all. Write this entry out first.';

export function isThere<T>(value: T | undefined): value is T {
	return value !== undefined;
}
