import { claudeDesktop } from './claude-desktop.ts';
import { codeWorkspace } from './code-workspace.ts';
import { cursor } from './cursor.ts';
import type { Dialect, DialectId, FilePlace } from './dialect.ts';
import { portable } from './portable.ts';
import { vscode } from './vscode.ts';
import { vscodeSettings } from './vscode-settings.ts';

/** Every dialect. Adding one is its file and its line here. */
export const DIALECTS: readonly Dialect[] = [vscode, portable, cursor, claudeDesktop, codeWorkspace, vscodeSettings];

export function dialectById(id: DialectId): Dialect {
	return DIALECTS.find((dialect) => dialect.id === id)!;
}

export interface DialectMatch {
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

/**
 * The dialect of a file, from its path alone. User places are asked first, because a home folder can be a workspace, and
 * `User/mcp.json` says more than `mcp.json`. With `home`, `~/.cursor/mcp.json` is told from a project's file of that name.
 */
export function dialectFor(path: string, home?: string): DialectMatch | undefined {
	const normal = path.replaceAll('\\', '/');
	return inHome(normal, home) ?? match(normal, 'user') ?? match(normal, 'workspace') ?? bareName(normal);
}

function inHome(path: string, home: string | undefined): DialectMatch | undefined {
	if (!home) return undefined;
	const base = `${home.replaceAll('\\', '/').replace(/\/$/, '')}/`;
	if (!path.startsWith(base)) return undefined;
	const rest = path.slice(base.length);
	const dialect = DIALECTS.find((d) => d.files.some((place) => place.base === 'home' && place.path === rest));
	return dialect && { dialect, scope: 'user' };
}

function match(path: string, scope: FilePlace['scope']): DialectMatch | undefined {
	for (const dialect of DIALECTS) {
		for (const place of dialect.files) {
			if (place.scope !== scope || (scope === 'user' && !isTelling(place))) continue;
			if (endsWithPattern(path, place.path)) return { dialect, scope };
		}
	}
	return undefined;
}

/** `.cursor/mcp.json` and `.mcp.json` are the same text in a home folder and in a project: the path alone cannot tell. */
function isTelling(place: FilePlace): boolean {
	return (
		place.base === 'config' ||
		place.path.includes('/data/User/') ||
		place.path.includes('/share/') ||
		place.path.startsWith('.copilot/')
	);
}

/** Names that only one format uses, wherever the file lies. */
function bareName(path: string): DialectMatch | undefined {
	const name = path.slice(path.lastIndexOf('/') + 1);
	if (name === 'claude_desktop_config.json') return { dialect: claudeDesktop, scope: 'user' };
	if (name === 'mcp.json' && path.includes('/User/')) return { dialect: vscode, scope: 'user' };
	if (name === 'mcp.json') return { dialect: vscode, scope: 'workspace' };
	return undefined;
}

function endsWithPattern(path: string, pattern: string): boolean {
	const wanted = pattern.split('/');
	const have = path.split('/');
	if (have.length < wanted.length) return false;
	return wanted.every((segment, i) => segmentMatches(have[have.length - wanted.length + i]!, segment));
}

function segmentMatches(segment: string, pattern: string): boolean {
	const star = pattern.indexOf('*');
	if (star < 0) return segment === pattern;
	const head = pattern.slice(0, star);
	const tail = pattern.slice(star + 1);
	return segment.length >= head.length + tail.length && segment.startsWith(head) && segment.endsWith(tail);
}
