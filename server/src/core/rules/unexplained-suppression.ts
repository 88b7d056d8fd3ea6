import { type IgnoreComment, ignoreComments } from '../accepted/suppressions.ts';
import type { ConfigDocument } from '../document.ts';
import type { Rule } from './rule.ts';
import { listWords } from './words.ts';

/** A comment that asks to ignore findings, and does not count. `known` tells which rules there are. */
export function unexplainedSuppression(known: (ruleId: string) => boolean): Rule {
	return {
		id: 'unexplained-suppression',
		title: 'A comment that ignores findings does not count',
		defaultLevel: 'warning',
		cwe: [],
		*check({ document }) {
			for (const comment of ignoreComments(document)) {
				const problem = problemOf(comment, document, known);
				if (problem) yield { span: comment.span, pointer: '', message: problem };
			}
		},
	};
}

function problemOf(
	{ rules, reason }: IgnoreComment,
	{ dialect }: ConfigDocument,
	known: (ruleId: string) => boolean,
): string | undefined {
	if (!dialect.syntax.comments)
		return `This comment ignores nothing: ${listWords(dialect.readers) || dialect.name} may not read a file with comments. Remove it, and accept the finding in the baseline (the light bulb writes it).`;
	if (rules.length === 0)
		return 'This comment ignores nothing, because it names no rule. Write mcp-hygiene-ignore, the id of the rule, two dashes, and the reason.';
	if (!rules.every(known))
		return 'This comment names a rule that does not exist. The id stands behind each finding, and "mcp-hygiene rules" lists them.';
	return reason === ''
		? 'This comment ignores nothing, because it gives no reason. Write two dashes and the reason behind the rule.'
		: undefined;
}
