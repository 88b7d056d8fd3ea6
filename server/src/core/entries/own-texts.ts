import type { Dialect } from '../dialects/dialect.ts';
import type { OwnText } from '../servers.ts';
import { sliceString } from '../syntax/decoded.ts';
import type { ConfigNode, StringNode } from '../syntax/tree.ts';
import { locate } from './nodes.ts';

/** Command lines and rules of the host itself, wherever the dialect keeps them. */
export function readOwnTexts(root: ConfigNode | undefined, { ownTexts = [] }: Dialect): OwnText[] {
	return ownTexts.flatMap(({ path, instead }) =>
		locate(root, path).flatMap(({ node, pointer, key }): OwnText[] => {
			if (node.kind !== 'string') return [];
			const text = insideRule(node);
			// An item is told by the name of its list.
			const name = /^[0-9]/.test(key) ? pointer.split('/').at(-2) : key;
			return [{ position: 'other', name, value: text.value, node: text, pointer, instead }];
		}),
	);
}

/** `Bash(command)`, `Bash(command:*)`: the command alone. */
function insideRule(node: StringNode): StringNode {
	const before = /^\w{1,80}\(/.exec(node.value)?.[0];
	const after = before && /(?::?\*)?\)$/.exec(node.value)?.[0];
	return after ? sliceString(node, before.length, node.value.length - after.length) : node;
}
