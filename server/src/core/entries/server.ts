import { launcherUse } from '../bindings/launcher-use.ts';
import type { ServerFields } from '../dialects/fields.ts';
import type { McpServer, NamedPart, Part, Position, Transport } from '../servers.ts';
import { below, type ConfigNode, member, type StringNode, stringAt } from '../syntax/tree.ts';
import { namedValues } from './maps.ts';
import { addOthers, addOthersIn, type Field, field, oneField, textField } from './nodes.ts';
import { EntryPart, HeaderFieldPart } from './parts.ts';
import type { Entry } from './roots.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Of the dozens of names that hosts have for an entry's parts those that some entry of this file uses: the others need no look. */
export function usedFields(fields: ServerFields, entries: readonly Entry[]): ServerFields {
	const used = new Set<string>();
	for (const { node } of entries) for (const { key } of node.members) used.add(key);
	const isUsed = (name: string) => used.has(name.split('.', 1)[0]!);
	return Object.fromEntries(Object.entries(fields).map(([part, names]) => [part, names.filter(isUsed)])) as Record<
		keyof ServerFields,
		readonly string[]
	>;
}

/** One entry as the model that every rule reads. What no known field takes is kept in `others`. */
export function readServer(entry: Entry, fields: ServerFields, text: string): McpServer {
	const { node, pointer } = entry;
	const taken = new Set<ConfigNode>();
	if (entry.nameNode) taken.add(entry.nameNode);
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
	addOthersIn(node, undefined, pointer, taken, others);
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
	if (entry.folder !== undefined) server.folder = entry.folder;
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

const NO_NAMES: readonly string[] = [];

/** Names, or objects that hold one as `name`. */
function passedNames({ node, pointer }: Entry, { passed }: ServerFields): readonly string[] {
	const list = field(node, passed, pointer)?.node;
	if (list?.kind !== 'array') return NO_NAMES;
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
	return new EntryPart(position, found.node, found.at, found.key, found.key);
}

function map(
	{ node, pointer }: Entry,
	position: Position,
	names: readonly string[],
	text: string,
	taken: Set<ConfigNode>,
): NamedPart[] {
	const found = field(node, names, pointer);
	return found ? namedValues(found.node, position, below(found.at, found.key), text, taken) : [];
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
		const at = below(found.at, found.key);
		let before: StringNode | undefined;
		for (const [i, item] of found.node.items.entries()) {
			if (item.kind !== 'string') continue;
			taken.add(item);
			if (before) args.push(argument(item, at, i, args.length, before));
			else command = new EntryPart('command', item, at, i, found.key);
			before = item;
		}
	}
	const text = textField(node, fields.command, pointer);
	if (text) {
		taken.add(text.node);
		command = new EntryPart('command', text.node, text.at, text.key, text.key);
	}
	const more = readArgs(field(node, fields.args, pointer), taken, args.length);
	return { command, args: args.length === 0 ? more : [...args, ...more] };
}

/** A list, or one text that is a whole command line. A list of texts is taken as a whole. */
function readArgs(found: Field | undefined, taken: Set<ConfigNode>, from: number): readonly Part[] {
	if (found?.node.kind === 'string') {
		taken.add(found.node);
		return [argument(found.node, found.at, found.key, from, undefined)];
	}
	if (found?.node.kind !== 'array') return [];
	const { items } = found.node;
	const at = below(found.at, found.key);
	const parts = items.map((item, i) =>
		item.kind === 'string' ? argument(item, at, i, from + i, items[i - 1]) : undefined,
	);
	if (isWhole(parts)) {
		taken.add(found.node);
		return parts;
	}
	const texts = parts.filter((part) => part !== undefined);
	for (const { node } of texts) taken.add(node);
	return texts;
}

/** Mostly all items are texts: then the list is kept as it is, because a filtered one has room for many more. */
function isWhole(parts: readonly (Part | undefined)[]): parts is readonly Part[] {
	return !parts.includes(undefined);
}

function argument(
	node: StringNode,
	at: string,
	key: string | number,
	index: number,
	before: ConfigNode | undefined,
): Part {
	const name = before?.kind === 'string' && !node.value.startsWith('-') ? flagName(before.value) : undefined;
	return new EntryPart('arg', node, at, key, name, index);
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
	headers.push(new HeaderFieldPart(found.node, found.at, found.key, member(owner, found.key)!));
}

/** Names of variables: looked at, because a token can be pasted anywhere, but the field's name lends them no meaning. */
function addVariableNames({ node, pointer }: Entry, name: string, taken: Set<ConfigNode>, others: Part[]): void {
	const found = oneField(node, name, pointer);
	if (!found) return;
	const parts: Part[] = [];
	addOthers(found.node, undefined, found.at, found.key, taken, parts);
	for (const part of parts) others.push(unnamed(part));
	taken.add(found.node);
}

function unnamed({ position, value, node, pointer }: Part): Part {
	return { position, value, node, pointer };
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
