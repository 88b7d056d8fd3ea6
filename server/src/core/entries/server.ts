import type { ServerFields } from '../dialects/fields.ts';
import { launcherUse } from '../launcher-use.ts';
import type { McpServer, NamedPart, Part, Position, Transport } from '../servers.ts';
import { below, type ConfigNode, member, type StringNode, stringAt } from '../syntax/tree.ts';
import { named, namedValues } from './maps.ts';
import { addOthers, field, type Located, oneField, part, textField } from './nodes.ts';
import type { Entry } from './roots.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** One entry as the model that every rule reads. What no known field takes is kept in `others`. */
export function readServer(entry: Entry, fields: ServerFields, text: string): McpServer {
	const { node, pointer } = entry;
	const taken = new Set<ConfigNode>(entry.nameNode ? [entry.nameNode] : []);
	const type = textField(node, fields.type, pointer)?.node;
	if (type) taken.add(type);
	const line = commandLine(entry, fields, taken);
	const url = single(entry, 'url', fields.url, taken);
	const envFile = single(entry, 'envFile', fields.envFile, taken);
	const cwd = single(entry, 'cwd', fields.cwd, taken);
	const envNode = field(node, fields.env, pointer)?.node;
	const env = map(entry, 'env', fields.env, text, taken);
	const headers = map(entry, 'header', fields.headers, text, taken);
	for (const name of fields.bearer) addBearer(entry, name, taken, headers);
	const others: Part[] = [];
	for (const name of fields.variableNames) addVariableNames(entry, name, taken, others);
	addOthers(node, undefined, pointer, taken, others);
	const { name, nameSpan, span } = entry;
	const server: Writable<McpServer> = {
		name,
		nameSpan,
		span,
		pointer,
		node,
		transport: transportOf(type?.value, line.command, url),
		args: line.args,
		env,
		passed: passedNames(entry, fields),
		headers,
		others,
	};
	if (envNode) server.envNode = envNode;
	if (type) server.type = type;
	if (line.command) server.command = line.command;
	if (url) server.url = url;
	if (envFile) server.envFile = envFile;
	if (cwd) server.cwd = cwd;
	const launcher = launcherUse(server);
	if (launcher) server.launcher = launcher;
	return server;
}

/** Names, or objects that hold one as `name`. */
function passedNames({ node, pointer }: Entry, { passed }: ServerFields): readonly string[] {
	const list = field(node, passed, pointer)?.node;
	if (list?.kind !== 'array') return [];
	return list.items.flatMap((item) => (item.kind === 'string' ? item.value : (stringAt(item, 'name')?.value ?? [])));
}

function single(
	{ node, pointer }: Entry,
	position: Position,
	names: readonly string[],
	taken: Set<ConfigNode>,
): Part | undefined {
	const found = textField(node, names, pointer);
	if (!found || taken.has(found.node)) return undefined;
	taken.add(found.node);
	return part(position, found.node, found.pointer, found.key);
}

function map(
	{ node, pointer }: Entry,
	position: Position,
	names: readonly string[],
	text: string,
	taken: Set<ConfigNode>,
): NamedPart[] {
	const found = field(node, names, pointer);
	return found ? namedValues(found.node, position, found.pointer, text, taken) : [];
}

interface CommandLine {
	readonly command: Part | undefined;
	readonly args: readonly Part[];
}

/** `command` and `args`; where `command` is a list, its first item is the program and the rest come before `args`. */
function commandLine({ node, pointer }: Entry, fields: ServerFields, taken: Set<ConfigNode>): CommandLine {
	const found = field(node, fields.command, pointer);
	const args: Part[] = [];
	let command: Part | undefined;
	if (found?.node.kind === 'array') {
		let before: StringNode | undefined;
		for (const [i, item] of found.node.items.entries()) {
			if (item.kind !== 'string') continue;
			taken.add(item);
			const at = below(found.pointer, i);
			if (before) args.push(argument(item, at, args.length, before));
			else command = part('command', item, at, found.key);
			before = item;
		}
	}
	const text = textField(node, fields.command, pointer);
	if (text) {
		taken.add(text.node);
		command = part('command', text.node, text.pointer, text.key);
	}
	addArgs(field(node, fields.args, pointer), taken, args);
	return { command, args };
}

/** A list, or one text that is a whole command line. */
function addArgs(found: Located | undefined, taken: Set<ConfigNode>, args: Part[]): void {
	const from = args.length;
	if (found?.node.kind === 'string') {
		taken.add(found.node);
		args.push(argument(found.node, found.pointer, from, undefined));
	}
	if (found?.node.kind !== 'array') return;
	let before: ConfigNode | undefined;
	for (const [i, item] of found.node.items.entries()) {
		if (item.kind === 'string') {
			taken.add(item);
			args.push(argument(item, below(found.pointer, i), from + i, before));
		}
		before = item;
	}
}

function argument(node: StringNode, pointer: string, index: number, before: ConfigNode | undefined): Part {
	const name = before?.kind === 'string' && !node.value.startsWith('-') ? flagName(before.value) : undefined;
	return { ...part('arg', node, pointer, name), index };
}

/** `["--api-key", "value"]`: the flag names the value that follows it. */
function flagName(before: string): string | undefined {
	return before.startsWith('-') && !before.includes('=') && before !== '--' ? before : undefined;
}

/** A field that the host sends as a bearer token, under the name it has in the file. */
function addBearer({ node, pointer }: Entry, name: string, taken: Set<ConfigNode>, headers: NamedPart[]): void {
	const found = textField(node, [name], pointer);
	if (!found || taken.has(found.node)) return;
	taken.add(found.node);
	const owner = name.includes('.') ? oneField(node, name.slice(0, name.lastIndexOf('.')), pointer)!.node : node;
	headers.push(named('header', member(owner, found.key)!, found.node, found.pointer));
}

/** Names of variables: looked at, because a token can be pasted anywhere, but the field's name lends them no meaning. */
function addVariableNames({ node, pointer }: Entry, name: string, taken: Set<ConfigNode>, others: Part[]): void {
	const found = oneField(node, name, pointer);
	if (!found) return;
	const parts: Part[] = [];
	addOthers(found.node, undefined, found.pointer, taken, parts);
	for (const { name: _, ...rest } of parts) others.push(rest);
	taken.add(found.node);
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
