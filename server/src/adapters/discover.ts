// By way of `promises`, which Node loads when it is used: the launcher needs it for a refusal only.
import { promises as files } from 'node:fs';
import { join } from 'node:path';
import type { Dialect, FilePlace } from '../core/dialects/dialect.ts';
import { DIALECTS, dialectById } from '../core/dialects/index.ts';
import type { OtherHome } from './homes.ts';

/** A config file that exists, with the dialect that its place chose. */
export interface DiscoveredFile {
	readonly path: string;
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

export interface UserPlaces {
	/** The person's home folder. */
	readonly home: string;
	readonly platform: NodeJS.Platform;
	/** The platform's folder for application settings, see {@link configFolder}. */
	readonly configFolder: string;
	/** The running editor's own `.../User` folder, where it is known. */
	readonly userDataFolder?: string;
	/** Folders of the home that the person has moved, see `movedFolders`. */
	readonly moved?: Readonly<Record<string, string>>;
	/** Homes of the other system on this machine: of Windows seen from WSL (see `windowsHomes`), or the other way round. */
	readonly otherHomes?: readonly OtherHome[];
	/** The root of the file system, for what the machine's administrator sets. */
	readonly root?: string;
}

/** Where applications keep their settings: `~/.config`, `~/Library/Application Support`, `%APPDATA%`. */
export function configFolder(
	platform: NodeJS.Platform,
	home: string,
	env: Readonly<Record<string, string | undefined>>,
): string {
	if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
	if (platform === 'darwin') return join(home, 'Library', 'Application Support');
	return env.XDG_CONFIG_HOME || join(home, '.config');
}

/** The configs directly under these folders, as hosts look for them. */
export async function discoverWorkspace(folders: readonly string[]): Promise<DiscoveredFile[]> {
	const candidates = folders.flatMap((base) =>
		placesOf('workspace').map(
			({ dialect, place }): Candidate => ({ base, path: place.path, dialect, scope: 'workspace' }),
		),
	);
	return existing(candidates);
}

/** The configs that belong to a person, of every host that is installed. */
export async function discoverUser(places: UserPlaces): Promise<DiscoveredFile[]> {
	const others = (places.otherHomes ?? []).map(({ home, platform }) => ({
		home,
		platform,
		configFolder: configFolder(platform, home, {}),
	}));
	return existing([
		...[places, ...others].flatMap((one) => userCandidates(one)),
		...editorFiles(places.userDataFolder),
	]);
}

function userCandidates(places: UserPlaces): Candidate[] {
	return placesOf('user').flatMap(({ dialect, place }): Candidate[] => {
		if (place.os && place.os !== osName(places.platform)) return [];
		if (place.base === 'root' && !places.root) return [];
		return [{ ...located(place, places), dialect, scope: 'user' }];
	});
}

/** Where a place is for this person: folders move by variables, and `~/.config` by `XDG_CONFIG_HOME`. */
function located(place: FilePlace, places: UserPlaces): Pick<Candidate, 'base' | 'path'> {
	if (place.base === 'config') return { base: places.configFolder, path: place.path };
	if (place.base === 'root') return { base: places.root!, path: place.path };
	const [first, ...rest] = place.path.split('/');
	const moved = places.moved?.[first!];
	if (moved && rest.length > 0) return { base: moved, path: rest.join('/') };
	if (first === '.config' && places.platform !== 'darwin' && places.platform !== 'win32')
		return { base: places.configFolder, path: rest.join('/') };
	return { base: places.home, path: place.path };
}

interface Candidate {
	readonly base: string;
	/** With `/`, and `*` for a part of one segment. */
	readonly path: string;
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

function placesOf(scope: FilePlace['scope']): { dialect: Dialect; place: FilePlace }[] {
	return DIALECTS.flatMap((dialect) =>
		dialect.files.filter((place) => place.scope === scope).map((place) => ({ dialect, place })),
	);
}

function editorFiles(base: string | undefined): Candidate[] {
	if (!base) return [];
	const vscode = dialectById('vscode');
	return [
		{ base, path: 'mcp.json', dialect: vscode, scope: 'user' },
		{ base, path: 'profiles/*/mcp.json', dialect: vscode, scope: 'user' },
		{ base, path: 'settings.json', dialect: dialectById('vscode-settings'), scope: 'user' },
	];
}

async function existing(candidates: readonly Candidate[]): Promise<DiscoveredFile[]> {
	const found = await Promise.all(
		candidates.map(async ({ base, path, dialect, scope }) =>
			(await expand(base, path.split('/'))).map((file): DiscoveredFile => ({ path: file, dialect, scope })),
		),
	);
	return [...new Map(found.flat().map((file) => [file.path, file])).values()].toSorted((a, b) =>
		a.path < b.path ? -1 : 1,
	);
}

/** The files below `base` that fit the segments; `*` reads one folder, everything else costs one stat in the end. */
async function expand(base: string, segments: readonly string[]): Promise<string[]> {
	const star = segments.findIndex((segment) => segment.includes('*'));
	if (star < 0) {
		const path = join(base, ...segments);
		return (await isFile(path)) ? [path] : [];
	}
	const folder = join(base, ...segments.slice(0, star));
	const names = (await namesIn(folder)).filter((name) => fits(name, segments[star]!));
	const deeper = await Promise.all(names.map((name) => expand(join(folder, name), segments.slice(star + 1))));
	return deeper.flat();
}

function fits(name: string, pattern: string): boolean {
	const star = pattern.indexOf('*');
	const head = pattern.slice(0, star);
	const tail = pattern.slice(star + 1);
	return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

async function isFile(path: string): Promise<boolean> {
	try {
		return (await files.stat(path)).isFile();
	} catch {
		return false;
	}
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await files.readdir(folder);
	} catch {
		return [];
	}
}

function osName(platform: NodeJS.Platform): FilePlace['os'] {
	if (platform === 'win32') return 'windows';
	return platform === 'darwin' ? 'macos' : 'linux';
}
