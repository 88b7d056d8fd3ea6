import type { ConfigDocument } from '../document.ts';
import { type KnownEntry, knownServer } from '../needs/index.ts';
import type { Switch } from '../needs/need.ts';
import { bareName } from '../needs/table.ts';
import type { McpServer, Part } from '../servers.ts';
import { type ArrayNode, child, member } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import { insertFirstMember, insertMemberAfter, replaceWith, setMember } from './json-edit.ts';
import { appendItems, insertItemsBefore } from './list-edit.ts';
import { commandLine } from './target.ts';

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
	if (written && (written.value !== flag || value === undefined))
		return { by: flag, changes: [replaceWith(written.node.span, text)] };
	const next = args[index + 1];
	if (written && next && !next.value.startsWith('-'))
		return { by: flag, changes: [replaceWith(next.node.span, value!)] };
	const list = child(server.node, 'args');
	if (list?.kind === 'array') return { by: flag, changes: [appendItems(document.text, list, [text])] };
	const command = member(server.node, 'command');
	if (!command || list) return undefined;
	return { by: flag, changes: [insertMemberAfter(document.text, command, 'args', JSON.stringify([text]))] };
}

function isShell({ invocation }: KnownEntry): boolean {
	return /^(?:sh|bash|zsh|dash|ksh|cmd|powershell|pwsh)$/i.test(invocation.program ?? '');
}

const CONTAINERS = /^(?:docker|podman|nerdctl)$/;

function envEdit(
	document: ConfigDocument,
	server: McpServer,
	{ invocation, known }: KnownEntry,
	name: string,
	value: string,
): SettingEdit | undefined {
	if (!CONTAINERS.test(invocation.program ?? ''))
		return { by: name, changes: [setEnv(document.text, server, name, value)] };
	const { args } = commandLine(server);
	const assigned = args.find((arg) => arg.value === `${name}` || arg.value.startsWith(`${name}=`));
	if (assigned) return { by: name, changes: [replaceWith(assigned.node.span, `${name}=${value}`)] };
	const image = args.find((arg) => known?.match.some((match) => match.toLowerCase() === bareName(arg.value)));
	if (!image) return undefined;
	return { by: name, changes: [insertItemsBefore(document.text, image.node, ['-e', `${name}=${value}`])] };
}

function setEnv(text: string, server: McpServer, name: string, value: string): TextChange {
	const env = child(server.node, 'env');
	if (env?.kind === 'object') return setMember(text, env, name, JSON.stringify(value));
	const after = member(server.node, 'args') ?? member(server.node, 'command');
	const json = `{ ${JSON.stringify(name)}: ${JSON.stringify(value)} }`;
	return after ? insertMemberAfter(text, after, 'env', json) : insertFirstMember(text, server.node, 'env', json);
}

function urlEdit(document: ConfigDocument, server: McpServer, places: Switch, value: string): SettingEdit | undefined {
	const header = places.headers?.[0];
	const query = places.query?.[0];
	if (header !== undefined) return headerEdit(document, server, header, value);
	const url = urlPart(server);
	if (query === undefined || !url) return undefined;
	return { by: query, changes: [replaceWith(url.node.span, withQuery(url.value, query, value))] };
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
	const { text } = document;
	if (server.launcher?.mode === 'connect')
		return argHeader(
			document,
			server,
			['--header', `${name}=${value}`],
			name,
			server.launcher.headers.map(({ name: header, part }) => [header, part] as const),
		);
	if (server.command) return argHeader(document, server, ['--header', `${name}:${value}`], name, []);
	const headers = child(server.node, 'headers');
	const written = server.headers.find((one) => one.name.toLowerCase() === name.toLowerCase());
	if (written) return { by: name, changes: [replaceWith(written.node.span, value)] };
	if (headers?.kind === 'object') return { by: name, changes: [setMember(text, headers, name, JSON.stringify(value))] };
	const url = server.node.members.find(({ value: node }) => node === server.url?.node);
	if (!url || headers) return undefined;
	return {
		by: name,
		changes: [insertMemberAfter(text, url, 'headers', `{ ${JSON.stringify(name)}: ${JSON.stringify(value)} }`)],
	};
}

/** A bridge and our own `connect` take headers as arguments. */
function argHeader(
	document: ConfigDocument,
	server: McpServer,
	items: readonly [string, string],
	name: string,
	present: readonly (readonly [string, Part])[],
): SettingEdit | undefined {
	const written = present.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
	if (written) return { by: name, changes: [replaceWith(written.node.span, items[1])] };
	const list: ArrayNode | undefined = arrayOf(server);
	return list && { by: name, changes: [appendItems(document.text, list, items)] };
}

function arrayOf(server: McpServer): ArrayNode | undefined {
	const list = child(server.node, 'args');
	return list?.kind === 'array' ? list : undefined;
}
