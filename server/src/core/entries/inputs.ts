import type { Dialect } from '../dialects/dialect.ts';
import type { InputDefinition, Part, Position } from '../servers.ts';
import {
	below,
	type ConfigNode,
	child,
	member,
	type ObjectNode,
	pointer,
	type StringNode,
	stringAt,
} from '../syntax/tree.ts';
import { descend } from './nodes.ts';
import { EntryPart } from './parts.ts';

/** VS Code's `inputs`, wherever the dialect keeps them. */
export function readInputs(root: ConfigNode | undefined, dialect: Dialect): InputDefinition[] {
	if (!dialect.inputs) return [];
	const at = pointer(...dialect.inputs);
	const list = descend(root, dialect.inputs);
	if (list?.kind !== 'array') return [];
	return list.items.flatMap((item, i) => (item.kind === 'object' ? [readInput(item, below(at, i))] : []));
}

const INPUT_TYPES = new Set(['promptString', 'pickString', 'command']);

function readInput(node: ObjectNode, at: string): InputDefinition {
	const type = stringAt(node, 'type')?.value ?? '';
	const password = member(node, 'password')?.value;
	return {
		id: stringAt(node, 'id')?.value ?? '',
		node,
		span: node.span,
		pointer: at,
		type: INPUT_TYPES.has(type) ? (type as InputDefinition['type']) : 'unknown',
		password: password?.kind === 'boolean' && password.value === true,
		values: [...inputDefault(node, at), ...inputOptions(node, at)],
	};
}

function inputDefault(node: ObjectNode, at: string): Part[] {
	const value = stringAt(node, 'default');
	return value ? [inputPart('input-default', value, node, at, 'default')] : [];
}

/** Options are strings or `{ label, value }`. */
function inputOptions(node: ObjectNode, at: string): Part[] {
	const options = child(node, 'options');
	if (options?.kind !== 'array') return [];
	return options.items.flatMap((option, i): Part[] => {
		const list = below(at, 'options');
		if (option.kind === 'string') return [inputPart('input-option', option, node, list, i)];
		const value = stringAt(option, 'value');
		return value ? [inputPart('input-option', value, node, below(list, i), 'value')] : [];
	});
}

/** The input's id names the value: `{ "id": "github-token", "default": "..." }`. */
function inputPart(position: Position, value: StringNode, input: ObjectNode, at: string, key: string | number): Part {
	return new EntryPart(position, value, at, key, stringAt(input, 'id')?.value);
}
