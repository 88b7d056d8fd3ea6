import type { Span } from '../text.ts';
import { bareString, DecodedString } from './decoded.ts';
import { COMMON_ESCAPES, type Escapes, readEscape } from './escapes.ts';
import type { ConfigNode, StringNode } from './tree.ts';

/** The scalars of YAML 1.2, decoded with the place of every character. */

/** Without quotes: null, a boolean or a number of the core schema, else text, whose line breaks fold. */
export function plainScalar(text: string, span: Span): ConfigNode {
	const source = text.slice(span.start, span.end);
	if (source.length <= 64) {
		if (/^(?:null|Null|NULL|~)$/.test(source)) return { kind: 'null', span, value: null };
		if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(source))
			return { kind: 'boolean', span, value: source.toLowerCase() === 'true' };
		if (NUMBER.test(source)) return { kind: 'number', span, value: Number(source) };
	}
	if (!source.includes('\n')) return bareString(text, span.start, span.end);
	const decoded = new DecodedString(text);
	folded(decoded, text, span.start, span.end);
	return decoded.node(span);
}

const NUMBER =
	/^(?:[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,5})?|0o[0-7]{1,30}|0x[0-9a-fA-F]{1,30})$/;

export function singleQuoted(text: string, span: Span): StringNode {
	const end = closedEnd(text, span, "'");
	const decoded = new DecodedString(text);
	let from = span.start + 1;
	for (let at = from; at < end; at++) {
		if (text[at] !== "'") continue;
		folded(decoded, text, from, at);
		decoded.written("'", at, at + 2);
		at++;
		from = at + 1;
	}
	folded(decoded, text, from, end);
	return decoded.node(span);
}

export function doubleQuoted(text: string, span: Span): StringNode {
	const end = closedEnd(text, span, '"');
	const decoded = new DecodedString(text);
	let from = span.start + 1;
	for (let at = from; at < end; at++) {
		if (text[at] !== '\\') continue;
		folded(decoded, text, from, at);
		from = Math.min(escaped(decoded, text, at), end);
		at = from - 1;
	}
	folded(decoded, text, from, end);
	return decoded.node(span);
}

/** A quote that is not closed ends where the parser stopped. */
function closedEnd(text: string, { start, end }: Span, quote: string): number {
	return end - start >= 2 && text[end - 1] === quote ? end - 1 : end;
}

/** Line breaks inside of a scalar: one with the blanks around it is a space, each further one a line break. */
function folded(decoded: DecodedString, text: string, start: number, end: number): void {
	let from = start;
	for (let at = text.indexOf('\n', from); at >= 0 && at < end; at = text.indexOf('\n', from)) {
		let gapStart = at;
		while (gapStart > from && isBlank(text[gapStart - 1]!)) gapStart--;
		decoded.literal(from, gapStart);
		let breaks = 0;
		let gapEnd = at;
		while (gapEnd < end && (text[gapEnd] === '\n' || isBlank(text[gapEnd]!))) {
			if (text[gapEnd] === '\n') breaks++;
			gapEnd++;
		}
		decoded.written(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), gapStart, gapEnd);
		from = gapEnd;
	}
	decoded.literal(from, end);
}

function isBlank(c: string): boolean {
	return c === ' ' || c === '\t' || c === '\r';
}

const ESCAPES: Escapes = {
	simple: {
		...COMMON_ESCAPES,
		'0': '\0',
		a: '\u0007',
		'\t': '\t',
		v: '\v',
		e: '\u001B',
		' ': ' ',
		'/': '/',
		N: '\u0085',
		_: '\u00A0',
		L: '\u2028',
		P: '\u2029',
	},
	hex: { x: 2, u: 4, U: 8 },
};

/** Decodes the escape at an offset; returns where the text goes on. */
function escaped(decoded: DecodedString, text: string, at: number): number {
	const lineBreak = text[at + 1] === '\n' ? 1 : text.startsWith('\r\n', at + 1) ? 2 : 0;
	if (lineBreak === 0) {
		const next = readEscape(decoded, text, at, ESCAPES);
		if (next === undefined) decoded.literal(at, at + 1);
		return next ?? at + 1;
	}
	// An escaped line end is nothing, and so are the blanks that start the next line; empty lines in between stay.
	let end = at + 1 + lineBreak;
	let breaks = 0;
	while (end < text.length && (text[end] === '\n' || isBlank(text[end]!))) {
		if (text[end] === '\n') breaks++;
		end++;
	}
	decoded.written('\n'.repeat(breaks), at, end);
	return end;
}

