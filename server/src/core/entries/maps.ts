import type { NamedPart, Position } from '../servers.ts';
import { sliceString } from '../syntax/decoded.ts';
import { below, type ConfigNode, type Member, type ObjectNode, type StringNode, stringAt } from '../syntax/tree.ts';
import { asText } from './nodes.ts';
import { NamedEntryPart } from './parts.ts';

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
	if (node?.kind === 'object') return mapValues(node, position, pointer, text, taken);
	if (node?.kind !== 'array') return [];
	return node.items.flatMap((item, i): NamedPart[] => {
		if (item.kind === 'string') return assignment(item, position, pointer, i, taken);
		return item.kind === 'object' ? pair(item, position, below(pointer, i), taken) : [];
	});
}

/** Where all values are texts, the map is taken as a whole: one entry in `taken` instead of one for each. */
function mapValues(
	map: ObjectNode,
	position: Position,
	pointer: string,
	text: string,
	taken: Set<ConfigNode>,
): NamedPart[] {
	const isWhole = map.members.every(holdsText);
	const texts = isWhole ? map.members : map.members.filter(holdsText);
	if (isWhole) taken.add(map);
	else for (const { value } of texts) taken.add(value!);
	return texts.map((member) => {
		const node = asText(member.value, text)!;
		return new NamedEntryPart(position, node, pointer, member.key, member);
	});
}

function holdsText({ value }: Member): boolean {
	return value?.kind === 'string' || value?.kind === 'number';
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_.-]{0,255})=/;
const HEADER = /^([A-Za-z0-9-]{1,128}): {0,8}/;

function assignment(
	item: StringNode,
	position: Position,
	pointer: string,
	index: number,
	taken: Set<ConfigNode>,
): NamedPart[] {
	const match = (position === 'header' ? HEADER : ASSIGNMENT).exec(item.value);
	if (!match) return [];
	taken.add(item);
	const key = match[1]!;
	const value = sliceString(item, match[0].length);
	const member: Member = { key, keySpan: item.spanOf(0, key.length), span: item.span, value };
	return [new NamedEntryPart(position, value, pointer, index, member)];
}

function pair(item: ConfigNode, position: Position, pointer: string, taken: Set<ConfigNode>): NamedPart[] {
	const name = stringAt(item, 'name') ?? stringAt(item, 'key');
	const value = stringAt(item, 'value');
	if (!name || !value) return [];
	taken.add(name).add(value);
	const member: Member = { key: name.value, keySpan: name.span, span: item.span, value };
	return [new NamedEntryPart(position, value, pointer, 'value', member)];
}
