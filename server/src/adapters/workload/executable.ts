import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export interface Executable {
	/** Where the command was found. */
	readonly path: string;
	/** The same without symbolic links: what is approved. */
	readonly real: string;
}

export interface Search {
	readonly path: string;
	/** Folder that a command with a `/` is relative to. */
	readonly cwd: string;
	/** Windows: the extensions to try, from PATHEXT. */
	readonly extensions?: readonly string[];
}

/** What a command name means. No shell: no aliases, functions or expansion. */
export function findExecutable(command: string, search: Search): Executable | undefined {
	const names = (search.extensions ?? []).some((extension) => command.toLowerCase().endsWith(extension.toLowerCase()))
		? [command]
		: [command, ...(search.extensions ?? []).map((extension) => command + extension)];
	const folders = /[/\\]/.test(command) ? [search.cwd] : search.path.split(delimiter).filter(Boolean);
	for (const folder of folders) {
		for (const name of names) {
			const path = /[/\\]/.test(command) ? resolve(folder, name) : join(folder, name);
			if (isExecutable(path)) return { path, real: realpathSync(path) };
		}
	}
	return undefined;
}

export function windowsExtensions(pathExt: string | undefined): string[] {
	return (pathExt ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
