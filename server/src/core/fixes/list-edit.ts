import type { ConfigDocument } from '../document.ts';
import type { ArrayNode, ConfigNode, Member, ObjectNode } from '../syntax/tree.ts';
import type { Span, TextChange } from '../text.ts';
import { indentAt, innerComments, newlineOf } from './json-edit.ts';

type Source = Pick<ConfigDocument, 'text' | 'tree'>;

/** Adds items, as they are written, behind the last one of an array, in the style of its neighbours. */
export function appendItems(text: string, array: ArrayNode, items: readonly string[]): TextChange {
	const last = array.items.at(-1);
	if (!last) return at(array.span.start + 1, items.join(', '));
	return at(last.span.end, items.map((item) => separator(text, last) + item).join(''));
}

/** Adds items, as they are written, before one that is there. */
export function insertItemsBefore(text: string, before: ConfigNode, items: readonly string[]): TextChange {
	const newText = items.map((item) => item + separator(text, before)).join('');
	return at(before.span.start, newText);
}

/** Removes items or members that may stand side by side, each with a comma; comments between them stay. */
export function removeParts(
	document: Source,
	owner: ArrayNode | ObjectNode,
	parts: readonly (ConfigNode | Member)[],
): TextChange[] {
	const all: readonly (ConfigNode | Member)[] = owner.kind === 'array' ? owner.items : owner.members;
	return runs(all, parts).map(([first, last]) => removeRun(document, all, first, last));
}

/** Stretches of neighbours, as indices of the first and the last. */
function runs(all: readonly unknown[], parts: readonly unknown[]): [number, number][] {
	const found: [number, number][] = [];
	for (let i = 0; i < all.length; i++) {
		if (!parts.includes(all[i])) continue;
		const open = found.at(-1);
		if (open && open[1] === i - 1) open[1] = i;
		else found.push([i, i]);
	}
	return found;
}

function removeRun(document: Source, all: readonly { readonly span: Span }[], first: number, last: number): TextChange {
	const { text } = document;
	const [from, to] = [all[first]!.span.start, all[last]!.span.end];
	const next = all[last + 1];
	if (next) {
		const gap = { start: from, end: next.span.start };
		return { span: gap, newText: innerComments(document, gap) };
	}
	const previous = all[first - 1];
	const gap = { start: previous?.span.end ?? from, end: endWithComma(text, to) };
	const comments = innerComments(document, gap);
	const isLineEnd = /^[ \t]*\r?\n/.test(text.slice(gap.end, gap.end + 200));
	const kept = isLineEnd ? comments.trimEnd() : comments;
	return { span: gap, newText: kept && previous ? ` ${kept}` : kept };
}

/** Behind a comma that trails the last item. */
function endWithComma(text: string, end: number): number {
	const trailing = /^\s{0,1000},/.exec(text.slice(end, end + 1001));
	return trailing ? end + trailing[0].length : end;
}

function separator(text: string, beside: ConfigNode): string {
	const indent = indentAt(text, beside.span.start);
	return indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
}

function at(offset: number, newText: string): TextChange {
	return { span: { start: offset, end: offset }, newText };
}
