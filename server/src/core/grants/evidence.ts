import { DAY } from '../dates.ts';

/** How old a credential is, and who says so. Times are epoch milliseconds. */
export interface AgeEvidence {
	/** When the credential came to be, or was first seen. */
	readonly since: number;
	/** `exact`: the issuer or the token says when it was made. `at-least`: it existed by then and may be older. */
	readonly precision: 'exact' | 'at-least';
	readonly source: 'token' | 'issuer' | 'index' | 'git' | 'file';
	/** For people: "the token's own iat claim", "git: first seen in commit 1a2b3c4". */
	readonly detail: string;
}

/** Best first: what the token or issuer says, then our own index, then git, then file times. Within one rank the oldest wins. */
const RANK: Record<AgeEvidence['source'], number> = { issuer: 0, token: 1, index: 2, git: 3, file: 4 };

/**
 * The evidence to show. An exact date wins; among lower bounds the oldest says the most, because each is "at least".
 */
export function bestAge(evidence: readonly AgeEvidence[]): AgeEvidence | undefined {
	const exact = evidence.filter((e) => e.precision === 'exact').toSorted((a, b) => RANK[a.source] - RANK[b.source])[0];
	if (exact) return exact;
	return evidence.filter((e) => e.source !== 'file').toSorted((a, b) => a.since - b.since)[0] ?? evidence[0];
}

export function daysOld(evidence: AgeEvidence, now: number): number {
	return Math.max(0, Math.floor((now - evidence.since) / DAY));
}

/** "412 days", "at least 30 days", "unknown". */
export function ageText(evidence: AgeEvidence | undefined, now: number): string {
	if (!evidence) return 'unknown';
	const days = daysOld(evidence, now);
	const amount = days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
	if (evidence.precision === 'exact') return amount;
	return days === 0 ? 'unknown, first seen today' : `at least ${amount}`;
}
