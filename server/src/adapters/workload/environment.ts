import { userInfo } from 'node:os';
import { delimiter, isAbsolute, win32 } from 'node:path';

/**
 * Names that may pass from the environment we were handed to a program that sees a secret. Each describes the terminal, the
 * language, or the desktop session. None decides which code runs, where configuration is read from, or whom to trust:
 * `XDG_CONFIG_HOME` and the like are left out for that reason, and HOME, USER and SHELL come from the account.
 */
const POSIX = new Set([
	'PATH',
	'TERM',
	'COLORTERM',
	'NO_COLOR',
	'FORCE_COLOR',
	'LANG',
	'LANGUAGE',
	'TZ',
	'TMPDIR',
	'DISPLAY',
	'WAYLAND_DISPLAY',
	'XAUTHORITY',
	'XDG_RUNTIME_DIR',
	'XDG_SESSION_TYPE',
	'XDG_CURRENT_DESKTOP',
	'DBUS_SESSION_BUS_ADDRESS',
	'SSH_AUTH_SOCK',
	'__CF_USER_TEXT_ENCODING',
]);

/** The twelve of the MCP SDK, and what programs need to start at all. COMSPEC is rebuilt: it names the shell that runs `.cmd` files. */
const WINDOWS = new Set([
	'APPDATA',
	'HOMEDRIVE',
	'HOMEPATH',
	'LOCALAPPDATA',
	'PATH',
	'PROCESSOR_ARCHITECTURE',
	'SYSTEMDRIVE',
	'SYSTEMROOT',
	'TEMP',
	'USERNAME',
	'USERPROFILE',
	'PROGRAMFILES',
	'PATHEXT',
	'WINDIR',
	'TMP',
	'PROGRAMDATA',
	'PROGRAMFILES(X86)',
	'PROGRAMW6432',
	'COMMONPROGRAMFILES',
	'ALLUSERSPROFILE',
	'NUMBER_OF_PROCESSORS',
	'OS',
	'PUBLIC',
	'USERDOMAIN',
	'TZ',
	'LANG',
]);

export interface Account {
	readonly username: string;
	readonly homedir: string;
	readonly shell: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The short list, with the account's own facts in place of what was handed. */
export function safeEnvironment(
	environment: Environment,
	account: Account = userInfo(),
	platform: NodeJS.Platform = process.platform,
): Record<string, string> {
	return platform === 'win32' ? windowsEnvironment(environment) : posixEnvironment(environment, account);
}

function posixEnvironment(environment: Environment, account: Account): Record<string, string> {
	const passed = Object.entries(environment).filter(
		(entry): entry is [string, string] => entry[1] !== undefined && (POSIX.has(entry[0]) || entry[0].startsWith('LC_')),
	);
	return {
		...Object.fromEntries(passed),
		PATH: searchPath(environment.PATH, account.homedir),
		HOME: account.homedir,
		USER: account.username,
		LOGNAME: account.username,
		...(account.shell ? { SHELL: account.shell } : {}),
	};
}

function windowsEnvironment(environment: Environment): Record<string, string> {
	const passed = Object.entries(environment).filter(
		(entry): entry is [string, string] => entry[1] !== undefined && WINDOWS.has(entry[0].toUpperCase()),
	);
	const root = passed.find(([name]) => name.toUpperCase() === 'SYSTEMROOT')?.[1] ?? 'C:\\Windows';
	const hasExtensions = passed.some(([name]) => name.toUpperCase() === 'PATHEXT');
	return {
		...Object.fromEntries(passed),
		...(hasExtensions ? {} : { PATHEXT: '.COM;.EXE;.BAT;.CMD' }),
		COMSPEC: win32.join(root, 'System32', 'cmd.exe'),
	};
}

/**
 * The PATH to search: what was handed without relative folders (they would mean "whatever lies in the current folder"), then
 * the usual folders, because applications started from the Dock or a menu have a PATH without them.
 */
export function searchPath(handed: string | undefined, home: string): string {
	const usual = ['/usr/local/bin', '/opt/homebrew/bin', `${home}/.local/bin`, '/usr/bin', '/bin'];
	const folders = (handed ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
	return [...new Set([...folders, ...usual])].join(delimiter);
}
