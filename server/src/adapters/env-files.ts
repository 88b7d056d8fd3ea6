import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { ConfigDocument } from '../core/document.ts';
import { type EnvFileUse, envFilesOf } from '../core/entries/env-files.ts';

/** A `.env` file that a server of a config names. */
export interface NamedEnvFile extends EnvFileUse {
	/** Absolute; whether it exists is not looked at. */
	readonly path: string;
}

export interface EnvFilePlaces {
	/** Where the config lies. */
	readonly config: string;
	/** The workspace folder that holds it; absent = told from where the config lies. */
	readonly folder?: string;
	readonly home: string;
}

/** The `.env` files of a config whose paths can be told: no variable but those for the folder and the home. */
export function namedEnvFiles(document: ConfigDocument, places: EnvFilePlaces): NamedEnvFile[] {
	return envFilesOf(document).flatMap((use) => {
		const path = resolvePath(use.path, places);
		return path === undefined ? [] : [{ ...use, path }];
	});
}

function resolvePath(value: string, { config, folder, home }: EnvFilePlaces): string | undefined {
	const project = folder ?? projectFolder(config);
	const path = value
		.replace(/^~(?=[/\\])/, home)
		.replaceAll(/\$\{(workspaceFolder|userHome|env:HOME)\}/g, (_, name) =>
			name === 'workspaceFolder' ? project : home,
		);
	if (path === '' || path.includes('${') || path.includes('\0')) return undefined;
	return isAbsolute(path) ? resolve(path) : join(project, path);
}

/** `.vscode/mcp.json` belongs to the folder that holds `.vscode`. */
function projectFolder(config: string): string {
	const folder = dirname(config);
	return basename(folder).startsWith('.') ? dirname(folder) : folder;
}
