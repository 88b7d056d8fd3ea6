import type { Dialect, DialectId, FilePlace } from './dialect.ts';
import { DIALECTS, dialectById } from './table.ts';

export interface DialectMatch {
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

/**
 * The dialect of a file, from its path alone. User places are asked first, because a home folder can be a workspace, and
 * `User/mcp.json` says more than `mcp.json`. With `home`, `~/.cursor/mcp.json` is told from a project's file of that name;
 * other homes (of WSL, of another account) are told by how they look.
 */
export function dialectFor(path: string, home?: string): DialectMatch | undefined {
	const normal = path.replaceAll('\\', '/');
	const found = candidates(normal);
	if (found.length === 0) return bareName(normal);
	const own = home && inHome(normal, home, found);
	if (own) return { dialect: own.dialect, scope: 'user' };
	const config = found.find(({ place }) => place.base === 'config');
	if (config) return { dialect: config.dialect, scope: 'user' };
	const elsewhere = found.find(({ place, depth }) => place.base === 'home' && looksLikeHome(above(normal, depth)));
	if (elsewhere) return { dialect: elsewhere.dialect, scope: 'user' };
	const root = found.find(({ place, depth }) => place.base === 'root' && isRoot(above(normal, depth)));
	if (root) return { dialect: root.dialect, scope: 'user' };
	const project = found.find(({ place }) => place.scope === 'workspace');
	if (project) return { dialect: project.dialect, scope: 'workspace' };
	// A home's file outside of every home is a copy, as dotfile repositories keep it; without a home nobody can tell.
	const copy = found.find(({ place }) => place.base === 'home');
	if (copy) return { dialect: copy.dialect, scope: home === undefined ? 'user' : 'workspace' };
	return bareName(normal);
}

/** Can a file of this name be one that {@link dialectFor} knows? Cheap: for walks over many files. */
export function hasKnownName(name: string): boolean {
	return BY_NAME.has(name) || STARRED.some(({ last }) => segmentMatches(name, last)) || Object.hasOwn(BARE_NAMES, name);
}

interface KnownPlace {
	readonly dialect: Dialect;
	readonly place: FilePlace;
	readonly segments: readonly string[];
	readonly last: string;
	readonly depth: number;
}

const PLACES: readonly KnownPlace[] = DIALECTS.flatMap((dialect) =>
	dialect.files.map((place) => {
		const segments = place.path.split('/');
		return { dialect, place, segments, last: segments.at(-1)!, depth: segments.length };
	}),
);

const BY_NAME: ReadonlyMap<string, readonly KnownPlace[]> = Map.groupBy(
	PLACES.filter(({ last }) => !last.includes('*')),
	({ last }) => last,
);
const STARRED: readonly KnownPlace[] = PLACES.filter(({ last }) => last.includes('*'));

/** The places that the end of a path fits, in the order of the table. */
function candidates(path: string): KnownPlace[] {
	const have = path.split('/');
	return [...(BY_NAME.get(have.at(-1)!) ?? []), ...STARRED].filter(({ segments }) => endsWith(have, segments));
}

function endsWith(have: readonly string[], wanted: readonly string[]): boolean {
	const offset = have.length - wanted.length;
	return offset >= 0 && wanted.every((segment, i) => segmentMatches(have[offset + i]!, segment));
}

function segmentMatches(segment: string, pattern: string): boolean {
	const star = pattern.indexOf('*');
	if (star < 0) return segment === pattern;
	const head = pattern.slice(0, star);
	const tail = pattern.slice(star + 1);
	return segment.length >= head.length + tail.length && segment.startsWith(head) && segment.endsWith(tail);
}

function inHome(path: string, home: string, found: readonly KnownPlace[]): KnownPlace | undefined {
	const base = home.replaceAll('\\', '/').replace(/\/$/, '');
	return found.find(({ place, depth }) => place.base === 'home' && above(path, depth) === base);
}

/** The folder that a place of this many segments belongs to. */
function above(path: string, depth: number): string {
	return path.split('/').slice(0, -depth).join('/');
}

const HOME =
	/^(?:\/home\/[^/]{1,255}|\/root|\/Users\/[^/]{1,255}|(?:[A-Za-z]:|\/mnt\/[a-z])\/Users\/[^/]{1,255}|\/\/wsl(?:\$|\.localhost)\/[^/]{1,255}\/(?:home\/[^/]{1,255}|root))$/;

function looksLikeHome(folder: string): boolean {
	return HOME.test(folder);
}

/** The root of a file system, or of a Windows drive. */
function isRoot(folder: string): boolean {
	return folder === '' || /^[A-Za-z]:$/.test(folder);
}

/** Names that only one format uses, wherever the file lies. */
const BARE_NAMES: Readonly<Record<string, DialectId>> = {
	'claude_desktop_config.json': 'claude-desktop',
	'cline_mcp_settings.json': 'cline',
	'mcp_settings.json': 'roo',
	'mcp.json': 'vscode',
};

function bareName(path: string): DialectMatch | undefined {
	const name = path.slice(path.lastIndexOf('/') + 1);
	const id = Object.hasOwn(BARE_NAMES, name) ? BARE_NAMES[name] : undefined;
	if (id === undefined) return undefined;
	const isUser = id !== 'vscode' || path.includes('/User/');
	return { dialect: dialectById(id), scope: isUser ? 'user' : 'workspace' };
}
