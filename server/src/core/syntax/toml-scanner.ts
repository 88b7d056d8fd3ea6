import type { Span } from '../text.ts';
import { DecodedString } from './decoded.ts';
import { COMMON_ESCAPES, type Escapes, readEscape } from './escapes.ts';
import { OPEN_QUOTE } from './limits.ts';
import type { KeyPart } from './toml-tree.ts';
import type { StringNode, SyntaxProblem } from './tree.ts';

/** A cursor over TOML text: blanks, comments, keys and strings. Collects comments and problems on its way. */
export class TomlScanner {
	readonly comments: Span[] = [];
	readonly problems: SyntaxProblem[] = [];
	at = 0;
	/** Where the last key, value or bracket ended: the end of what is left open. */
	lastEnd = 0;
	readonly #text: string;
	/** From this offset on there is no such triple quote: searched once. */
	readonly #unclosedFrom = { '"': Number.POSITIVE_INFINITY, "'": Number.POSITIVE_INFINITY };

	constructor(text: string) {
		this.#text = text;
		if (text.startsWith('\uFEFF')) this.at = 1;
	}

	get isDone(): boolean {
		return this.at >= this.#text.length;
	}

	get isLineEnd(): boolean {
		const c = this.#text[this.at];
		return c === undefined || c === '\n' || c === '\r';
	}

	peek(): string | undefined {
		return this.#text[this.at];
	}

