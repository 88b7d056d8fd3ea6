import type { Dialect } from '../dialects/dialect.ts';
import type { InputDefinition, Part, Position } from '../servers.ts';
import { type ConfigNode, child, member, type ObjectNode, pointer, type StringNode, stringAt } from '../syntax/tree.ts';
import { descend, type Path, part } from './nodes.ts';

/** VS Code's `inputs`, wherever the dialect keeps them. */
export function readInputs(root: ConfigNode | undefined, dialect: Dialect): InputDefinition[] {
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
	return part(position, value, path, stringAt(input, 'id')?.value);
}
