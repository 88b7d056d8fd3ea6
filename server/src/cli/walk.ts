import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIALECTS, dialectFor } from '../core/dialects/index.ts';
import { type IgnoreRule, isIgnored, parseIgnore } from './ignore.ts';

/** Folders that hold what others wrote, or what tools made. */
const NEVER_ENTERED: ReadonlySet<string> = new Set([
	'node_modules',
	'bower_components',
	'.git',
	'.hg',
	'.svn',
	'.jj',
	'.venv',
	'venv',
	'.tox',
	'.nox',
	'__pycache__',
	'site-packages',
	'.gradle',
	'.terraform',
	'.yarn',
	'.pnpm-store',
	'.next',
	'.nuxt',
]);

/** The hidden folders that hosts keep configs in; looked at even where a `.gitignore` names them. */
const HOST_FOLDERS: ReadonlySet<string> = new Set(
	DIALECTS.flatMap((dialect) => dialect.files.map((place) => place.path.split('/')[0]!)).filter((name) =>
		name.startsWith('.'),
	),
);

/** The last segments of every known place, as endings to compare: cheap, before the dialect table is asked. */
const ENDINGS: readonly string[] = [
	...new Set([
		...DIALECTS.flatMap((dialect) =>
			dialect.files.map((place) => place.path.slice(place.path.lastIndexOf('/') + 1).replace('*', '')),
		),
		'mcp.json',
	]),
];

/**
 * The MCP configs below a folder, sorted. One `readdir` a folder and nothing for a file; symbolic links to folders are not
 * followed. A folder that cannot be read is left out.
 *
 * @param home tells a person's own configs from a project's.
 */
export function findConfigs(folder: string, home: string): string[] {
	const found: string[] = [];
	visit(folder, '', [], { found, home });
	return found.toSorted();
}

interface Walk {
	readonly found: string[];
	readonly home: string;
}

function visit(folder: string, relative: string, inherited: readonly IgnoreRule[], walk: Walk): void {
	const entries = read(folder);
	const rules = entries.some((entry) => entry.name === '.gitignore')
		? [...inherited, ...ownRules(folder, relative)]
		: inherited;
	for (const entry of entries) {
		const { name } = entry;
		if (entry.isDirectory()) {
			if (NEVER_ENTERED.has(name)) continue;
			const below = relative === '' ? name : `${relative}/${name}`;
			if (HOST_FOLDERS.has(name) || rules.length === 0 || !isIgnored(below, rules))
				visit(join(folder, name), below, rules, walk);
		} else if (ENDINGS.some((ending) => name.endsWith(ending))) {
			const path = join(folder, name);
			if (dialectFor(path, walk.home)) walk.found.push(path);
		}
	}
}

function read(folder: string): Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
		return [];
	}
}

function ownRules(folder: string, relative: string): IgnoreRule[] {
	try {
		return parseIgnore(readFileSync(join(folder, '.gitignore'), 'utf8'), relative);
	} catch {
		return [];
	}
}
