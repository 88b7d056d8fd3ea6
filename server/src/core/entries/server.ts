import type { ServerFields } from '../dialects/fields.ts';
import { launcherUse } from '../launcher-use.ts';
import type { McpServer, NamedPart, Part, Position, Transport } from '../servers.ts';
import { type ConfigNode, member, pointer } from '../syntax/tree.ts';
import { namedValues } from './maps.ts';
import { field, otherStrings, type Path, part, textField } from './nodes.ts';
import type { Entry } from './roots.ts';

/** One entry as the model that every rule reads. What no known field takes is kept in `others`. */
export function readServer(entry: Entry, fields: ServerFields, text: string): McpServer {
	const { node, path } = entry;
	const taken = new Set<ConfigNode>(entry.nameNode ? [entry.nameNode] : []);
	const single = (position: Position, names: readonly string[]): Part | undefined => {
		const found = textField(node, names, path);
		if (!found || taken.has(found.node)) return undefined;
		taken.add(found.node);
		return part(position, found.node, found.path, String(found.path.at(-1)));
	};
	const map = (position: Position, names: readonly string[]): NamedPart[] => {
		const found = field(node, names, path);
		return found ? namedValues(found.node, position, found.path, text, taken) : [];
	};
	const type = textField(node, fields.type, path)?.node;
	if (type) taken.add(type);
	const line = commandLine(entry, fields, taken);
	const url = single('url', fields.url);
	const envFile = single('envFile', fields.envFile);
	const cwd = single('cwd', fields.cwd);
	const server: McpServer = {
		name: entry.name,
		nameSpan: entry.nameSpan,
		span: entry.span,
		pointer: pointer(...path),
		node,
		transport: transportOf(type?.value, line.command, url),
		...(type ? { type } : {}),
		...(line.command ? { command: line.command } : {}),
		args: line.args,
		env: map('env', fields.env),
		headers: [...map('header', fields.headers), ...bearerTokens(entry, fields, taken)],
		...(url ? { url } : {}),
		...(envFile ? { envFile } : {}),
		...(cwd ? { cwd } : {}),
		others: [...variableNames(entry, fields, taken), ...otherStrings(node, undefined, path, taken)],
	};
	const launcher = launcherUse(server);
	return launcher ? { ...server, launcher } : server;
}

interface CommandLine {
	readonly command?: Part;
	readonly args: readonly Part[];
}

/** `command` and `args`; where `command` is a list, its first item is the program and the rest come before `args`. */
function commandLine({ node, path }: Entry, fields: ServerFields, taken: Set<ConfigNode>): CommandLine {
	const found = field(node, fields.command, path);
	const listed = found?.node.kind === 'array' ? argumentList(found.node.items, found.path, 0, taken) : [];
	const text = textField(node, fields.command, path);
	if (text) taken.add(text.node);
	const first = listed[0];
	const command = text
		? part('command', text.node, text.path, String(text.path.at(-1)))
		: first && part('command', first.node, first.path, String(found!.path.at(-1)));
	const rest = listed.slice(1).map((arg, i) => argument(arg, i, listed[i]));
	return { ...(command ? { command } : {}), args: [...rest, ...readArgs(node, path, fields, rest.length, taken)] };
}

type Listed = ReturnType<typeof argumentList>[number];

function argumentList(items: readonly ConfigNode[], path: Path, from: number, taken: Set<ConfigNode>) {
	return items.flatMap((item, i) => {
		if (item.kind !== 'string') return [];
		taken.add(item);
		return [{ node: item, path: [...path, i], index: from + i }];
	});
}

/** A list, or one text that is a whole command line. */
function readArgs(node: ConfigNode, path: Path, fields: ServerFields, from: number, taken: Set<ConfigNode>): Part[] {
	const found = field(node, fields.args, path);
	if (found?.node.kind === 'string') {
		taken.add(found.node);
		return [{ ...part('arg', found.node, found.path), index: from }];
	}
	if (found?.node.kind !== 'array') return [];
	const { items } = found.node;
	return argumentList(items, found.path, from, taken).map((arg) => {
		const before = items[arg.index - from - 1];
		return argument(arg, arg.index, before?.kind === 'string' ? { node: before } : undefined);
	});
}

function argument(arg: Listed, index: number, before: Pick<Listed, 'node'> | undefined): Part {
	const flag = arg.node.value.startsWith('-') ? undefined : flagName(before?.node.value);
	return { ...part('arg', arg.node, arg.path, flag), index };
}

/** `["--api-key", "value"]`: the flag names the value that follows it. */
function flagName(before: string | undefined): string | undefined {
	return before?.startsWith('-') && !before.includes('=') && before !== '--' ? before : undefined;
}

/** A field that the host sends as a bearer token, under the name it has in the file. */
function bearerTokens({ node, path }: Entry, fields: ServerFields, taken: Set<ConfigNode>): NamedPart[] {
	return fields.bearer.flatMap((name): NamedPart[] => {
		const found = textField(node, [name], path);
		if (!found || taken.has(found.node)) return [];
		const keys = name.split('.');
		const owner = keys.length === 1 ? node : field(node, [keys.slice(0, -1).join('.')], path)!.node;
		taken.add(found.node);
		const key = keys.at(-1)!;
		return [{ ...part('header', found.node, found.path, key), name: key, member: member(owner, key)! }];
	});
}

/** Names of variables: looked at, because a token can be pasted anywhere, but the field's name lends them no meaning. */
function variableNames({ node, path }: Entry, fields: ServerFields, taken: Set<ConfigNode>): Part[] {
	return fields.variableNames.flatMap((name) => {
		const found = field(node, [name], path);
		if (!found) return [];
		const parts = otherStrings(found.node, undefined, found.path, taken).map(({ name: _, ...rest }): Part => rest);
		taken.add(found.node);
		return parts;
	});
}

const STDIO_TYPES: ReadonlySet<string> = new Set(['stdio', 'local']);
const HTTP_TYPES: ReadonlySet<string> = new Set([
	'http',
	'sse',
	'streamable-http',
	'streamableHttp',
	'streamable_http',
	'remote',
	'ws',
	'websocket',
]);

function transportOf(type: string | undefined, command: Part | undefined, url: Part | undefined): Transport {
	if (type !== undefined && STDIO_TYPES.has(type)) return 'stdio';
	if (type !== undefined && HTTP_TYPES.has(type)) return 'http';
	if (command) return 'stdio';
	return url ? 'http' : 'unknown';
}
