import { commandLine, isContainerTool, shellOf } from '../command-line.ts';
import type { ConfigDocument } from '../document.ts';
import { type KnownEntry, knownServer } from '../needs/index.ts';
import type { Switch } from '../needs/need.ts';
import { bareName } from '../needs/table.ts';
import type { McpServer, Part } from '../servers.ts';
import type { TextChange } from '../text.ts';
import { argsOf, writableEntry } from './entry-writer.ts';
import { writerFor } from './writers.ts';

/** A setting of the server written into its entry, wherever this kind of entry takes it. Undefined where it takes it nowhere. */
export interface SettingEdit {
	/** `GITHUB_READ_ONLY`, `--read-only`, `X-MCP-Readonly`, `read_only`. */
	readonly by: string;
	readonly changes: readonly TextChange[];
}

/** Sets a switch to a value. `bare`: as a flag it stands without one. */
export function settingEdit(
	document: ConfigDocument,
	server: McpServer,
	places: Switch,
	value: string,
	bare = false,
): SettingEdit | undefined {
	const entry = knownServer(server);
	if (entry.invocation.url) return urlEdit(document, server, places, value);
	const flag = places.flags?.[0];
	const env = places.env?.[0];
	if (env !== undefined) return envEdit(document, server, entry, env, value);
	if (flag === undefined || isShell(entry)) return undefined;
	return flagEdit(document, server, flag, bare ? undefined : value);
}

/** Writes `--flag=value` in place of the value that stands there, else at the end of the arguments. */
export function flagEdit(
	document: ConfigDocument,
	server: McpServer,
	flag: string,
	value: string | undefined,
): SettingEdit | undefined {
	const { args } = commandLine(server);
	const index = args.findIndex((arg) => arg.value === flag || arg.value.startsWith(`${flag}=`));
	const written = args[index];
	const text = value === undefined ? flag : `${flag}=${value}`;
	const entry = writableEntry(document, server);
	const writer = writerFor(document);
	if (written && (written.value !== flag || value === undefined))
		return edited(flag, writer.replace(entry, written.node, text));
	const next = args[index + 1];
	if (written && next && !next.value.startsWith('-')) return edited(flag, writer.replace(entry, next.node, value!));
	return edited(flag, writer.appendArgs(entry, [text]));
}

function edited(by: string, change: TextChange | undefined): SettingEdit | undefined {
	return change && { by, changes: [change] };
}

function isShell({ invocation }: KnownEntry): boolean {
	return shellOf(invocation.program ?? '') !== undefined;
}

function envEdit(
	document: ConfigDocument,
	server: McpServer,
	{ invocation, known }: KnownEntry,
	name: string,
	value: string,
): SettingEdit | undefined {
	const entry = writableEntry(document, server);
	const writer = writerFor(document);
	if (!isContainerTool(invocation.program ?? '')) return edited(name, writer.setEnv(entry, name, value));
	const { args } = commandLine(server);
	const assigned = args.find((arg) => arg.value === `${name}` || arg.value.startsWith(`${name}=`));
	if (assigned) return edited(name, writer.replace(entry, assigned.node, `${name}=${value}`));
	const image = args.find((arg) => known?.match.some((match) => match.toLowerCase() === bareName(arg.value)));
	return image && edited(name, writer.insertArgs(entry, image.node, ['-e', `${name}=${value}`]));
}

function urlEdit(document: ConfigDocument, server: McpServer, places: Switch, value: string): SettingEdit | undefined {
	const header = places.headers?.[0];
	const query = places.query?.[0];
	if (header !== undefined) return headerEdit(document, server, header, value);
	const url = urlPart(server);
	if (query === undefined || !url) return undefined;
	const entry = writableEntry(document, server);
	return edited(query, writerFor(document).replace(entry, url.node, withQuery(url.value, query, value)));
}

function urlPart(server: McpServer): Part | undefined {
	return server.launcher?.url ?? server.url ?? commandLine(server).args.find((arg) => /^https?:\/\//i.test(arg.value));
}

/** The URL with one parameter set, before a fragment if there is one. */
export function withQuery(url: string, name: string, value: string): string {
	const [whole, fragment] = url.split('#', 2);
	const [address, query = ''] = whole!.split('?', 2);
	const others = query.split('&').filter((pair) => pair !== '' && pair !== name && !pair.startsWith(`${name}=`));
	const pairs = [...others, `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`];
	return `${address}?${pairs.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

function headerEdit(document: ConfigDocument, server: McpServer, name: string, value: string): SettingEdit | undefined {
	const { launcher } = server;
	if (launcher?.mode === 'connect') {
		const present = launcher.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
		return argHeader(document, server, ['--header', `${name}=${value}`], name, present?.part);
	}
	if (server.command) return argHeader(document, server, ['--header', `${name}:${value}`], name, undefined);
	const entry = writableEntry(document, server);
	const written = server.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
	const writer = writerFor(document);
	return edited(name, written ? writer.replace(entry, written.node, value) : writer.setHeader(entry, name, value));
}

/** A bridge and our own `connect` take headers as arguments. */
function argHeader(
	document: ConfigDocument,
	server: McpServer,
	items: readonly [string, string],
	name: string,
	written: Part | undefined,
): SettingEdit | undefined {
	const entry = writableEntry(document, server);
	const writer = writerFor(document);
	if (written) return edited(name, writer.replace(entry, written.node, items[1]));
	return argsOf(entry) && edited(name, writer.appendArgs(entry, items));
}
