import { readFacts } from './facts.ts';
import { issuerById } from './index.ts';
import type { ChecksumGrade, Classification, Confidence, TokenKind } from './issuer.ts';

/** A guess before overlaps are settled; the higher rank wins, then the longer. */
export interface Candidate {
	readonly rank: number;
	readonly classification: Classification;
}

export const RANK = { format: 5, hinted: 4, structure: 3, fallbackFormat: 2, loose: 2, generic: 1 } as const;

export function classification(
	kind: TokenKind,
	from: number,
	to: number,
	confidence: Confidence,
	checksum: ChecksumGrade,
	token?: string,
): Classification {
	const inside = kind.facts && token ? readFacts(kind.facts, token) : undefined;
	return {
		issuer: kind.issuer,
		issuerName: issuerById(kind.issuer).name,
		kind,
		from,
		to,
		checksum,
		confidence: kind.ceiling ?? confidence,
		...(inside ? { inside } : {}),
	};
}
