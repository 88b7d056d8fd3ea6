import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigSync } from '../adapters/files.ts';
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

/**
 * The MCP configs below a folder, sorted by path. One `readdir` a folder; a file is opened only if its name tells that it could
 * be a config, and no more than that. Symbolic links to folders are not followed. A folder that cannot be read is left out.
 *
 * @param home tells a person's own configs from a project's.
 */
export async function findConfigs(start: string, home: string, progress: Progress): Promise<Place[]> {
	const found: Place[] = [];
	const open: Folder[] = [{ path: start, relative: '', inherited: [] }];
	let seen = 0;
	for (let folder = open.pop(); folder; folder = open.pop()) {
		const entries = read(folder.path);
		seen += entries.length;
		const rules = entries.some(({ name }) => name === '.gitignore') ? withOwn(folder) : folder.inherited;
		for (const entry of entries) {
			if (!entry.isDirectory()) {
				const place = placeOf(folder.path, entry.name, home);
				if (place) found.push(place);
			} else if (isEntered(entry.name, folder, rules)) open.push(below(folder, entry.name, rules));
		}
		const pulse = progress.pulse(() => `${seen} files looked at, ${found.length} configs`);
		if (pulse) await pulse;
	}
	return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
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

function placeOf(folder: string, name: string, home: string): Place | undefined {
	const isKnown = isKnownName(name);
	const isTelling = hasTellingName(name);
	if (!isKnown && !isTelling) return undefined;
	const path = join(folder, name);
	const match = (isKnown ? dialectFor(path, home) : undefined) ?? (isTelling ? sniffed(path, home) : undefined);
	return match && { path, ...match };
}

function sniffed(path: string, home: string) {
	const file = readConfigSync(path);
	return file.state === 'read' ? dialectForContent(path, file.text, home) : undefined;
}

function read(folder: string): Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true });
	} catch {
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
