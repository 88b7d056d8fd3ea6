import { resolve } from 'node:path';
import type {
	ConnectTarget,
	HashedFile,
	RunTarget,
	SeenConnect,
	SeenDestination,
	SeenRun,
} from '../../core/bindings/binding.ts';
import type { McpServer, Part } from '../../core/servers.ts';
import { parseDotenv } from '../../core/syntax/dotenv.ts';
import { textNow } from '../files.ts';
import { envFileAt } from './env-files.ts';
import { safeEnvironment } from './environment.ts';
import { type Executable, findExecutable, windowsExtensions } from './executable.ts';
import { type HostValues, resolveVariables } from './host-variables.ts';
import { type CommandToRun, hashFile, hashText, localCode } from './local-code.ts';

/** Where the entry is started. */
export interface Surroundings {
	/** Real paths of the workspace folders; empty for a user-level file. */
	readonly roots: readonly string[];
	/** The launcher's working folder; at approval time unknown, then the first root stands for it. */
	readonly cwd?: string;
	/** The environment that the host hands over, or (at approval) this process's. */
	readonly environment: NodeJS.ProcessEnv;
	/** The account's home. */
	readonly home: string;
	/** The workspace folder, when several are open. Default: the first root. */
	readonly workspaceFolder?: string;
	/** Texts that are about to be written, by path: what is there then counts, not what lies there now. */
	readonly written?: ReadonlyMap<string, string>;
}

/** Which place of the entry the secret stands in. */
export type Target = RunTarget | ConnectTarget;

/** What this entry asks for now, wrapped in the launcher or not yet. */
export function describeDestination(server: McpServer, target: Target, surroundings: Surroundings): SeenDestination {
	return 'env' in target || 'arg' in target
		? describeRun(server, target, surroundings)
		: describeConnect(server, target);
}

function describeConnect(server: McpServer, target: ConnectTarget): SeenConnect {
	const url = (server.launcher ? server.launcher.url : server.url)?.value ?? '';
	const origin = originOf(url);
	const own = 'header' in target ? { header: target.header.toLowerCase() } : target;
	const others = headersOf(server).filter(([name]) => !('header' in own) || name !== own.header);
	return { kind: 'connect', url, ...own, headers: Object.fromEntries(others), ...(origin ? { origin } : {}) };
}

/** Lower-case names and the texts that stand with them. */
function headersOf(server: McpServer): [string, string][] {
	const wrapped = server.launcher?.headers.map(({ name, reference }) => ({ name, value: reference }));
	return (wrapped ?? server.headers).map(({ name, value }) => [name.toLowerCase(), value]);
}

