import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { answerWords, breadthWords, isHidden } from '../../server/src/protocol/words.ts';

/** What stands in the scope column of a row. Pure, so that it is tested without a browser. */

export interface Chip {
	readonly text: string;
	/** A class of the style sheet. */
	readonly look: string;
	/** What the look says, in words: for the pointer and for a screen reader. */
	readonly words: string;
	/** Looks are told apart without their colours. */
	readonly icon?: string;
}

type ScopeChip = NonNullable<CredentialRow['scope']['chips']>[number];

const KINDS: Readonly<Record<ScopeChip['kind'], { readonly words: string; readonly icon?: string }>> = {
	excess: { words: 'granted, but needed by no enabled tool', icon: 'warning' },
	granted: { words: 'granted' },
	needed: { words: 'needed', icon: 'check' },
	unknown: { words: 'needed; whether it is granted is not known', icon: 'question' },
};

const MAX_SCOPES = 4;

export function chipsOf(row: CredentialRow): readonly Chip[] {
	const { breadth, chips = [], text, evidence } = row.scope;
	const shown = chips.map((chip): Chip => ({ text: chip.text, look: chip.kind, ...KINDS[chip.kind] }));
	const more = shown.slice(MAX_SCOPES).map((chip) => chip.text);
	const reach: Chip = { text: breadthWords(row), look: breadth, words: `${text} (${evidence})` };
	const why = whyChip(row);
	// What its format hides was told, or there is a word on why not.
	const isAnswered = why !== undefined || chips.some(({ kind }) => kind !== 'unknown');
	return [
		...(why ? [why] : []),
		...((isHidden(row) && isAnswered) || row.answer === 'dead' ? [] : [reach]),
		...shown.slice(0, MAX_SCOPES),
		...(more.length > 0 ? [{ text: `+${more.length}`, look: 'more', words: more.join(', ') }] : []),
	];
}

function whyChip(row: CredentialRow): Chip | undefined {
	const text = answerWords(row);
	const { answer } = row;
	if (text === undefined || answer === undefined) return undefined;
	if (answer === 'dead') return { text, look: answer, words: row.scope.evidence, icon: 'circle-slash' };
	return { text, look: answer, words: `scope unknown: ${row.scope.evidence}`, icon: 'question' };
}
