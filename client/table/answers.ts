import type { CredentialRow } from '../../server/src/protocol/index.ts';

type Answer = NonNullable<CredentialRow['answer']>;

const WORDS: Readonly<Record<Answer, string>> = {
	dead: 'dead',
	silent: 'issuer does not tell',
	'no-question': 'no question known',
	unasked: 'not asked yet',
	failed: 'asked, no answer',
};

/** What stands where a scope would: why none is known, where nothing else says how far the token reaches. */
export function answerWords({ answer, scope }: CredentialRow): string | undefined {
	if (answer === undefined) return undefined;
	const isHidden = scope.breadth === 'unknown' || scope.breadth === 'scoped';
	return isHidden || answer === 'dead' || answer === 'failed' ? WORDS[answer] : undefined;
}
