import { statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode, readConfigSync } from '../adapters/files.ts';
import type { Dialect, DialectId, FilePlace } from '../core/dialects/dialect.ts';
import { DIALECTS, dialectById, dialectFor } from '../core/dialects/index.ts';
import type { ConfigDocument } from '../core/document.ts';
import { classify } from '../core/issuers/classify.ts';
import { readDocument } from '../core/read.ts';
import { TOO_DEEP } from '../core/syntax/jsonc.ts';
import type { Context } from './context.ts';
import { oneOf } from './usage.ts';

/** A config that a command reads. */
export interface Source {
	readonly document: ConfigDocument;
	/** Relative to the current folder where it lies below it, with `/`. */
	readonly path: string;
	/** Where it lies; absent for standard input. */
	readonly file?: string;
}

export interface Sources {
	readonly read: readonly Source[];
	/** What could not be read, one line each. */
	readonly problems: readonly string[];
}

export interface SourceOptions {
	readonly paths: readonly string[];
	readonly user: boolean;
	readonly dialect: string | undefined;
}

/** The options that commands which read configs share. */
export const SOURCE_OPTIONS = { user: { type: 'boolean', default: false }, dialect: { type: 'string' } } as const;

interface Place {
	readonly path: string;
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

/** Every config that the arguments name: files, what lies in folders, standard input, and with `user` the person's own. */
export async function readSources(options: SourceOptions, context: Context): Promise<Sources> {
	const forced =
		options.dialect === undefined ? undefined : dialectById(oneOf(options.dialect, DIALECT_IDS, '--dialect'));
	const read: Source[] = [];
	const problems: string[] = [];
	const places: Place[] = [];
	for (const path of options.paths.length > 0 || options.user ? options.paths : ['.']) {
		if (path === '-') read.push(await inputSource(forced, context));
		else {
			const found = await placesAt(path, forced, context);
			if (typeof found === 'string') problems.push(found);
			else places.push(...found);
		}
	}
	if (options.user) places.push(...(await userPlaces(context)));
	for (const place of distinct(places)) {
		const source = readPlace(place, context);
		if (typeof source === 'string') problems.push(source);
		else if (source) read.push(source);
	}
	return { read, problems };
}

const DIALECT_IDS: readonly DialectId[] = DIALECTS.map((dialect) => dialect.id);

/** A text is a problem. */
async function placesAt(path: string, forced: Dialect | undefined, context: Context): Promise<Place[] | string> {
	const full = resolve(context.cwd, path);
	switch (kindOf(full)) {
		case 'absent':
			return `${shown(path)} does not exist.`;
		case 'folder':
			return folderPlaces(full, context);
		case 'file':
			return (
				filePlace(full, forced, context) ??
				`${shown(path)} has no name that an MCP host reads. Say its format with --dialect (${DIALECT_IDS.join(', ')}).`
			);
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

function filePlace(path: string, forced: Dialect | undefined, context: Context): Place[] | undefined {
	const match = dialectFor(path, context.home);
	const dialect = forced ?? match?.dialect;
	return dialect && [{ path, dialect, scope: match?.scope ?? 'workspace' }];
}

async function folderPlaces(folder: string, context: Context): Promise<Place[]> {
	const { findConfigs } = await import('./walk.ts');
	return findConfigs(folder, context.home).map((path) => ({
		path,
		...dialectFor(path, context.home)!,
	}));
}

async function userPlaces(context: Context): Promise<Place[]> {
	const { configFolder, discoverUser } = await import('../adapters/discover.ts');
	const { home, platform } = context;
	return discoverUser({ home, platform, configFolder: configFolder(platform, home, context.env) });
}

/** The first of each path: what the person said of a file counts more than where it was found. */
function distinct(places: readonly Place[]): Place[] {
	return [...new Map(places.toReversed().map((place) => [place.path, place])).values()].toReversed();
}

/** A text is a problem; undefined is a file that went away, or a link that leads nowhere. */
function readPlace({ path, dialect, scope }: Place, context: Context): Source | string | undefined {
	const file = readConfigSync(path);
	if (file.state === 'absent') return undefined;
	if (file.state === 'failed') return file.message;
	const document = readDocument(pathToFileURL(path).href, file.text, dialect, scope);
	const unread = unreadBecause(document);
	if (unread) return `${displayPath(path, context.cwd)} is not read: ${unread}.`;
	return { document, path: displayPath(path, context.cwd), file: path };
}

/** A text of which nothing was understood must not pass for a clean one. */
function unreadBecause({ tree }: ConfigDocument): string | undefined {
	const [problem] = tree.problems;
	if (tree.root || !problem) return undefined;
	return problem.message === TOO_DEEP ? TOO_DEEP.toLowerCase() : 'it is no JSON';
}

async function inputSource(forced: Dialect | undefined, context: Context): Promise<Source> {
	const { text } = decode(await context.readInput());
	return { document: readDocument('stdin:', text, forced ?? dialectById('vscode'), 'workspace'), path: '<stdin>' };
}

function displayPath(path: string, cwd: string): string {
	const fromHere = relative(cwd, path);
	const isBelow = fromHere !== '' && !fromHere.startsWith('..') && !isAbsolute(fromHere);
	return (isBelow ? fromHere : path).replaceAll(sep, '/');
}
