import type { ProbeOutcome, Silence } from '../grants/grant.ts';
import type { CredentialRecord, InventoryInput, IssuerAnswer } from './model.ts';

export interface Answered {
	readonly answer: IssuerAnswer;
	/** For people, with source and date, without a full stop; absent where the outcome itself says it. */
	readonly text?: string;
}

/** Undefined where scopes were told, and where nobody can say whose the secret is. */
export function answerOf(
	{ kind, issuer, issuerName }: Pick<CredentialRecord, 'kind' | 'issuer' | 'issuerName'>,
	outcome: ProbeOutcome | undefined,
	silenceOf: InventoryInput['silenceOf'],
): Answered | undefined {
	if (outcome) return told(outcome, issuerName);
	if (!silenceOf || isNobodys(issuer)) return undefined;
	const silence = silenceOf(kind, issuer);
	if (!silence) return { answer: 'unasked', text: `${issuerName} can be asked about it, and was not` };
	return { answer: silence.source === undefined ? 'no-question' : 'silent', text: silenceText(silence) };
}

/** Such tokens may come from anywhere, or from a server that only the entry could name. */
export function isNobodys(issuer: string): boolean {
	return NOBODY.has(issuer);
}

const NOBODY: ReadonlySet<string> = new Set(['unknown', 'unidentified', 'jwt']);

function told(outcome: ProbeOutcome, issuerName: string): Answered | undefined {
	switch (outcome.state) {
		case 'told': {
			const { precision, access } = outcome.grant;
			const isSilent = precision === 'unknown' && access === undefined;
			return isSilent ? { answer: 'silent', text: `${issuerName} does not tell its scopes` } : undefined;
		}
		case 'invalid':
			return { answer: 'dead' };
		case 'not-told':
			return { answer: 'silent' };
		default:
			return { answer: 'failed' };
	}
}

const SURVEYED = '2026-11';

function silenceText({ why, source }: Silence): string {
	return `${why.replace(/\.$/, '')} (${source ?? `as of ${SURVEYED}`})`;
}
