import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { RunTarget, Workload } from '../../core/bindings/binding.ts';
import type { Dialect, DialectId, FilePlace } from '../../core/dialects/dialect.ts';
import { dialectById } from '../../core/dialects/index.ts';
import type { ConfigDocument } from '../../core/document.ts';
import { readDocument } from '../../core/read.ts';
import { parseReference } from '../../core/references.ts';
import { type EntryName, isSameEntry, type McpServer } from '../../core/servers.ts';
import { child, stringAt } from '../../core/syntax/tree.ts';
import { textNow } from '../files.ts';
import { commandLine, envFileEntries, environmentEntries, type Surroundings, type Target } from './destination.ts';

/** A config file as it is on disk now, read at once: the launcher has nothing else to do meanwhile. */
export function readConfigNow(path: string, dialect: Dialect, scope: FilePlace['scope']): ConfigDocument | undefined {
	const text = textNow(path);
	return text === undefined ? undefined : readDocument(path, text, dialect, scope);
}

/** The config of a workload. Its dialect comes from the binding: a real path behind a symbolic link tells nothing. */
export function readWorkloadConfig(config: string, dialect: string, isUserLevel: boolean): ConfigDocument | undefined {
	return readConfigNow(config, dialectById(dialect as DialectId), isUserLevel ? 'user' : 'workspace');
}

/** A person's own file counts everywhere, though an entry of it may be for one folder only. */
export function isUserLevel({ roots, folder }: Workload): boolean {
	return roots.length === 0 || folder !== undefined;
}

export function serverNamed(document: ConfigDocument, entry: EntryName): McpServer | undefined {
	return document.servers.findLast((server) => isSameEntry(server, entry));
}

/** Every reference that this entry hands to the launcher, with the place it stands in. */
function referencesOf(server: McpServer): { readonly reference: string; readonly target: Target }[] {
	const use = server.launcher;
	if (use?.mode === 'connect') {
		const headers = use.headers.map(({ name, reference }) => ({ reference, target: { header: name.toLowerCase() } }));
		const inUrl = use.inUrl.map(({ place, reference }) => ({ reference, target: place }));
		return [...headers, ...inUrl].filter(({ reference }) => parseReference(reference));
	}
	const env = environmentEntries(server).map(([name, text]) => ({
		reference: text,
		target: { env: name } satisfies RunTarget,
	}));
	const args = commandLine(server).map((part, index) => ({
		reference: part.value,
		target: { arg: index } satisfies RunTarget,
	}));
	return [...env, ...args].filter(({ reference }) => parseReference(reference));
}

/** The same with those that the host takes from the entry's envFile. */
export function referencesIn(server: McpServer, surroundings: Surroundings): ReturnType<typeof referencesOf> {
	if (!server.envFile || server.launcher?.mode === 'connect') return referencesOf(server);
	const inFile = envFileEntries(server, surroundings).map(([name, text]) => ({
		reference: text,
		target: { env: name },
	}));
	return [...referencesOf(server), ...inFile.filter(({ reference }) => parseReference(reference))];
}

/**
 * Folders from which a host starts this entry of the file: the one that the file keeps it for; for a workspace file the folder that the host's own place of the
 * file belongs to (`.vscode/mcp.json` -> the folder above `.vscode`), with all folders of a workspace file; none for user files.
 * A linked config belongs to the folder that holds the link, because that is where the host looks.
 */
export function rootsOf(path: string, document: ConfigDocument, { folder }: Pick<EntryName, 'folder'>): string[] {
	if (folder !== undefined) return [realOrSame(folder)];
	if (document.scope === 'user') return [];
	const folders = [aboveFile(path, document.dialect), ...workspaceFolders(path, document)];
	return [...new Set(folders.map(realOrSame))];
}

function aboveFile(path: string, dialect: Dialect): string {
	const normal = path.replaceAll('\\', '/');
	const place = dialect.files.find(
		(file) => file.scope === 'workspace' && !file.path.includes('*') && normal.endsWith(`/${file.path}`),
	);
	const depth = place ? place.path.split('/').length : 1;
	return Array.from({ length: depth }).reduce<string>((folder) => dirname(folder), path);
}

/** `folders` of a `*.code-workspace` file, relative to it. */
function workspaceFolders(path: string, document: ConfigDocument): string[] {
	if (document.dialect.id !== 'code-workspace') return [];
	const list = child(document.tree.root, 'folders');
	if (list?.kind !== 'array') return [];
	return list.items.flatMap((item) => {
		const folder = stringAt(item, 'path')?.value;
		return folder === undefined ? [] : [resolve(dirname(path), folder)];
	});
}

export function realOrSame(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
