/** Looks at parsed configs: what a reader gets, and whether spans hold. */
import assert from 'node:assert/strict';
import type { ConfigNode, ConfigTree } from '../../server/src/core/syntax/tree.ts';

/** The plain value that a reader gets; what has no value is null. */
export function plain(node: ConfigNode | undefined): unknown {
	if (!node) return null;
	if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
	return node.kind === 'array' ? node.items.map(plain) : node.value;
}

/** Every string with the text that its whole value was read from. */
export function strings(node: ConfigNode | undefined, text: string): [string, string][] {
	if (node?.kind === 'object') return node.members.flatMap(({ value }) => strings(value, text));
	if (node?.kind === 'array') return node.items.flatMap((item) => strings(item, text));
	if (node?.kind !== 'string') return [];
	const { start, end } = node.spanOf(0, node.value.length);
	return [[node.value, text.slice(start, end)]];
}

/** Every span of the tree lies inside of the text, and so does every piece of every string. */
export function assertInside(text: string, tree: ConfigTree): void {
	const inside = ({ start, end }: { start: number; end: number }) =>
		assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${JSON.stringify(text)}`);
	const visit = (node: ConfigNode | undefined): void => {
		if (!node) return;
		inside(node.span);
		if (node.kind === 'array') node.items.forEach(visit);
		if (node.kind === 'object')
			for (const member of node.members) {
				inside(member.span);
				inside(member.keySpan);
				visit(member.value);
			}
		if (node.kind === 'string') for (let i = 0; i <= node.value.length; i++) inside(node.spanOf(i, i + 1));
	};
	visit(tree.root);
	for (const span of [...tree.comments, ...tree.problems.map((problem) => problem.span)]) inside(span);
}
