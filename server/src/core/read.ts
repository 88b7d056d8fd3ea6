import type { Dialect, FilePlace } from './dialects/dialect.ts';
import type { ConfigDocument } from './document.ts';
import { launcherUse } from './launcher-use.ts';
import type { InputDefinition, McpServer, NamedPart, Part, Position, Transport } from './servers.ts';
import { parseJsonc } from './syntax/jsonc.ts';
import {
	type ConfigNode,
	child,
	type Member,
	member,
	type ObjectNode,
	pointer,
	type StringNode,
	stringAt,
} from './syntax/tree.ts';

/** Reads a config: text to tree to servers. Never throws; what does not parse is simply not there. */
export function readDocument(uri: string, text: string, dialect: Dialect, scope: FilePlace['scope']): ConfigDocument {
	const tree = parseJsonc(text, dialect.syntax);
	return {
		uri,
		text,
		dialect,
		scope,
		tree,
		servers: readServers(tree.root, dialect),
		inputs: readInputs(tree.root, dialect),
	};
}

type Path = readonly (string | number)[];

/** Roots that no host of this file may read, but people write: a token under the wrong key is a token all the same. */
const OTHER_ROOTS: readonly (readonly string[])[] = [['mcpServers'], ['servers']];

function readServers(root: ConfigNode | undefined, dialect: Dialect): McpServer[] {
	const known = dialect.serverRoots.flatMap((path) => serversAt(root, path));
	if (known.length > 0) return known;
	return OTHER_ROOTS.flatMap((path) => serversAt(root, path));
}

function serversAt(root: ConfigNode | undefined, path: readonly string[]): McpServer[] {
	const map = descend(root, path);
	if (map?.kind !== 'object') return [];
	return map.members.flatMap((entry) =>
		entry.value?.kind === 'object' ? [readServer(entry, entry.value, [...path, entry.key])] : [],
	);
}

function descend(root: ConfigNode | undefined, path: readonly string[]): ConfigNode | undefined {
	return path.reduce<ConfigNode | undefined>((node, key) => child(node, key), root);
}

/** Fields that hold no secret by themselves or are read apart; everything else is looked at as `other`. */
const OWN_FIELDS = new Set(['type', 'command', 'args', 'env', 'headers', 'url', 'envFile', 'cwd']);

function readServer(entry: Member, node: ObjectNode, path: Path): McpServer {
	const type = stringAt(node, 'type');
	const command = partAt(node, 'command', 'command', path);
	const url = partAt(node, 'url', 'url', path) ?? partAt(node, 'serverUrl', 'url', path);
	const envFile = partAt(node, 'envFile', 'envFile', path);
	const cwd = partAt(node, 'cwd', 'cwd', path);
	const args = readArgs(child(node, 'args'), [...path, 'args']);
	const server: McpServer = {
		name: entry.key,
		nameSpan: entry.keySpan,
		span: entry.span,
		pointer: pointer(...path),
		node,
		transport: transportOf(type?.value, command, url),
		...(type ? { type } : {}),
		...(command ? { command } : {}),
		args,
		env: readMap(child(node, 'env'), 'env', [...path, 'env']),
		headers: readMap(child(node, 'headers'), 'header', [...path, 'headers']),
		...(url ? { url } : {}),
		...(envFile ? { envFile } : {}),
		...(cwd ? { cwd } : {}),
		others: node.members.flatMap((m) =>
			OWN_FIELDS.has(m.key) || m.key === 'serverUrl' ? [] : strings(m.value, m.key, [...path, m.key]),
		),
	};
	const launcher = launcherUse(server);
	return launcher ? { ...server, launcher } : server;
}

function transportOf(type: string | undefined, command: Part | undefined, url: Part | undefined): Transport {
	if (type === 'stdio' || type === 'local') return 'stdio';
	if (type === 'http' || type === 'sse' || type === 'streamable-http' || type === 'streamableHttp') return 'http';
	if (command) return 'stdio';
	return url ? 'http' : 'unknown';
}

