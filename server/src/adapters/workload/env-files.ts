import { basename, dirname, resolve } from 'node:path';
import type { ConfigDocument } from '../../core/document.ts';
import { type EnvFileUse, envFilesOf } from '../../core/entries/env-files.ts';
import { type HostValues, resolveVariables } from './host-variables.ts';

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
export function namedEnvFiles(document: ConfigDocument, { config, folder, home }: EnvFilePlaces): NamedEnvFile[] {
	const workspaceFolder = folder ?? projectFolder(config);
	return envFilesOf(document).flatMap((use) => {
		const path = envFileAt(use.path, workspaceFolder, { workspaceFolder, userHome: home });
		return path === undefined ? [] : [{ ...use, path }];
	});
}

/**
 * Where an `envFile` lies: the launcher and whoever looks for tokens must mean the same file. Undefined where only the host can tell.
 *
 * @param base of a relative path
 */
export function envFileAt(text: string, base: string, values: HostValues): string | undefined {
	const { userHome } = values;
	const path = resolveVariables(text.replace(/^~(?=[/\\])/, userHome).replaceAll('${env:HOME}', userHome), values);
	return path === undefined || path === '' || path.includes('\0') ? undefined : resolve(base, path);
}

/** `.vscode/mcp.json` belongs to the folder that holds `.vscode`. */
function projectFolder(config: string): string {
	const folder = dirname(config);
	return basename(folder).startsWith('.') ? dirname(folder) : folder;
}
