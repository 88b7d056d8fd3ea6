import type { CredentialRow } from '../../../server/src/protocol/index.ts';
import { oneLine, shortPath } from '../panel/words.ts';

/** The inventory as a file to hand on. Rows hold no secret, so neither does it. */
export type ExportFormat = 'csv' | 'json' | 'markdown';

interface Flat {
	readonly issuer: string;
	readonly kind: string;
	readonly label: string;
	readonly level: string;
	readonly scope: string;
	readonly needed: string;
	/** Granted, and needed by no enabled tool. */
	readonly excess: string;
	readonly age: string;
	readonly expires: string;
	readonly lastUsed: string;
	readonly stored: string;
	readonly used: string;
}

const COLUMNS: readonly (keyof Flat)[] = [
	'issuer',
	'kind',
	'label',
	'level',
	'scope',
	'needed',
	'excess',
	'age',
	'expires',
	'lastUsed',
	'stored',
	'used',
];

export function exported(rows: readonly CredentialRow[], format: ExportFormat): string {
	const flat = rows.map(flatten);
	if (format === 'json') return `${JSON.stringify(flat, undefined, '\t')}\n`;
	const lines = [COLUMNS.map(String), ...flat.map((row) => COLUMNS.map((column) => row[column]))];
	if (format === 'csv') return `${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
	const [head, ...body] = lines.map((line) => `| ${line.map(markdownCell).join(' | ')} |`);
	return `${[head, `|${' --- |'.repeat(COLUMNS.length)}`, ...body].join('\n')}\n`;
}

function flatten(row: CredentialRow): Flat {
	const used = row.places.map(
		({ uri, range, server, position }) =>
			`${shortPath(uri)}:${range.start.line + 1}${server ? ` server ${server}` : ''} ${position}`,
	);
	return {
		issuer: oneLine(row.issuer),
		kind: oneLine(row.kind),
		label: oneLine(row.label),
		level: row.level,
		scope: oneLine(row.scope.text),
		needed: oneLine(row.scope.need ?? 'unknown'),
		excess: oneLine(excessWords(row)),
		age: oneLine(row.age.text),
		expires: row.expires ?? 'unknown',
		lastUsed: row.lastUsed ?? 'unknown',
		stored: oneLine(row.storage.text),
		used: used.map(oneLine).join('; '),
	};
}

/** `none` only where the scopes were compared with a need. */
function excessWords({ scope: { chips = [] } }: CredentialRow): string {
	const excess = chips.flatMap(({ text, kind }) => (kind === 'excess' ? text : []));
	if (excess.length > 0) return excess.join(', ');
	return chips.some(({ kind }) => kind === 'needed') ? 'none' : 'unknown';
}

/** A cell that starts like a formula is run by spreadsheets; an apostrophe makes it text. */
function csvCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function markdownCell(text: string): string {
	return text.replace(/[\\|`*_<>[\]]/g, '\\$&');
}