	problem(message: string, start: number, end: number): void {
		this.problems.push({ message, span: { start, end: Math.min(Math.max(end, start), this.#text.length) } });
	}

	blanks(): void {
		while (this.#text[this.at] === ' ' || this.#text[this.at] === '\t') this.at++;
	}

	/** Blanks, line ends and comments. True if a line ended. */
	blanksAndLines(): boolean {
		this.lastEnd = this.at;
		let isNewLine = false;
		for (;;) {
			this.blanks();
			if (this.comment()) continue;
			if (this.isDone || !this.isLineEnd) return isNewLine;
			this.at++;
			isNewLine = true;
		}
	}

	comment(): boolean {
		if (this.#text[this.at] !== '#') return false;
		const start = this.at;
		this.comments.push({ start, end: this.skipLine() });
		return true;
	}

	/** To the end of the line, which is returned. */
	skipLine(): number {
		while (!this.isLineEnd) this.at++;
		return this.at;
	}

	keyPart(): KeyPart | undefined {
		const start = this.at;
		const c = this.#text[start];
		if (c === '"' || c === "'") {
			const node = this.#quoted(c);
			return { key: node.value, span: node.span };
		}
		while (isKeyCharacter(this.#text.charCodeAt(this.at))) this.at++;
		if (this.at === start) return undefined;
		return { key: this.#text.slice(start, this.at), span: { start, end: this.at } };
	}

	string(): StringNode {
		const quote = this.#text[this.at] as '"' | "'";
		return this.#text.startsWith(quote.repeat(3), this.at) ? this.#triple(quote) : this.#quoted(quote);
	}

	/** Where a word without quotes ends: at what separates values, blanks at its end left out. */
	bareEnd(within: 'line' | 'array' | 'table'): number {
		const stops = within === 'line' ? '' : within === 'array' ? ',]' : ',}';
		let end = this.at;
		while (end < this.#text.length) {
			const c = this.#text[end]!;
			if (c === '\n' || c === '\r' || c === '#' || stops.includes(c)) break;
			end++;
		}
		while (end > this.at && (this.#text[end - 1] === ' ' || this.#text[end - 1] === '\t')) end--;
		return end;
	}

	/** A line inside of a list that can only be a statement: `name = ...`, `[name]`, `[[a.b]]`. In a table, only the last two. */
	looksLikeStatement(within: 'array' | 'table'): boolean {
		const pattern = within === 'array' ? STATEMENT : HEADER;
		pattern.lastIndex = this.at;
		return pattern.test(this.#text);
	}

	/** In one line; one that is not closed ends with its line. */
	#quoted(quote: '"' | "'"): StringNode {
		const start = this.at;
		const decoded = new DecodedString(this.#text);
		let from = start + 1;
		let at = from;
		for (; at < this.#text.length; at++) {
			const c = this.#text[at]!;
			if (c === quote || c === '\n' || c === '\r') break;
			if (c !== '\\' || quote === "'") continue;
			decoded.literal(from, at);
			from = this.#escape(decoded, at);
			at = from - 1;
		}
		decoded.literal(from, at);
		const isClosed = this.#text[at] === quote;
		if (!isClosed) this.problem(OPEN_QUOTE, start, at);
		this.at = isClosed ? at + 1 : at;
		return decoded.node({ start, end: this.at });
	}

	/** Over several lines. One that is never closed is what stands in its first line, so that the rest is still read. */
	#triple(quote: '"' | "'"): StringNode {
		const start = this.at;
		const close = this.#tripleEnd(quote, start + 3);
		const isClosed = close !== undefined;
		const end = close ?? lineEnd(this.#text, start);
		const decoded = new DecodedString(this.#text);
		// A line end right after the opening quotes does not belong to the value.
		let from = start + 3;
		if (this.#text.startsWith('\r\n', from)) from += 2;
		else if (this.#text[from] === '\n') from++;
		for (let at = from; at < end; at++) {
			const c = this.#text[at];
			if (c === '\r' && this.#text[at + 1] === '\n') {
				decoded.literal(from, at);
				decoded.written('\n', at, at + 2);
				from = at + 2;
			} else if (c === '\\' && quote === '"') {
				decoded.literal(from, at);
				from = this.#lineContinuation(at) ?? this.#escape(decoded, at);
			} else continue;
			at = from - 1;
		}
		decoded.literal(from, end);
		if (!isClosed) this.problem(OPEN_QUOTE, start, start + 3);
		this.at = isClosed ? end + 3 : end;
		return decoded.node({ start, end: this.at });
	}

	/** The offset of the closing quotes. Up to two quotes right before them belong to the value. */
	#tripleEnd(quote: '"' | "'", from: number): number | undefined {
		if (from >= this.#unclosedFrom[quote]) return undefined;
		const close = quote.repeat(3);
		let at = this.#text.indexOf(close, from);
		while (at >= 0 && quote === '"' && isEscaped(this.#text, at, from)) at = this.#text.indexOf(close, at + 1);
		if (at < 0) {
			this.#unclosedFrom[quote] = from;
			return undefined;
		}
		for (let more = 0; more < 2 && this.#text[at + 3] === quote; more++) at++;
		return at;
	}

	/** A backslash at the end of a line: the line end and all blanks after it are nothing. Where the value goes on. */
	#lineContinuation(at: number): number | undefined {
		let end = at + 1;
		while (this.#text[end] === ' ' || this.#text[end] === '\t') end++;
		if (this.#text[end] !== '\n' && this.#text[end] !== '\r') return undefined;
		while (end < this.#text.length && /\s/.test(this.#text[end]!)) end++;
		return end;
	}

	/** Decodes the escape at an offset; returns where the text goes on. */
	#escape(decoded: DecodedString, at: number): number {
		const next = readEscape(decoded, this.#text, at, ESCAPES);
		if (next !== undefined) return next;
		this.problem('This escape does not exist.', at, at + 2);
		decoded.literal(at, at + 1);
		return at + 1;
	}
}

const ESCAPES: Escapes = { simple: { ...COMMON_ESCAPES, e: '\u001B' }, hex: { x: 2, u: 4, U: 8 } };

const HEADER =
	/\[{1,2}[ \t]{0,16}(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w-]{0,127}[ \t]{0,16}(?:\.[^\]\r\n,]{1,256})?\]{1,2}[ \t]{0,64}(?:#|\r|\n|$)/y;
const STATEMENT = new RegExp(
	`(?:[A-Za-z_][\\w-]{0,127}(?:[ \\t]{0,16}\\.[ \\t]{0,16}[\\w-]{1,127}){0,8}|"[^"\\\\\\r\\n]{1,128}")[ \\t]{0,64}=|${HEADER.source}`,
	'y',
);

/** Bare keys: letters, digits, `_`, `-`; other letters are read as well. */
function isKeyCharacter(code: number): boolean {
	return (
		(code >= 97 && code <= 122) ||
		(code >= 65 && code <= 90) ||
		(code >= 48 && code <= 57) ||
		code === 95 ||
		code === 45 ||
		code > 127
	);
}

function isEscaped(text: string, at: number, from: number): boolean {
	let slashes = 0;
	while (at - 1 - slashes >= from && text[at - 1 - slashes] === '\\') slashes++;
	return slashes % 2 === 1;
}

function lineEnd(text: string, at: number): number {
	const end = text.indexOf('\n', at);
	if (end < 0) return text.length;
	return text[end - 1] === '\r' ? end - 1 : end;
}
