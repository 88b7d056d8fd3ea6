// The table of hosts in docs/hosts.md, from the dialects.
import type { Dialect, FilePlace } from '../server/src/core/dialects/dialect.ts';
import { UNDOCUMENTED } from '../server/src/core/dialects/forms.ts';
import { DIALECTS } from '../server/src/core/dialects/index.ts';

const BEGIN = '<!-- hosts: begin, written by scripts/generate.ts -->\n';
const END = '<!-- hosts: end -->';

/** @throws Error if the markers are gone. */
export function withHostsTable(text: string, dialects: readonly Dialect[] = DIALECTS): string {
	const from = text.indexOf(BEGIN);
	const to = text.indexOf(END, from);
	if (from < 0 || to < 0) throw new Error('docs/hosts.md has lost the lines between which the table of hosts stands');
	return `${text.slice(0, from + BEGIN.length)}${hostsTable(dialects)}${text.slice(to)}`;
}

function hostsTable(dialects: readonly Dialect[]): string {
	const rows = dialects
		.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
		.map((dialect) =>
			[
				dialect.name,
				files(dialect.files),
				format(dialect),
				...resolution(dialect),
				ENVIRONMENT[dialect.environment],
			].join(' | '),
		);
	const head = 'host | files | written in | resolves | unset becomes | a server’s environment';
	return `${[`| ${head} |`, '|---|---|---|---|---|---|', ...rows.map((row) => `| ${row} |`)].join('\n')}\n`;
}

const ENVIRONMENT: Readonly<Record<Dialect['environment'], string>> = {
	full: 'the host’s',
	'without-secrets': 'the host’s without secrets',
	'safe-list': 'a short list',
	unknown: 'not documented',
};

/** What is filled in, and what becomes of a variable that is not set. */
function resolution({ references, unset }: Dialect): [string, string] {
	if (references.length === 0) return ['nothing', ''];
	if (UNDOCUMENTED.every((form) => references.includes(form))) return ['not documented', ''];
	return [[...new Set(references.map(({ example }) => code(example)))].join(' '), unset];
}

/** The other products and the far sides of VS Code, which the text above the table tells of once. */
const REPEATED =
	/^(?:(?!Code\/)[\w -]{1,32}\/User\/(?:globalStorage|profiles|mcp\.json$|settings\.json$)|\.(?:vscode|vscodium)-(?:server|remote)|\.local\/share\/code-server)/;

function files(places: readonly FilePlace[]): string {
	const shown = places.filter(({ path }) => !REPEATED.test(path) || /^Trae[^/]*\/User\/mcp/.test(path));
	return [...new Set(shown.map(place))].map(code).join('<br>') || 'told by what it holds';
}

function place({ scope, base, path, os }: FilePlace): string {
	const where = scope === 'workspace' ? '' : { home: '~/', config: '<settings>/', root: '/' }[base ?? 'home'];
	return `${where}${path}${os ? ` (${OS[os]})` : ''}`;
}

const OS = { linux: 'Linux', macos: 'macOS', windows: 'Windows' } as const;

function format({ format, syntax }: Dialect): string {
	if (format === 'dotenv') return '`NAME=value` lines';
	if (format && format !== 'json') return format.toUpperCase();
	return syntax.comments ? 'JSON with comments' : 'JSON';
}

function code(text: string): string {
	return `\`${text.replaceAll('|', '\\|')}\``;
}
