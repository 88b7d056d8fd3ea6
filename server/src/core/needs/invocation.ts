import { isContainerTool, shellOf } from '../command-line.ts';
import type { McpServer, Part } from '../servers.ts';

/**
 * What an entry starts or connects to, seen through our launcher, a container, a shell string and `mcp-remote`, as far as
 * needs and filters have to know. A value that the config does not show is `undefined`.
 */
export interface Invocation {
	/** Last part of the program's path, without `.exe`; absent for a URL. */
	readonly program?: string;
	/** The arguments as written. */
	readonly args: readonly string[];
	readonly env: ReadonlyMap<string, string | undefined>;
	/** By lower-case name. */
	readonly headers: ReadonlyMap<string, string | undefined>;
	readonly url?: Target;
	/** Variables come from a file too, which is not read here. */
	readonly envFile: boolean;
}

export interface Target {
	/** Lower case. */
	readonly host: string;
	readonly path: string;
	readonly query: ReadonlyMap<string, string>;
}

const MOST_ARGUMENTS = 200;
const LONGEST = 4096;

export function invocationOf(server: McpServer): Invocation {
	const { launcher } = server;
	const url = launcher?.url ?? server.url;
	const command = launcher ? launcher.command : server.command;
	const written = (launcher ? launcher.args : server.args).slice(0, MOST_ARGUMENTS).map((arg) => arg.value);
	const program = command && baseName(command.value);
	const args = program && shellOf(program) ? written.flatMap(wordsOf) : written;
	const own = envOf(server.env);
	const env = program && isContainerTool(program) ? containerEnv(args, own) : withAssignments(args, own);
	const bridged = program === undefined ? undefined : args.find((arg) => /^https?:\/\//i.test(arg));
	const target = targetOf(url?.value ?? bridged);
	return {
		...(program === undefined ? {} : { program }),
		args,
		env,
		headers: new Map([...headersOf(server), ...bridgedHeaders(args)]),
		...(target ? { url: target } : {}),
		envFile: server.envFile !== undefined || args.some((arg) => /^--env-file(?:=|$)/.test(arg)),
	};
}

function baseName(path: string): string {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	return name.replace(/\.(?:exe|cmd)$/i, '');
}

function wordsOf(text: string): string[] {
	return text
		.slice(0, LONGEST)
		.split(/\s+/)
		.map((word) => word.replace(/^["']|["']$/g, ''));
}

function envOf(parts: readonly Part[]): Map<string, string | undefined> {
	return new Map(parts.map(({ name = '', value }) => [name, shown(value)]));
}

/** A reference is filled in by the host or the launcher: its value is not known here. */
function shown(value: string): string | undefined {
	return /\$|:\/\//.test(value) || value.length > LONGEST ? undefined : value;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]{0,127})=(.{0,4096})$/s;

function withAssignments(args: readonly string[], own: ReadonlyMap<string, string | undefined>) {
	const env = new Map(own);
	for (const arg of args) {
		const assigned = ASSIGNMENT.exec(arg);
		if (assigned) env.set(assigned[1]!, shown(assigned[2]!));
	}
	return env;
}

/** A container sees only the variables that `-e` names. */
function containerEnv(args: readonly string[], own: ReadonlyMap<string, string | undefined>) {
	const env = new Map<string, string | undefined>();
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		const text = arg === '-e' || arg === '--env' ? args[++i] : /^(?:--env=|-e=?)(.{1,4096})$/s.exec(arg)?.[1];
		if (text === undefined) continue;
		const assigned = ASSIGNMENT.exec(text);
		if (assigned) env.set(assigned[1]!, shown(assigned[2]!));
		else env.set(text, own.get(text));
	}
	return env;
}

function headersOf({ headers, launcher }: McpServer): [string, string | undefined][] {
	if (launcher) return launcher.headers.map(({ name, reference }) => [name.toLowerCase(), shown(reference)]);
	return headers.map(({ name, value }) => [name.toLowerCase(), shown(value)]);
}

/** `mcp-remote URL --header "Name: value"` */
function bridgedHeaders(args: readonly string[]): [string, string | undefined][] {
	return args.flatMap((arg, i): [string, string | undefined][] => {
		const found = args[i - 1] === '--header' ? /^([A-Za-z0-9-]{1,128}):\s*(.{0,4096})$/s.exec(arg) : null;
		return found ? [[found[1]!.toLowerCase(), shown(found[2]!)]] : [];
	});
}

function targetOf(text: string | undefined): Target | undefined {
	const found =
		/^https?:\/\/(?:[^\s/?#@]{0,300}@)?([a-z0-9.-]{1,253})(?::[0-9]{1,5})?(\/[^\s?#]{0,1000})?(?:\?([^\s#]{0,4000}))?/i.exec(
			text ?? '',
		);
	if (!found) return undefined;
	const query = (found[3] ?? '').split('&', 100).map((pair): [string, string] => {
		const at = pair.indexOf('=');
		return at < 0 ? [pair, ''] : [pair.slice(0, at), decoded(pair.slice(at + 1))];
	});
	return { host: found[1]!.toLowerCase(), path: found[2] ?? '/', query: new Map(query) };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}
