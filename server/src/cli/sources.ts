import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { decode, readConfigSync } from '../adapters/files.ts';
import type { Dialect } from '../core/dialects/dialect.ts';
import { DIALECTS, dialectById, dialectFor, dialectForContent } from '../core/dialects/index.ts';
import { classify } from '../core/issuers/classify.ts';
import { readDocument } from '../core/read.ts';
import { count } from '../core/report/words.ts';
import type { McpServer } from '../core/servers.ts';
import { leaveOutSlowCompiler } from './compilers.ts';
import type { Context } from './context.ts';
import type { EnvFiles, Sources } from './env-files.ts';
import type { Progress } from './progress.ts';
import { leftOut, type Place, type Source, sourceAt, unread } from './source.ts';
import { oneOf, UsageError } from './usage.ts';
import { findConfigs, type Walked } from './walk.ts';

export interface SourceOptions {
	readonly paths: readonly string[];
	readonly user: boolean;
	readonly staged: boolean;
	readonly dialect: string | undefined;
}

/** The options that commands which read configs share. */
export const SOURCE_OPTIONS = { user: { type: 'boolean', default: false }, dialect: { type: 'string' } } as const;

/** Every config that the arguments name: files, what lies in folders, standard input, and with `user` the person's own. */
export async function readSources(options: SourceOptions, context: Context, progress: Progress): Promise<Sources> {
	const sources = await sourcesNamed(options, context, progress);
	return { ...sources, problems: [...sources.problems, ...sources.read.flatMap(leftOut)] };
}

async function sourcesNamed(options: SourceOptions, context: Context, progress: Progress): Promise<Sources> {
	const forced =
		options.dialect === undefined ? undefined : dialectById(oneOf(options.dialect, dialectIds(), '--dialect'));
	if (options.staged) return staged(options, forced, context);
	const read: Source[] = [];
	const problems: string[] = [];
	const places: Place[] = [];
	for (const path of options.paths.length > 0 || options.user ? options.paths : ['.']) {
		if (path === '-') {
			const source = await inputSource(forced, context);
			if (typeof source === 'string') problems.push(source);
			else read.push(source);
		} else {
			const found = await placesAt(path, forced, context, progress);
			if (typeof found === 'string') problems.push(found);
			else {
				places.push(...found.places);
				problems.push(...found.problems);
			}
		}
	}
	if (options.user) places.push(...(await (await import('./more.ts')).userPlaces(context)));
	for (const place of distinct(places)) {
		const source = readPlace(place, context);
		if (typeof source === 'string') problems.push(source);
		else if (source) read.push(source);
		await progress.pulse(() => `${count(read.length, 'config')} read`);
	}
	return { read, problems };
}

/** What a server is started with is a config as well. Undefined where nothing is named; that is loaded only where it is needed. */
export async function envFilesOf(sources: readonly Source[], context: Context): Promise<EnvFiles | undefined> {
	const isNamed = sources.some(({ document }) => document.servers.some(namesEnvFile));
	return isNamed ? (await import('./more.ts')).readEnvFiles(sources, context) : undefined;
}

function namesEnvFile({ envFile, args }: McpServer): boolean {
	return envFile !== undefined || args.some(({ value }) => value.startsWith('--env-file'));
}

function dialectIds() {
	return DIALECTS.map((dialect) => dialect.id);
}

async function staged({ paths, user }: SourceOptions, forced: Dialect | undefined, context: Context): Promise<Sources> {
	if (user)
		throw new UsageError('--staged looks at what git would commit and --user at your own files: use one of them.');
	if (forced) throw new UsageError('--staged looks at known names only: leave --dialect out.');
	if (paths.includes('-')) throw new UsageError('--staged reads from git, not from standard input.');
	return (await import('./more.ts')).stagedSources(paths, context);
}

/** A text is a problem. */
async function placesAt(
	path: string,
	forced: Dialect | undefined,
	context: Context,
	progress: Progress,
): Promise<Walked | string> {
	const full = resolve(context.cwd, path);
	switch (kindOf(full)) {
		case 'absent':
			return `${shown(path)} does not exist.`;
		case 'folder':
			return findConfigs(full, context.home, progress);
		case 'file':
			return filePlace(full, shown(path), forced, context);
	}
}

function kindOf(path: string): 'absent' | 'folder' | 'file' {
	try {
		const info = statSync(path, { throwIfNoEntry: false });
		if (!info) return 'absent';
		return info.isDirectory() ? 'folder' : 'file';
	} catch {
		// Reading it tells what is wrong.
		return 'file';
	}
}

/** A token pasted where a path belongs is not repeated. */
function shown(path: string): string {
	return classify(path, { position: 'arg' }).length > 0 ? 'What you named' : path;
}

/** By what was said, then by its name, then by what it holds. A text is a problem. */
function filePlace(path: string, shown: string, forced: Dialect | undefined, { home }: Context): Walked | string {
	const known = dialectFor(path, home);
	if (forced) return one({ path, dialect: forced, scope: known?.scope ?? 'workspace' });
	if (known) return one({ path, ...known });
	const file = readConfigSync(path);
	if (file.state === 'failed') return file.message;
	const told = file.state === 'read' ? dialectForContent(path, file.text, home) : undefined;
	if (told) return one({ path, ...told });
	return unknownFile(path, shown, file.state === 'read' ? file.text : '');
}

/** What to do about a file that was named and says nothing of how to read it. */
function unknownFile(path: string, shown: string, text: string): string {
	if (/^\.env(?:\.|$)|\.env$/.test(basename(path)))
		return `${shown} is read along with the config that names it. To look at it by itself, add --dialect dotenv.`;
	const inside = ['json', 'yaml', 'toml'].map((ending) => dialectForContent(`${path}.${ending}`, text)).find(Boolean);
	if (inside)
		return `${shown} holds servers, but no MCP host reads a file of this name. Say how to read it, such as --dialect ${inside.dialect.id}.`;
	return `${shown} has no name that an MCP host reads, and holds no servers that are found without knowing its format. Say how to read it, such as --dialect portable.`;
}

function one(place: Place): Walked {
	return { places: [place], problems: [] };
}

/** The first of each path: what the person said of a file counts more than where it was found. */
function distinct(places: readonly Place[]): Place[] {
	return [...new Map(places.toReversed().map((place) => [place.path, place])).values()].toReversed();
}

/** A text is a problem; undefined is a file that went away, or a link that leads nowhere. */
function readPlace(place: Place, context: Context): Source | string | undefined {
	const file = readConfigSync(place.path);
	if (file.state === 'absent') return undefined;
	return file.state === 'failed' ? file.message : sourceAt(place, file.text, context.cwd);
}

/** A text is a problem. */
async function inputSource(forced: Dialect | undefined, context: Context): Promise<Source | string> {
	const { text } = decode(await context.readInput());
	leaveOutSlowCompiler(text);
	const dialect = forced ?? dialectForContent('stdin', text)?.dialect ?? dialectById('vscode');
	const document = readDocument('stdin:', text, dialect, 'workspace');
	return unread(document, 'Standard input') ?? { document, path: '<stdin>' };
}
