import { nearest } from '../core/nearest.ts';
import { citationsOf } from '../core/report/citations.ts';
import { rulePage } from '../core/report/sarif.ts';
import { RULES, ruleById } from '../core/rules/index.ts';
import type { Rule } from '../core/rules/rule.ts';
import { type Command, EXIT } from './context.ts';
import { noPositionals, oneOf, parse, UsageError } from './usage.ts';

/** `rules`: every rule with its default level and its page; `rules ID`: what there is to say of one. */
export const rules: Command = async (args, context) => {
	const { values, positionals } = parse(args, { format: { type: 'string', default: 'text' } });
	const [id, ...more] = positionals;
	noPositionals(more, 'rules ID');
	const format = oneOf(values.format, ['text', 'json'], '--format');
	const chosen = id === undefined ? RULES : [named(id)];
	if (format === 'json') context.out(`${JSON.stringify(chosen.map(row), null, '\t')}\n`);
	else context.out(id === undefined ? table(chosen) : explained(chosen[0]!));
	return EXIT.ok;
};

/** @throws UsageError, which does not repeat what could be anything */
function named(id: string): Rule {
	const rule = ruleById(id);
	if (rule) return rule;
	const ids = RULES.map((one) => one.id);
	const meant = nearest(id, ids);
	throw new UsageError(
		`There is no such rule. ${meant ? `Did you mean ${meant}?` : '"mcp-hygiene rules" lists them.'}`,
	);
}

function row({ id, title, defaultLevel, cwe }: Rule) {
	return { id, level: defaultLevel, title, cwe, page: rulePage(id) };
}

function table(all: readonly Rule[]): string {
	const widest = Math.max(...all.map(({ id }) => id.length));
	return all.map(({ id, defaultLevel, title }) => `${id.padEnd(widest)} ${defaultLevel.padEnd(8)} ${title}\n`).join('');
}

function explained(rule: Rule): string {
	const fields = [
		['level', `${rule.defaultLevel} where the finding is certain, less where it is in doubt`],
		...citationsOf(rule).map(({ id, title }, i) => [i === 0 ? 'rests on' : '', `${id} ${title}`] as const),
		['page', `docs/rules/${rule.id}.md, ${rulePage(rule.id)}`],
		['change', `--rule ${rule.id}=error|warning|note|off, or mcpHygiene.rules in the editor`],
	] as const;
	return `${rule.id}: ${rule.title}\n${fields.map(([name, text]) => `  ${name.padEnd(8)} ${text}\n`).join('')}`;
}
