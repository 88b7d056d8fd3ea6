import type { ConfigDocument } from '../document.ts';
import { type ArrayNode, type Member, member, type ObjectNode } from '../syntax/tree.ts';
import { contains, type Span, type TextChange } from '../text.ts';

/**
 * Minimal edits of JSON text: only the touched tokens change, so comments, order, and formatting stay as they were.
 * Inserted text follows the style of its neighbours: on one line where they stand on one line.
 */

/** What a position's line starts with, if it starts with nothing but white space: the indentation; else undefined. */
export function indentAt(text: string, offset: number): string | undefined {
	const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
	const before = text.slice(lineStart, offset);
	return /^[ \t]*$/.test(before) ? before : undefined;
}

export function newlineOf(text: string): string {
	const at = text.indexOf('\n');
	if (at < 0) return '\n';
	return text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** One step of indentation, as the text uses it. */
export function indentUnit(text: string): string {
	const match = /\n([ \t]+)"/.exec(text);
	if (!match) return '  ';
	return match[1]!.startsWith('\t') ? '\t' : match[1]!.slice(0, 8);
}

export function replaceWith(span: Span, value: string): TextChange {
	return { span, newText: JSON.stringify(value) };
}

/** Puts items, as they are written, before the first item of an array. */
export function prependItems(text: string, array: ArrayNode, items: readonly string[]): TextChange {
	const first = array.items[0];
	if (!first) return insertAt(array.span.start + 1, items.join(', '));
	const indent = indentAt(text, first.span.start);
	const separator = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
	return insertAt(first.span.start, items.map((item) => item + separator).join(''));
}

/** Adds a member right after another one, in the style that the object already has. */
export function insertMemberAfter(text: string, after: Member, key: string, json: string): TextChange {
	const indent = indentAt(text, after.span.start);
	const separator = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
	return insertAt(after.span.end, `${separator}${JSON.stringify(key)}: ${json}`);
}

/** Adds a member as the first of an object, which may be empty. */
export function insertFirstMember(text: string, object: ObjectNode, key: string, json: string): TextChange {
	const entry = `${JSON.stringify(key)}: ${json}`;
	const first = object.members[0];
	if (first) {
		const indent = indentAt(text, first.span.start);
		const separator = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
		return insertAt(first.span.start, entry + separator);
	}
	const outer = lineIndent(text, object.span.start);
	const newline = newlineOf(text);
	if (!isBare(text, object.span)) return insertAt(object.span.start + 1, ` ${entry}`);
	return {
		span: { start: object.span.start + 1, end: object.span.end - 1 },
		newText: `${newline}${outer}${indentUnit(text)}${entry}${newline}${outer}`,
	};
}

/** Is there nothing between the brackets, not even a comment? */
export function isBare(text: string, { start, end }: Span): boolean {
	return text.slice(start + 1, end - 1).trim() === '';
}

/** Sets a member of an object: replaces its value, or adds it after the last member. */
export function setMember(text: string, object: ObjectNode, key: string, json: string): TextChange {
	const existing = member(object, key);
	if (existing?.value) return { span: existing.value.span, newText: json };
	const last = object.members.at(-1);
	return last ? insertMemberAfter(text, last, key, json) : insertFirstMember(text, object, key, json);
}

/** Removes a member with its comma and, where nothing else stood there, the gap that it leaves. Every comment stays. */
export function removeMember(document: Source, object: ObjectNode, target: Member): TextChange {
	const index = object.members.indexOf(target);
	const next = object.members[index + 1];
	const previous = object.members[index - 1];
	const comma = commaAfter(document, target.span.end);
	if (next && comma !== undefined) {
		const gap = { start: target.span.start, end: blankUntil(document.text, comma + 1, next.span.start) };
		return { span: gap, newText: innerComments(document, gap) };
	}
	const before = previous && commaAfter(document, previous.span.end);
	if (comma === undefined && before !== undefined && before < target.span.start) {
		const gap = { start: before, end: target.span.end };
		const comments = innerComments(document, gap);
		return { span: gap, newText: comments && ` ${comments}` };
	}
	const gap = { start: target.span.start, end: comma === undefined ? target.span.end : comma + 1 };
	return { span: gap, newText: innerComments(document, gap) };
}

type Source = Pick<ConfigDocument, 'text' | 'tree'>;

/** The comments inside of a span that is about to go, each with what separates it from the text that takes its place. */
export function innerComments({ text, tree }: Source, span: Span): string {
	const inside = tree.comments.filter((comment) => contains(span, comment));
	if (inside.length === 0) return '';
	const separator = `${newlineOf(text)}${indentAt(text, span.start) ?? ''}`;
	return inside.map((comment) => text.slice(comment.start, comment.end).trimEnd() + separator).join('');
}

/** The indentation of the line on which an offset lies. */
export function lineIndent(text: string, offset: number): string {
	const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
	return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

export function insertAt(offset: number, newText: string): TextChange {
	return { span: { start: offset, end: offset }, newText };
}

/** The offset of the comma that follows, or undefined if something else than blanks and comments stands before it. */
function commaAfter({ text, tree }: Source, offset: number): number | undefined {
	let at = offset;
	for (;;) {
		at = blankUntil(text, at, text.length);
		const comment = tree.comments.find(({ start }) => start === at);
		if (!comment) return text[at] === ',' ? at : undefined;
		at = comment.end;
	}
}

/** Blanks only: a comment between two members belongs to the one that stays. */
function blankUntil(text: string, from: number, limit: number): number {
	let at = from;
	while (at < limit && /\s/.test(text[at]!)) at++;
	return at;
}