/**
 * `|` keeps line breaks, `>` folds them into spaces; `-` and `+` say what becomes of those at the end.
 *
 * @param header from the indicator to the end of its line.
 * @param body the offset where the block's first line starts, and the end of its last one.
 * @param parentIndent the indentation of what holds the block, for an explicit indentation such as `|2`.
 */
export function blockScalar(text: string, header: Span, body: Span, parentIndent: number): StringNode {
	const marks = text.slice(header.start, Math.min(header.end, header.start + 8));
	const explicit = /^[|>][-+]?([1-9])/.exec(marks)?.[1];
	const raw = blockLines(text, body);
	const indent = explicit ? Math.max(0, parentIndent) + Number(explicit) : firstIndent(raw);
	// Blanks beyond the indentation are text.
	const lines = raw.map((line) =>
		line.isEmpty && line.end - line.start > indent ? { ...line, isEmpty: false } : line,
	);
	const isFolded = marks.startsWith('>');
	const chomp = /^[|>][1-9]?([-+])/.exec(marks)?.[1];
	let lastFull = lines.length - 1;
	while (lastFull >= 0 && lines[lastFull]!.isEmpty) lastFull--;
	const decoded = new DecodedString(text);
	for (let i = 0; i <= lastFull; i++) {
		const line = lines[i]!;
		if (!line.isEmpty) decoded.literal(Math.min(line.start + indent, line.end), line.end);
		if (i < lastFull) i = lineBreaks(decoded, text, lines, i, indent, isFolded);
	}
	// Of the line breaks at the end one is kept, with `+` all, with `-` none; of nothing but empty lines none.
	for (let i = chomp === '+' ? Math.max(0, lastFull) : lastFull; i >= 0 && i < lines.length && chomp !== '-'; i++) {
		const line = lines[i]!;
		if (line.next > line.end) decoded.written('\n', line.end, line.next);
		if (chomp !== '+') break;
	}
	const end = lines[lastFull]?.end ?? header.start + 1;
	return decoded.node({ start: header.start, end });
}

interface BlockLine {
	readonly start: number;
	/** Without the line break. */
	readonly end: number;
	readonly next: number;
	readonly isEmpty: boolean;
	/** Blanks at its start. */
	readonly blanks: number;
}

function blockLines(text: string, { start, end }: Span): BlockLine[] {
	const lines: BlockLine[] = [];
	let at = start;
	while (at < end) {
		const found = text.indexOf('\n', at);
		const next = found < 0 || found >= end ? end : found + 1;
		let lineEnd = next > at && text[next - 1] === '\n' ? next - 1 : next;
		if (lineEnd > at && text[lineEnd - 1] === '\r') lineEnd--;
		let blanks = 0;
		while (at + blanks < lineEnd && text[at + blanks] === ' ') blanks++;
		lines.push({ start: at, end: lineEnd, next, isEmpty: at + blanks === lineEnd, blanks });
		at = next;
	}
	return lines;
}

/** Of the first line with text; of nothing but blanks, all of them are indentation. */
function firstIndent(lines: readonly BlockLine[]): number {
	const first = lines.find((line) => !line.isEmpty);
	return first ? first.blanks : lines.reduce((most, line) => Math.max(most, line.end - line.start), 0);
}

/** The line breaks after line `i`, up to the next line with text; returns the last line that they took. */
function lineBreaks(
	decoded: DecodedString,
	text: string,
	lines: readonly BlockLine[],
	i: number,
	indent: number,
	isFolded: boolean,
): number {
	const line = lines[i]!;
	let next = i + 1;
	while (lines[next]!.isEmpty) next++;
	const breaks = next - i;
	const gap = { start: line.end, end: Math.min(lines[next]!.start + indent, lines[next]!.end) };
	const isText = (one: BlockLine) => !one.isEmpty && one.blanks <= indent && text[one.start + indent] !== '\t';
	// Lines that are indented further, and empty lines at the top, keep their breaks even where others fold.
	const folds = isFolded && isText(line) && isText(lines[next]!);
	const value = !folds ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
	decoded.written(value, gap.start, gap.end);
	return next - 1;
}

/** A key as text; of a list or a map that stands as a key, its beginning. */
export function keyText(text: string, key: ConfigNode): string {
	return key.kind === 'string' ? key.value : text.slice(key.span.start, Math.min(key.span.end, key.span.start + 256));
}
