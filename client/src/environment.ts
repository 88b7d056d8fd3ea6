import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The search path with the shim's folder at its end, so that VS Code finds the bare command `mcp-hygiene` when it starts
 * servers. At the end: nothing that a person has installed is ever shadowed.
 */
export function pathWith(path: string, folder: string): string {
	if (!isAbsolute(folder) || folder.includes(delimiter)) return path;
	if (path === '') return folder;
	return path.split(delimiter).includes(folder) ? path : `${path}${delimiter}${folder}`;
}

/**
 * `.../User/globalStorage/<extension>` -> `.../User`, which holds the user-level `mcp.json`. In a browser-only window the
 * storage is no folder at all.
 */
export function userDataFolder(globalStorage: {
	readonly scheme: string;
	readonly fsPath: string;
}): string | undefined {
	return globalStorage.scheme === 'file' ? join(globalStorage.fsPath, '..', '..') : undefined;
}

/**
 * The remote that the window works in, if its user files live elsewhere. A server that serves the editor itself
 * (code-server) calls itself by its address; there the user files are on this machine, so it is no remote to us.
 */
export function remoteElsewhere(remoteName: string | undefined): string | undefined {
	return remoteName === undefined || /^localhost$|[.:]/.test(remoteName) ? undefined : remoteName;
}
