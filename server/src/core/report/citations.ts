import type { Rule } from '../rules/rule.ts';
import data from './citations.json' with { type: 'json' };

/** A standard, list or specification that says why something is wrong. */
export interface Citation {
	/** "CWE-250", "NHI5:2025", "NIST AC-6" */
	readonly id: string;
	readonly title: string;
	/** Address of the page. */
	readonly source: string;
	/** When it was published, or, for pages that change, when it was read. */
	readonly date: string;
}

const BY_ID: ReadonlyMap<string, Citation> = new Map(data.citations.map((citation) => [citation.id, citation]));
const BY_RULE: Readonly<Record<string, readonly string[]>> = data.rules;

export function citationById(id: string): Citation | undefined {
	return BY_ID.get(id);
}

/** What a rule rests on: its weaknesses first, then the lists. Empty where none is exact. */
export function citationsOf(rule: Pick<Rule, 'id' | 'cwe'>): readonly Citation[] {
	const others = Object.hasOwn(BY_RULE, rule.id) ? BY_RULE[rule.id]! : [];
	return [...rule.cwe, ...others].flatMap((id) => BY_ID.get(id) ?? []);
}