/** Undefined unless scheme, host and port are written out. */
export function originOf(url: string): string | undefined {
	const authority = /^https?:\/\/([^/?#]{1,512})/i.exec(url)?.[1];
	if (!authority || authority.includes('$') || !URL.canParse(url)) return undefined;
	return new URL(url).origin;
}

function describeRun(server: McpServer, target: RunTarget, surroundings: Surroundings): SeenRun {
	const executable = executableOf(server, surroundings)?.real;
	const envFile = hashedEnvFile(server, surroundings);
	return {
		kind: 'run',
		...(executable ? { executable } : {}),
		commandLine: commandLine(server).map((part) => part.value),
		target,
		env: Object.fromEntries(
			[...server.passed.map((name) => [name, ''] as const), ...environmentEntries(server)].filter(
				([name]) => !('env' in target) || name !== target.env,
			),
		),
		...(envFile ? { envFile } : {}),
		...(server.cwd ? { cwd: server.cwd.value } : {}),
		localCode: localCode(commandToRun(server, executable, surroundings)),
	};
}

/** The command line as a process sees it, with the folders whose content others can change. */
export function commandToRun(
	server: McpServer,
	executable: string | undefined,
	surroundings: Surroundings,
): CommandToRun {
	const isWorkspace = surroundings.roots.length > 0;
	return {
		executable: isWorkspace ? executable : undefined,
		words: commandLine(server).map((part) => resolveVariables(part.value, hostValues(surroundings))),
		cwd: workingFolder(server, surroundings),
		watched: isWorkspace ? surroundings.roots : [surroundings.home],
	};
}

/** The wrapped command line, or the entry's own; index 0 is the command. */
export function commandLine(server: McpServer): readonly Part[] {
	const { command, args } = server.launcher ?? server;
	return command ? [command, ...args] : [];
}

/** Every variable that the entry sets. Numbers and booleans count as text, as hosts hand them. */
export function environmentEntries(server: McpServer): [string, string][] {
	const map = server.envNode;
	if (map?.kind !== 'object') return [];
	return map.members.flatMap(({ key, value }): [string, string][] => {
		if (value?.kind === 'string') return [[key, value.value]];
		if (value?.kind === 'number' || value?.kind === 'boolean') return [[key, String(value.value)]];
		return [];
	});
}

export function hostValues({ roots, workspaceFolder = roots[0], home }: Surroundings): HostValues {
	return { userHome: home, ...(workspaceFolder ? { workspaceFolder } : {}) };
}

/** The command's program, found as the launcher finds it: on the PATH that the entry sets, or the one handed over. */
export function executableOf(server: McpServer, surroundings: Surroundings): Executable | undefined {
	const command = commandLine(server)[0];
	const text = command && resolveVariables(command.value, hostValues(surroundings));
	if (!text) return undefined;
	const environment = searchEnvironment(server, surroundings);
	return findExecutable(text, {
		path: environment.PATH ?? environment.Path ?? '',
		cwd: workingFolder(server, surroundings),
		...(process.platform === 'win32' ? { extensions: windowsExtensions(environment.PATHEXT) } : {}),
	});
}

function searchEnvironment(server: McpServer, surroundings: Surroundings): Record<string, string> {
	const { environment, cwd } = surroundings;
	const safe = safeEnvironment(environment);
	const set = environmentEntries(server).findLast(([name]) => name === 'PATH')?.[1];
	if (set === undefined) return safe;
	// The host has filled the entry's PATH in already; before that, its variables are looked up as a host would.
	return { ...safe, PATH: cwd === undefined ? filledIn(set, surroundings) : (environment.PATH ?? '') };
}

function filledIn(path: string, surroundings: Surroundings): string {
	const named = path.replace(
		/\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]{0,255})\}/g,
		(form, name: string) => surroundings.environment[name] ?? form,
	);
	return resolveVariables(named, hostValues(surroundings)) ?? named;
}

/** The folder that the server runs in. Once it runs, that is the launcher's own, because the host applied the entry's `cwd`. */
function workingFolder(server: McpServer, surroundings: Surroundings): string {
	if (surroundings.cwd) return surroundings.cwd;
	const base = surroundings.workspaceFolder ?? surroundings.roots[0] ?? surroundings.home;
	const cwd = server.cwd && resolveVariables(server.cwd.value, hostValues(surroundings));
	return cwd === undefined ? base : resolve(base, cwd);
}

/** The envFile by content. One that is not there has an empty hash, so that it cannot appear unnoticed. */
function hashedEnvFile(server: McpServer, surroundings: Surroundings): HashedFile | undefined {
	if (!server.envFile) return undefined;
	const path = envFilePath(server, surroundings);
	const written = path && surroundings.written?.get(path);
	if (written !== undefined) return { path: path!, sha256: hashText(written) };
	return { path: path ?? server.envFile.value, sha256: path ? hashIfPresent(path) : '' };
}

/** The variables that the entry gets from its envFile, as text. The entry's own `env` counts more. */
export function envFileEntries(server: McpServer, surroundings: Surroundings): [string, string][] {
	const path = envFilePath(server, surroundings);
	const text = path && (surroundings.written?.get(path) ?? textNow(path));
	const { root } = parseDotenv(text ?? '');
	const own = new Set(environmentEntries(server).map(([name]) => name));
	return (root?.kind === 'object' ? root.members : []).flatMap(({ key, value }): [string, string][] =>
		value?.kind === 'string' && !own.has(key) ? [[key, value.value]] : [],
	);
}

export function envFilePath({ envFile }: McpServer, surroundings: Surroundings): string | undefined {
	const base = surroundings.workspaceFolder ?? surroundings.roots[0] ?? surroundings.home;
	return envFile && envFileAt(envFile.value, base, hostValues(surroundings));
}

function hashIfPresent(path: string): string {
	try {
		return hashFile(path);
	} catch {
		return '';
	}
}
