import { rulePage } from '../core/report/sarif.ts';
import { RULES } from '../core/rules/index.ts';
import { type Command, EXIT } from './context.ts';
import { noPositionals, oneOf, parse } from './usage.ts';

/** `rules`: every rule with its default level and its page. */
export const rules: Command = async (args, context) => {
	const { values, positionals } = parse(args, { format: { type: 'string', default: 'text' } });
	noPositionals(positionals, 'rules');
	const rows = RULES.map(({ id, title, defaultLevel, cwe }) => ({
		id,
		level: defaultLevel,
		title,
		cwe,
		page: rulePage(id),
	}));
	if (oneOf(values.format, ['text', 'json'], '--format') === 'json')
		context.out(`${JSON.stringify(rows, null, '\t')}\n`);
	else for (const { id, level, title } of rows) context.out(`${id.padEnd(28)} ${level.padEnd(8)} ${title}\n`);
	return EXIT.ok;
};
