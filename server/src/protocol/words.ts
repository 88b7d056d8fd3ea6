import type { CredentialRow } from './index.ts';

/** Short words about a secret: the same in the panel, the table and the code lens. */

export const LEVEL_WORDS: Readonly<Record<CredentialRow['level'], string>> = {
	error: 'Error',
	warning: 'Warning',
	note: 'Note',
	none: 'No finding',
};

const BREADTH: Readonly<Record<CredentialRow['scope']['breadth'], string>> = {
	admin: 'administers',
	user: 'acts as you',
	project: 'one project',
	scoped: 'scopes not visible',
	session: 'short-lived',
	unknown: 'scope unknown',
};

type Answer = NonNullable<CredentialRow['answer']>;

const ANSWER: Readonly<Record<Answer, string>> = {
	dead: 'dead',
	silent: 'issuer does not tell',
	'no-question': 'no question known',
	unasked: 'not asked yet',
	failed: 'asked, no answer',
};

/** Where a secret rests. */
export const STORED_WORDS: Readonly<Record<CredentialRow['storage']['where'], string>> = {
	config: 'in plain text',
	keychain: 'OS keychain',
	broker: 'secret manager',
};

type Reach = Pick<CredentialRow, 'answer' | 'scope'>;

export function breadthWords({ scope }: Reach): string {
	return BREADTH[scope.breadth];
}

/** Its format does not tell what it may do. */
export function isHidden({ scope }: Reach): boolean {
	return scope.breadth === 'scoped' || scope.breadth === 'unknown';
}

/** What stands where a scope would: why none is known, where nothing else says how far the token reaches. */
export function answerWords(reach: Reach): string | undefined {
	const { answer } = reach;
	if (answer === undefined) return undefined;
	return isHidden(reach) || answer === 'dead' || answer === 'failed' ? ANSWER[answer] : undefined;
}

/** The reach in a few words, for a line: what its format hides may have been told, or there is a word on why not. */
export function reachWords(reach: Reach): string {
	if (reach.answer === 'dead') return ANSWER.dead;
	const { chips = [] } = reach.scope;
	const granted = chips.filter(({ kind }) => kind !== 'unknown').length;
	const excess = chips.filter(({ kind }) => kind === 'excess').length;
	const isTold = isHidden(reach) && granted > 0;
	const words = isTold ? scopeCount(granted) : (answerWords(reach) ?? breadthWords(reach));
	return excess > 0 ? `${words}, ${scopeCount(excess)} not needed` : words;
}

function scopeCount(count: number): string {
	return `${count} scope${count === 1 ? '' : 's'}`;
}
