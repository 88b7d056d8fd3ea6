// Writes what follows from the code: the tables in docs/rules/README.md, docs/hosts.md and docs/issuers.md, the settings in package.json.
// With --check nothing is written; the names of the files that are out of date are printed, and the exit code is 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyEdits, modify } from 'jsonc-parser';
import { citationsOf } from '../server/src/core/report/citations.ts';
import { RULES } from '../server/src/core/rules/index.ts';
import type { Rule } from '../server/src/core/rules/rule.ts';
import { withHostsTable } from './hosts-table.ts';
import { withIssuerTables } from './issuer-tables.ts';

const root = new URL('../', import.meta.url);

/** A generated file, by its path from the root, and what makes the new text from the old. */
export const GENERATED: Readonly<Record<string, (text: string) => string>> = {
	'docs/hosts.md': (text) => withHostsTable(text),
	'docs/issuers.md': withIssuerTables,
	'docs/rules/README.md': withRulesTable,
	'package.json': withRuleSettings,
};

const BEGIN = '<!-- rules: begin, written by scripts/generate.ts -->\n';
const END = '<!-- rules: end -->';

/** @throws Error if the markers are gone. */
export function withRulesTable(text: string, rules: readonly Rule[] = RULES): string {
	const from = text.indexOf(BEGIN);
	const to = text.indexOf(END, from);
	if (from < 0 || to < 0)
		throw new Error('docs/rules/README.md has lost the lines between which the table of rules stands');
	return `${text.slice(0, from + BEGIN.length)}${rulesTable(rules)}${text.slice(to)}`;
}

function rulesTable(rules: readonly Rule[]): string {
	const rows = rules.map((rule) => {
		const grounds = citationsOf(rule).map(({ id, title, source }) => `[${id}](${source} "${title}")`);
		return `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.defaultLevel} | ${grounds.join(', ')} |`;
	});
	return `${['| rule | what it finds | level | rests on |', '|---|---|---|---|', ...rows].join('\n')}\n`;
}

const LEVELS = ['error', 'warning', 'note', 'off'];

/**
 * The setting `mcpHygiene.rules`, where the manifest has it: one property for each rule. None has a default, because a set
 * level is also the level of the findings that are in doubt.
 */
export function withRuleSettings(text: string, rules: readonly Rule[] = RULES): string {
	const path = settingPath(JSON.parse(text) as Manifest);
	if (!path) return text;
	const properties = Object.fromEntries(
		rules.map(({ id, title, defaultLevel }) => [
			id,
			{
				type: 'string',
				enum: LEVELS,
				description: `${title}. Without a level here a certain finding is ${withArticle(defaultLevel)}, a doubtful one less.`,
			},
		]),
	);
	const edits = modify(text, [...path, 'properties'], properties, {
		formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
	});
	return applyEdits(text, edits);
}

function withArticle(level: string): string {
	return level === 'error' ? 'an error' : `a ${level}`;
}

interface Configuration {
	readonly properties?: Readonly<Record<string, unknown>>;
}

interface Manifest {
	readonly contributes?: { readonly configuration?: Configuration | readonly Configuration[] };
}

const SETTING = 'mcpHygiene.rules';

/** A manifest holds one configuration, or a list of titled ones. */
function settingPath(manifest: Manifest): (string | number)[] | undefined {
	const configuration = manifest.contributes?.configuration;
	const list: readonly Configuration[] = Array.isArray(configuration)
		? configuration
		: configuration
			? [configuration as Configuration]
			: [];
	const at = list.findIndex(({ properties }) => properties !== undefined && SETTING in properties);
	if (at < 0) return undefined;
	return ['contributes', 'configuration', ...(Array.isArray(configuration) ? [at] : []), 'properties', SETTING];
}

/** The files that are out of date. With `write`, they are not any more. */
export function generate(write: boolean): string[] {
	return Object.entries(GENERATED).flatMap(([path, renew]) => {
		const file = new URL(path, root);
		const old = readFileSync(file, 'utf8');
		const text = renew(old);
		if (text === old) return [];
		if (write) writeFileSync(file, text);
		return [path];
	});
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const checkOnly = process.argv.includes('--check');
	const stale = generate(!checkOnly);
	if (checkOnly && stale.length > 0) {
		console.error(`Out of date: ${stale.join(', ')}. Run: npm run generate`);
		process.exitCode = 1;
	}
}
