import type { Span } from '../text.ts';
import { bareString, DecodedString } from './decoded.ts';
import { COMMON_ESCAPES, type Escapes, readEscape } from './escapes.ts';
import { MAX_DEPTH, MISPLACED, NO_QUOTES, NO_VALUE, OPEN_BRACKET, OPEN_QUOTE, PART_TOO_DEEP } from './limits.ts';
import type { ConfigNode, ConfigTree, Member, StringNode, SyntaxProblem } from './tree.ts';

/** JSON5: keys without quotes, single quotes, comments, trailing commas. Linear in the text; never throws. */
export function parseJson5(text: string): ConfigTree {
	const reader = new Json5Reader(text);
	const root = reader.document();
	return { root, problems: reader.problems, comments: reader.comments };
}

class Json5Reader {
	readonly comments: Span[] = [];
	readonly problems: SyntaxProblem[] = [];
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	document(): ConfigNode | undefined {
		this.#skip();
		const root = this.#value(0);
		this.#skip();
		if (this.#at < this.#text.length) this.#problem(MISPLACED, this.#at, this.#text.length);
		return root;
	}

	#value(depth: number): ConfigNode | undefined {
		const start = this.#at;
		const c = this.#text[start];
		if (depth > MAX_DEPTH) {
			this.#problem(PART_TOO_DEEP, start, start + 1);
			this.#at = this.#text.length;
			return undefined;
		}
		if (c === '{') return this.#object(depth);
		if (c === '[') return this.#array(depth);
		if (c === '"' || c === "'") return this.#string(c);
		return this.#word();
	}

	#object(depth: number): ConfigNode {
		const start = this.#at++;
		const members: Member[] = [];
		this.#items('}', start, () => {
			const key = this.#key();
			if (!key) return;
			this.#skip();
			if (this.#text[this.#at] !== ':') {
				this.#problem(NO_VALUE, key.span.start, key.span.end);
				members.push({ key: key.value, keySpan: key.span, span: key.span, value: undefined });
				return;
			}
			this.#at++;
			this.#skip();
			const value = this.#value(depth + 1);
			const end = value?.span.end ?? key.span.end;
			members.push({ key: key.value, keySpan: key.span, span: { start: key.span.start, end }, value });
		});
		return { kind: 'object', span: { start, end: this.#at }, members };
	}

	#array(depth: number): ConfigNode {
		const start = this.#at++;
		const items: ConfigNode[] = [];
		this.#items(']', start, () => {
			const item = this.#value(depth + 1);
			if (item) items.push(item);
		});
		return { kind: 'array', span: { start, end: this.#at }, items };
	}

	/** What stands between brackets; each round reads at least one character. */
	#items(close: string, start: number, read: () => void): void {
		for (;;) {
			this.#skip();
			const before = this.#at;
			const c = this.#text[before];
			if (c === undefined) {
				this.#problem(OPEN_BRACKET, start, start + 1);
				return;
			}
			if (c === close) {
				this.#at++;
				return;
			}
			if (c === ',') this.#at++;
			else read();
			if (this.#at > before) continue;
			this.#problem(MISPLACED, before, before + 1);
			this.#at++;
		}
	}

	#key(): StringNode | undefined {
		const c = this.#text[this.#at];
		if (c === '"' || c === "'") return this.#string(c);
		const start = this.#at;
		while (this.#at < this.#text.length && /[\p{L}\p{N}_$]/u.test(this.#text[this.#at]!)) this.#at++;
		return this.#at > start ? bareString(this.#text, start, this.#at) : undefined;
	}

	#word(): ConfigNode | undefined {
		const start = this.#at;
		while (this.#at < this.#text.length && !/[\s,:{}[\]"'/]/.test(this.#text[this.#at]!)) this.#at++;
		if (this.#at === start) return undefined;
		const span = { start, end: this.#at };
		const word = this.#text.slice(start, this.#at);
		if (word === 'null') return { kind: 'null', span, value: null };
		if (word === 'true' || word === 'false') return { kind: 'boolean', span, value: word === 'true' };
		// As JavaScript reads numbers, with a sign before any of them.
		const amount = Number(word.replace(/^[-+]/, ''));
		if (word === 'NaN' || !Number.isNaN(amount))
			return { kind: 'number', span, value: word.startsWith('-') ? -amount : amount };
		this.#problem(NO_QUOTES, start, this.#at);
		return bareString(this.#text, start, this.#at);
	}

	/** One that is not closed ends with its line. */
	#string(quote: string): StringNode {
		const text = this.#text;
		const start = this.#at;
		const decoded = new DecodedString(text);
		let from = start + 1;
		let at = from;
		for (; at < text.length; at++) {
			const c = text[at]!;
			if (c === quote || c === '\n' || c === '\r') break;
			if (c !== '\\') continue;
			decoded.literal(from, at);
			from = escaped(decoded, text, at);
			at = from - 1;
		}
		decoded.literal(from, at);
		const isClosed = text[at] === quote;
		if (!isClosed) this.#problem(OPEN_QUOTE, start, at);
		this.#at = isClosed ? at + 1 : Math.min(at, text.length);
		return decoded.node({ start, end: this.#at });
	}

	#skip(): void {
		const text = this.#text;
		for (;;) {
			while (this.#at < text.length && /[\s\uFEFF]/.test(text[this.#at]!)) this.#at++;
			const start = this.#at;
			if (text.startsWith('//', start)) this.#at = orEnd(text, text.indexOf('\n', start));
			else if (text.startsWith('/*', start)) {
				const close = text.indexOf('*/', start + 2);
				this.#at = close < 0 ? text.length : close + 2;
			} else return;
			this.comments.push({ start, end: this.#at });
		}
	}

	#problem(message: string, start: number, end: number): void {
		this.problems.push({ message, span: { start, end: Math.min(Math.max(start, end), this.#text.length) } });
	}
}

function orEnd(text: string, at: number): number {
	return at < 0 ? text.length : at;
}

const ESCAPES: Escapes = { simple: { ...COMMON_ESCAPES, v: '\v', '0': '\0' }, hex: { x: 2, u: 4 } };

/** Decodes the escape at an offset; returns where the text goes on. A character that needs no backslash is itself. */
function escaped(decoded: DecodedString, text: string, at: number): number {
	const next = readEscape(decoded, text, at, ESCAPES);
	if (next !== undefined) return next;
	// A line that goes on in the next one.
	if (text[at + 1] === '\n') return at + 2;
	if (text.startsWith('\r\n', at + 1)) return at + 3;
	decoded.written(text[at + 1] ?? '', at, at + 2);
	return Math.min(at + 2, text.length);
}
