import type { CredentialRow } from './index.ts';

/** Short words about a secret: the same in the panel, the table and the code lens. */

export const LEVEL_WORDS: Readonly<Record<CredentialRow['level'], string>> = {
	error: 'Error',
	warning: 'Warning',
	note: 'Note',
	none: 'No finding',
};

const SCOPE_UNKNOWN = 'scope unknown';

/** How far it reaches. A format that only tells that there are scopes tells a person nothing. */
const BREADTH: Readonly<Record<CredentialRow['scope']['breadth'], string>> = {
	admin: 'admin rights',
	user: 'acts as you',
	project: 'one project or service',
	scoped: SCOPE_UNKNOWN,
	session: 'short-lived',
	unknown: SCOPE_UNKNOWN,
};

type Answer = NonNullable<CredentialRow['answer']>;

/** What is to be had from the issuer. */
const ANSWER: Readonly<Record<Answer, (issuer: string) => string>> = {
	dead: (issuer) => `rejected by ${issuer}`,
	silent: (issuer) => `${issuer} does not tell`,
	'no-question': (issuer) => `no safe way to ask ${issuer}`,
	unasked: (issuer) => `${issuer} not asked yet`,
	failed: (issuer) => `no answer from ${issuer}`,
};

/** Where a secret rests. */
export const STORED_WORDS: Readonly<Record<CredentialRow['storage']['where'], string>> = {
	config: 'in plain text',
	keychain: 'OS keychain',
	broker: 'secret manager',
};

/** Moved out of this config, while another one still has it. */
export const STORED_HERE = 'stored, in plain text elsewhere';

/** `issuer` is its name for people. */
export type Reach = Pick<CredentialRow, 'answer' | 'issuer' | 'scope'>;

export function breadthWords({ scope }: Reach): string {
	return BREADTH[scope.breadth];
}

/** Its format does not tell what it may do. */
export function isHidden({ scope }: Reach): boolean {
	return scope.breadth === 'scoped' || scope.breadth === 'unknown';
}

/** Why no scope is known, where nothing else says how far the token reaches; or that there is no token any more. */
export function answerWords(reach: Reach): string | undefined {
	const { answer, issuer } = reach;
	if (answer === undefined) return undefined;
	return isHidden(reach) || answer === 'dead' || answer === 'failed' ? ANSWER[answer](issuer) : undefined;
}

/** The reach in a few words: what its format hides may have been told. */
export function reachWords(reach: Reach): string {
	if (reach.answer === 'dead') return ANSWER.dead(reach.issuer);
	const { chips = [] } = reach.scope;
	const granted = chips.filter(({ kind }) => kind !== 'unknown').length;
	const excess = chips.filter(({ kind }) => kind === 'excess').length;
	const words = isHidden(reach) && granted > 0 ? scopeCount(granted) : breadthWords(reach);
	return excess > 0 ? `${words}, ${scopeCount(excess)} not needed` : words;
}

/** With the reason, where there is room: "scope unknown (Slack does not tell)". */
export function reachAndReason(reach: Reach): string {
	const words = reachWords(reach);
	const reason = reach.answer === 'dead' ? undefined : answerWords(reach);
	return reason === undefined ? words : `${words} (${reason})`;
}

function scopeCount(count: number): string {
	return `${count} scope${count === 1 ? '' : 's'}`;
}
