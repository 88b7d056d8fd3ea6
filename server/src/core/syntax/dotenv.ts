import { bareString, DecodedString } from './decoded.ts';
import { OPEN_QUOTE } from './limits.ts';
import type { ConfigTree, Member, StringNode, SyntaxProblem } from './tree.ts';

/**
 * A `.env` file: `NAME=value` lines, with `export` before them, quotes around values and comments after them. Quoted
 * values go over several lines, as the `dotenv` package of npm and the shells read them. Linear; never throws.
 */
export function parseDotenv(text: string): ConfigTree {
	const members: Member[] = [];
	const comments: { start: number; end: number }[] = [];
	const problems: SyntaxProblem[] = [];
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		const end = lineEnd(text, at);
		ASSIGNMENT.lastIndex = at;
		const match = ASSIGNMENT.exec(text);
		if (match && match.index + match[0].length <= end) {
			const member = assignment(text, match, end);
			members.push(member.member);
			if (member.comment) comments.push(member.comment);
			if (member.problem) problems.push(member.problem);
			at = lineEnd(text, member.member.span.end) + 1;
			continue;
		}
		const start = skipBlanks(text, at, end);
		if (text[start] === '#') comments.push({ start, end });
		else if (start < end) problems.push({ span: { start, end }, message: 'This line is not NAME=value.' });
		at = end + 1;
	}
	return { root: { kind: 'object', span: { start: 0, end: text.length }, members }, comments, problems };
}

const ASSIGNMENT =
	/[ \t]{0,64}(?:export[ \t]{1,64})?([A-Za-z_][A-Za-z0-9_.-]{0,255})[ \t]{0,64}(?:=|:[ \t])[ \t]{0,64}/y;

interface Assignment {
	readonly member: Member;
	readonly comment?: { readonly start: number; readonly end: number };
	readonly problem?: SyntaxProblem;
}

function assignment(text: string, match: RegExpExecArray, end: number): Assignment {
	const key = match[1]!;
	const keyStart = match.index + match[0].indexOf(key);
	const keySpan = { start: keyStart, end: keyStart + key.length };
	const start = match.index + match[0].length;
	const quote = text[start];
	const close = quote === '"' || quote === "'" || quote === '`' ? closingQuote(text, start) : -1;
	if (close >= 0) {
		const node = quoted(text, start, close);
		return { member: { key, keySpan, span: { start: keyStart, end: close + 1 }, value: node } };
	}
	const hash = commentStart(text, start, end);
	const valueEnd = trimmedEnd(text, start, hash);
	// A quote that is never closed is half-typed: what follows it in the line is the value.
	const isOpen = quote !== undefined && '"\'`'.includes(quote) && valueEnd > start;
	const value = bareString(text, isOpen ? start + 1 : start, valueEnd);
	const member = { key, keySpan, span: { start: keyStart, end: valueEnd }, value };
	return {
		member,
		...(hash < end ? { comment: { start: hash, end } } : {}),
		...(isOpen ? { problem: { message: OPEN_QUOTE, span: { start, end: start + 1 } } } : {}),
	};
}

/** More than a private key needs; a quote that is not closed within is taken as half-typed. */
const MAX_QUOTED = 16_384;

/** The closing quote; a value over several lines ends where the next line cannot be a part of it. */
function closingQuote(text: string, start: number): number {
	const quote = text.charCodeAt(start);
	const limit = Math.min(text.length, start + MAX_QUOTED);
	const firstLine = lineEnd(text, start);
	for (let i = start + 1; i < limit; i++) {
		const c = text.charCodeAt(i);
		if (c === 92 && quote === 34) i++;
		else if (c === quote) return i;
		else if (c === 10 && i >= firstLine && isAssignment(text, i + 1)) return -1;
	}
	return -1;
}

/** The last line of a key in base64 (`abc==`) is none. */
const NEXT_ASSIGNMENT = /(?:export[ \t]{1,64})?[A-Za-z_][A-Za-z0-9_]{0,255}=[^=\s]/y;

function isAssignment(text: string, at: number): boolean {
	NEXT_ASSIGNMENT.lastIndex = at;
	return NEXT_ASSIGNMENT.test(text);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function quoted(text: string, start: number, close: number): StringNode {
	const decoded = new DecodedString(text);
	let from = start + 1;
	if (text[start] === '"') {
		for (let i = from; i < close; i++) {
			if (text.charCodeAt(i) !== 92) continue;
			decoded.literal(from, i);
			const next = text[i + 1]!;
			decoded.written(ESCAPES[next] ?? next, i, i + 2);
			i++;
			from = i + 1;
		}
	}
	decoded.literal(from, close);
	return decoded.node({ start, end: close + 1 });
}

/** A `#` after a blank starts a comment; one inside of a value belongs to it. */
function commentStart(text: string, start: number, end: number): number {
	for (let i = start; i < end; i++) {
		if (text[i] === '#' && (i === start || text[i - 1] === ' ' || text[i - 1] === '\t')) return i;
	}
	return end;
}

function trimmedEnd(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && /\s/.test(text[at - 1]!)) at--;
	return at;
}

function skipBlanks(text: string, from: number, end: number): number {
	let at = from;
	while (at < end && /\s/.test(text[at]!)) at++;
	return at;
}

/** The offset of the line's break, or the end of the text. */
function lineEnd(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	if (end < 0) return text.length;
	return end > at && text[end - 1] === '\r' ? end - 1 : end;
}
