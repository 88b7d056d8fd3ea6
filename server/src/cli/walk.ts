import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderProblem, readConfigSync } from '../adapters/files.ts';
import { DIALECTS, dialectFor, dialectForContent } from '../core/dialects/index.ts';
import { hasTellingName, isKnownName } from './config-names.ts';
import { type IgnoreRule, isIgnored, parseIgnore } from './ignore.ts';
import type { Progress } from './progress.ts';
import type { Place } from './source.ts';

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

/** The folders that hosts keep configs in; looked at even where a `.gitignore` names them. */
const HOST_FOLDERS: ReadonlySet<string> = new Set(
	DIALECTS.flatMap((dialect) => dialect.files.flatMap((place) => place.path.split('/').slice(0, -1))).filter((name) =>
		name.startsWith('.'),
	),
);

interface Folder {
	readonly path: string;
	/** From the start of the walk, with `/`. */
	readonly relative: string;
	readonly inherited: readonly IgnoreRule[];
}

export interface Walked {
	/** Sorted by path. */
	readonly places: readonly Place[];
	/** What could hold a config and cannot be looked into, one line each. */
	readonly problems: readonly string[];
}

/**
 * The MCP configs below a folder. One `readdir` a folder; a file is opened only if its name tells that it could be a config, and no
 * more than that. Symbolic links to folders are not followed. What went away meanwhile is left out; what cannot be read is told.
 *
 * @param home tells a person's own configs from a project's.
 */
export async function findConfigs(start: string, home: string, progress: Progress): Promise<Walked> {
	const found: Place[] = [];
	const problems: string[] = [];
	const open: Folder[] = [{ path: start, relative: '', inherited: [] }];
	let seen = 0;
	for (let folder = open.pop(); folder; folder = open.pop()) {
		const entries = read(folder.path, problems);
		seen += entries.length;
		const rules = entries.some(({ name }) => name === '.gitignore') ? withOwn(folder) : folder.inherited;
		for (const entry of entries) {
			if (!entry.isDirectory()) {
				const place = placeOf(folder.path, entry.name, home);
				if (typeof place === 'string') problems.push(place);
				else if (place) found.push(place);
			} else if (isEntered(entry.name, folder, rules)) open.push(below(folder, entry.name, rules));
		}
		const pulse = progress.pulse(() => `${seen} files looked at, ${found.length} configs`);
		if (pulse) await pulse;
	}
	return { places: found.toSorted((a, b) => (a.path < b.path ? -1 : 1)), problems };
}

function below(folder: Folder, name: string, rules: readonly IgnoreRule[]): Folder {
	return { path: join(folder.path, name), relative: relativeTo(folder, name), inherited: rules };
}

function relativeTo({ relative }: Folder, name: string): string {
	return relative === '' ? name : `${relative}/${name}`;
}

function isEntered(name: string, folder: Folder, rules: readonly IgnoreRule[]): boolean {
	if (NEVER_ENTERED.has(name)) return false;
	return rules.length === 0 || HOST_FOLDERS.has(name) || !isIgnored(relativeTo(folder, name), rules);
}

/** A text is a problem. */
function placeOf(folder: string, name: string, home: string): Place | string | undefined {
	const isKnown = isKnownName(name);
	const isTelling = hasTellingName(name);
	if (!isKnown && !isTelling) return undefined;
	const path = join(folder, name);
	const known = isKnown ? dialectFor(path, home) : undefined;
	if (known) return { path, ...known };
	return isTelling ? sniffed(path, home) : undefined;
}

/** Of a file that only could be a config, the system's refusal alone is a problem: one that is too large is something else. */
function sniffed(path: string, home: string): Place | string | undefined {
	const file = readConfigSync(path);
	if (file.state === 'failed') return file.code === undefined ? undefined : file.message;
	const told = file.state === 'read' ? dialectForContent(path, file.text, home) : undefined;
	return told && { path, ...told };
}

function read(folder: string, problems: string[]): Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch (error) {
		const problem = folderProblem(folder, error);
		if (problem !== undefined) problems.push(problem);
		return [];
	}
}

function withOwn({ path, relative, inherited }: Folder): readonly IgnoreRule[] {
	try {
		return [...inherited, ...parseIgnore(readFileSync(join(path, '.gitignore'), 'utf8'), relative)];
	} catch {
		return inherited;
	}
}
