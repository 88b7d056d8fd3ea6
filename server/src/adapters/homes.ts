import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** A home of the other system on this machine. */
export interface OtherHome {
	readonly home: string;
	readonly platform: NodeJS.Platform;
}

/** Variables by which a person moves a host's folder, and the folder of the home that each one stands for. */
const FOLDER_VARIABLES: Readonly<Record<string, string>> = {
	CLAUDE_CONFIG_DIR: '.claude',
	CLINE_DIR: '.cline',
	CODEX_HOME: '.codex',
	COPILOT_HOME: '.copilot',
	HERMES_HOME: '.hermes',
};

/** The folders that these variables move, by the folder's name in the home. */
export function movedFolders(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
	return Object.fromEntries(
		Object.entries(FOLDER_VARIABLES).flatMap(([variable, folder]) => {
			const target = env[variable];
			return target ? [[folder, target]] : [];
		}),
	);
}

/**
 * Where hosts look for their configs, if that is not the account's home: they go by a variable. To tell what lies there is harmless;
 * what decides over secrets is found by the account alone, because a config can set the variable for what it starts.
 */
export function hostsHome(
	account: string,
	platform: NodeJS.Platform,
	env: Readonly<Record<string, string | undefined>>,
): string | undefined {
	const home = platform === 'win32' ? env.USERPROFILE : env.HOME;
	if (!home || !isAbsolute(home) || real(home) === real(account)) return undefined;
	return home;
}

function real(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

/** No homes of people. */
const SYSTEM_HOMES: ReadonlySet<string> = new Set([
	'All Users',
	'Default',
	'Default User',
	'Public',
	'WDAGUtilityAccount',
]);

/** The homes below a Windows `Users` folder, seen from WSL: `/mnt/c/Users`. */
export async function windowsHomes(usersFolder: string): Promise<OtherHome[]> {
	const names = (await readdir(usersFolder).catch(() => [])).filter(
		(name) => !SYSTEM_HOMES.has(name) && !name.includes('.'),
	);
	return names.map((name) => ({ home: join(usersFolder, name), platform: 'win32' }));
}