function partAt(node: ObjectNode, key: string, position: Position, path: Path): Part | undefined {
	const value = stringAt(node, key);
	return value && { position, name: key, value: value.value, node: value, pointer: pointer(...path, key) };
}

function readArgs(node: ConfigNode | undefined, path: Path): Part[] {
	if (node?.kind !== 'array') return [];
	return node.items.flatMap((item, index): Part[] => {
		if (item.kind !== 'string') return [];
		const flag = item.value.startsWith('-') ? undefined : flagBefore(node.items, index);
		return [
			{
				position: 'arg',
				value: item.value,
				node: item,
				pointer: pointer(...path, index),
				index,
				...(flag ? { name: flag } : {}),
			},
		];
	});
}

/** `["--api-key", "value"]`: the flag names the value that follows it. */
function flagBefore(items: readonly ConfigNode[], index: number): string | undefined {
	const before = items[index - 1];
	if (before?.kind !== 'string' || !before.value.startsWith('-') || before.value.includes('=') || before.value === '--')
		return undefined;
	return before.value;
}

function readMap(node: ConfigNode | undefined, position: Position, path: Path): NamedPart[] {
	if (node?.kind !== 'object') return [];
	return node.members.flatMap((m): NamedPart[] => {
		if (m.value?.kind !== 'string') return [];
		return [
			{ position, name: m.key, value: m.value.value, node: m.value, pointer: pointer(...path, m.key), member: m },
		];
	});
}

/** Every string below a node; the nearest key names it. Depth is bounded by the parser. */
function strings(node: ConfigNode | undefined, name: string, path: Path): Part[] {
	if (!node) return [];
	if (node.kind === 'string') return [{ position: 'other', name, value: node.value, node, pointer: pointer(...path) }];
	if (node.kind === 'array') return node.items.flatMap((item, i) => strings(item, name, [...path, i]));
	if (node.kind === 'object') return node.members.flatMap((m) => strings(m.value, m.key, [...path, m.key]));
	return [];
}

function readInputs(root: ConfigNode | undefined, dialect: Dialect): InputDefinition[] {
	if (!dialect.inputs) return [];
	const path: Path = dialect.inputs;
	const list = descend(root, dialect.inputs);
	if (list?.kind !== 'array') return [];
	return list.items.flatMap((item, i) => (item.kind === 'object' ? [readInput(item, [...path, i])] : []));
}

const INPUT_TYPES = new Set(['promptString', 'pickString', 'command']);

function readInput(node: ObjectNode, path: Path): InputDefinition {
	const type = stringAt(node, 'type')?.value ?? '';
	const password = member(node, 'password')?.value;
	return {
		id: stringAt(node, 'id')?.value ?? '',
		node,
		span: node.span,
		pointer: pointer(...path),
		type: INPUT_TYPES.has(type) ? (type as InputDefinition['type']) : 'unknown',
		password: password?.kind === 'boolean' && password.value === true,
		values: [...inputDefault(node, path), ...inputOptions(node, path)],
	};
}

function inputDefault(node: ObjectNode, path: Path): Part[] {
	const value = stringAt(node, 'default');
	return value ? [inputPart('input-default', value, node, [...path, 'default'])] : [];
}

/** Options are strings or `{ label, value }`. */
function inputOptions(node: ObjectNode, path: Path): Part[] {
	const options = child(node, 'options');
	if (options?.kind !== 'array') return [];
	return options.items.flatMap((option, i): Part[] => {
		const at = [...path, 'options', i];
		if (option.kind === 'string') return [inputPart('input-option', option, node, at)];
		const value = stringAt(option, 'value');
		return value ? [inputPart('input-option', value, node, [...at, 'value'])] : [];
	});
}

/** The input's id names the value: `{ "id": "github-token", "default": "..." }`. */
function inputPart(position: Position, value: StringNode, input: ObjectNode, path: Path): Part {
	const id = stringAt(input, 'id')?.value;
	return { position, value: value.value, node: value, pointer: pointer(...path), ...(id ? { name: id } : {}) };
}
