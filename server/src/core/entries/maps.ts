import type { NamedPart, Position } from '../servers.ts';
import { sliceString } from '../syntax/decoded.ts';
import { below, type ConfigNode, type Member, type StringNode, stringAt } from '../syntax/tree.ts';
import { asText } from './nodes.ts';

/**
 * Names and values, in the three ways that hosts write them: a map, a list of `NAME=value` (headers: `Name: value`), a list of
 * `{ name, value }`. `taken` learns which nodes were read.
 */
export function namedValues(
	node: ConfigNode | undefined,
	position: Position,
	pointer: string,
	text: string,
	taken: Set<ConfigNode>,
): NamedPart[] {
	if (node?.kind === 'object') return mapValues(node.members, position, pointer, text, taken);
	if (node?.kind !== 'array') return [];
	return node.items.flatMap((item, i): NamedPart[] => {
		if (item.kind === 'string') return assignment(item, position, below(pointer, i), taken);
		return item.kind === 'object' ? pair(item, position, below(pointer, i), taken) : [];
	});
}

function mapValues(
	members: readonly Member[],
	position: Position,
	pointer: string,
	text: string,
	taken: Set<ConfigNode>,
): NamedPart[] {
	const parts: NamedPart[] = [];
	for (const member of members) {
		const node = asText(member.value, text);
		if (!node) continue;
		taken.add(member.value!);
		parts.push(named(position, member, node, below(pointer, member.key)));
	}
	return parts;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_.-]{0,255})=/;
const HEADER = /^([A-Za-z0-9-]{1,128}): {0,8}/;

function assignment(item: StringNode, position: Position, pointer: string, taken: Set<ConfigNode>): NamedPart[] {
	const match = (position === 'header' ? HEADER : ASSIGNMENT).exec(item.value);
	if (!match) return [];
	taken.add(item);
	const key = match[1]!;
	const value = sliceString(item, match[0].length);
	return [named(position, { key, keySpan: item.spanOf(0, key.length), span: item.span, value }, value, pointer)];
}

function pair(item: ConfigNode, position: Position, pointer: string, taken: Set<ConfigNode>): NamedPart[] {
	const name = stringAt(item, 'name') ?? stringAt(item, 'key');
	const value = stringAt(item, 'value');
	if (!name || !value) return [];
	taken.add(name).add(value);
	const member: Member = { key: name.value, keySpan: name.span, span: item.span, value };
	return [named(position, member, value, below(pointer, 'value'))];
}

export function named(position: Position, member: Member, node: StringNode, pointer: string): NamedPart {
	return { position, name: member.key, value: node.value, node, pointer, member };
}
