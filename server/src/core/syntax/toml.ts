import type { Span } from '../text.ts';
import { bareString } from './decoded.ts';
import {
	MAX_DEPTH,
	MAX_TOML_LENGTH,
	MISPLACED,
	NO_QUOTES,
	NO_VALUE,
	OPEN_BRACKET,
	PART_TOO_DEEP,
	tooLong,
} from './limits.ts';
import { TomlScanner } from './toml-scanner.ts';
import { type KeyPart, OpenTable } from './toml-tree.ts';
import type { ConfigNode, ConfigTree } from './tree.ts';

/**
 * TOML 1.0 and 1.1, read line by line, so that a half-typed line costs that line and no other. Written for this: the parsers
 * at hand stop at the first error and lose the whole file. Linear in the text; never throws.
 */
export function parseToml(text: string): ConfigTree {
	if (text.length > MAX_TOML_LENGTH) return tooLong(text, MAX_TOML_LENGTH);
	const reader = new TomlReader(text);
	reader.run();
	return {
		root: reader.root.finish(),
		problems: reader.scan.problems,
		comments: reader.scan.comments,
	};
}

class TomlReader {
	readonly scan: TomlScanner;
	readonly root: OpenTable;
	readonly #text: string;
	#table: OpenTable;
	/** The tables from the root to the open one: what is read next belongs to the span of each. */
	#chain: readonly OpenTable[];
	/** Set when a value that was never closed gave way to the next statement. */
	#isAbandoned = false;

	constructor(text: string) {
		this.#text = text;
		this.scan = new TomlScanner(text);
		this.root = new OpenTable({ start: 0, end: text.length }, 0);
		this.#table = this.root;
		this.#chain = [];
	}

	run(): void {
		const { scan } = this;
		for (;;) {
			scan.blanksAndLines();
			if (scan.isDone) return;
			this.#isAbandoned = false;
			if (scan.peek() === '[') this.#header();
			else this.#statement();
			if (!this.#isAbandoned) this.#endOfLine();
		}
	}

	/** `[a.b]` or `[[a.b]]`. What is not closed counts as if it were. */
	#header(): void {
		const { scan } = this;
		const start = scan.at;
		const isList = this.#text.startsWith('[[', start);
		scan.at += isList ? 2 : 1;
		const path = this.#key();
		const close = isList ? ']]' : ']';
		if (this.#text.startsWith(close, scan.at)) scan.at += close.length;
		else scan.problem(`The header misses its \`${close}\`.`, start, scan.at);
		const last = path.at(-1);
		if (!last || path.length > MAX_DEPTH) return;
		const span = { start, end: scan.at };
		const chain = this.#descend(this.root, path.slice(0, -1));
		const parent = chain.at(-1) ?? this.root;
		this.#table = isList ? parent.append(last, span) : parent.table(last);
		this.#chain = [...chain, this.#table];
		this.#include(span);
	}

	/** `key = value`; a key alone is a member whose value is not typed yet. */
	#statement(): void {
		const { scan } = this;
		const start = scan.at;
		const path = this.#key();
		const last = path.at(-1);
		if (!last) {
			scan.problem(MISPLACED, start, scan.skipLine());
			return;
		}
		if (path.length + this.#table.depth > MAX_DEPTH) {
			scan.problem(PART_TOO_DEEP, start, scan.skipLine());
			return;
		}
		const chain = this.#descend(this.#table, path.slice(0, -1));
		const parent = chain.at(-1) ?? this.#table;
		const value = this.#assigned(last, parent.depth);
		if (parent.has(last.key)) scan.problem(`\`${shown(last.key)}\` is defined twice.`, last.span.start, last.span.end);
		parent.set(last, value);
		const span = { start, end: value?.span.end ?? last.span.end };
		for (const table of chain) table.include(span);
		this.#include(span);
	}

	#assigned(key: KeyPart, depth: number): ConfigNode | undefined {
		const { scan } = this;
		if (scan.peek() !== '=') {
			scan.problem(NO_VALUE, key.span.start, key.span.end);
			return undefined;
		}
		scan.at++;
		scan.blanks();
		if (scan.isLineEnd) {
			scan.problem(NO_VALUE, key.span.start, key.span.end);
			return undefined;
		}
		return this.#value(depth + 1, 'line');
	}

	#include(span: Span): void {
		for (const table of this.#chain) table.include(span);
	}

	#descend(from: OpenTable, path: readonly KeyPart[]): OpenTable[] {
		let table = from;
		return path.map((part) => {
			table = table.table(part);
			return table;
		});
	}

	/** A dotted key; empty if there is none. */
	#key(): KeyPart[] {
		const { scan } = this;
		const parts: KeyPart[] = [];
		for (;;) {
			scan.blanks();
			const part = scan.keyPart();
			if (!part) return parts;
			parts.push(part);
			scan.blanks();
			if (scan.peek() !== '.') return parts;
			scan.at++;
		}
	}

	#value(depth: number, within: 'line' | 'array' | 'table'): ConfigNode | undefined {
		const { scan } = this;
		const start = scan.at;
		if (depth > MAX_DEPTH) {
			scan.problem(PART_TOO_DEEP, start, scan.skipLine());
			return undefined;
		}
		const c = scan.peek();
		if (c === '"' || c === "'") return scan.string();
		if (c === '[') return this.#array(depth);
		if (c === '{') return this.#inlineTable(depth);
		const end = scan.bareEnd(within);
		if (end === start) return undefined;
		scan.at = end;
		return this.#bare(start, end);
	}

	/** A number, a boolean, a date; anything else misses its quotes and is read as a string all the same. */
	#bare(start: number, end: number): ConfigNode {
		const word = this.#text.slice(start, end);
		const span = { start, end };
		if (word === 'true' || word === 'false') return { kind: 'boolean', span, value: word === 'true' };
		if (word.length <= 64 && NUMBER.test(word))
			return { kind: 'number', span, value: Number(word.replaceAll('_', '').replace(/^[+-](?=0[xob])/, '')) };
		if (!(word.length <= 64 && DATE.test(word))) this.scan.problem(NO_QUOTES, start, end);
		return bareString(this.#text, start, end);
	}

	#array(depth: number): ConfigNode {
		const { scan } = this;
		const start = scan.at++;
		const items: ConfigNode[] = [];
		for (;;) {
			if (this.#isOpenAtStatement('array')) break;
			if (scan.peek() === ']') {
				scan.at++;
				return { kind: 'array', span: { start, end: scan.at }, items };
			}
			const before = scan.at;
			if (scan.peek() === ',') scan.at++;
			else {
				const item = this.#value(depth + 1, 'array');
				if (item) items.push(item);
			}
			if (this.#isAbandoned) break;
			if (scan.at === before) {
				scan.problem(MISPLACED, before, before + 1);
				scan.at++;
			}
		}
		scan.problem(OPEN_BRACKET, start, start + 1);
		return { kind: 'array', span: { start, end: Math.max(scan.lastEnd, start + 1) }, items };
	}

	#inlineTable(depth: number): ConfigNode {
		const { scan } = this;
		const start = scan.at++;
		const table = new OpenTable({ start, end: start + 1 }, depth);
		for (;;) {
			if (this.#isOpenAtStatement('table')) break;
			if (scan.peek() === '}') {
				scan.at++;
				table.include({ start, end: scan.at });
				return table.finish();
			}
			const before = scan.at;
			if (scan.peek() === ',') scan.at++;
			else this.#inlineMember(table);
			if (this.#isAbandoned) break;
			if (scan.at === before) {
				scan.problem(MISPLACED, before, before + 1);
				scan.at++;
			}
		}
		scan.problem(OPEN_BRACKET, start, start + 1);
		table.include({ start, end: scan.lastEnd });
		return table.finish();
	}

	#inlineMember(table: OpenTable): void {
		const { scan } = this;
		const path = this.#key();
		const last = path.at(-1);
		if (!last) return;
		const chain = path.length + table.depth > MAX_DEPTH ? [] : this.#descend(table, path.slice(0, -1));
		const parent = chain.at(-1) ?? table;
		if (scan.peek() !== '=') {
			scan.problem(NO_VALUE, last.span.start, last.span.end);
			parent.set(last, undefined);
			return;
		}
		scan.at++;
		scan.blanks();
		const value = this.#value(parent.depth + 1, 'table');
		parent.set(last, value);
		if (value) for (const one of chain) one.include({ start: last.span.start, end: value.span.end });
	}

	/**
	 * Goes to the next item. True where a list or an inline table was left open: at the end of the text, or where a new line
	 * starts the way only a statement can.
	 */
	#isOpenAtStatement(within: 'array' | 'table'): boolean {
		const { scan } = this;
		const line = scan.blanksAndLines();
		if (scan.isDone || (line && scan.looksLikeStatement(within))) this.#isAbandoned = true;
		return this.#isAbandoned;
	}

	#endOfLine(): void {
		const { scan } = this;
		scan.blanks();
		if (scan.comment() || scan.isLineEnd) return;
		const start = scan.at;
		scan.problem(MISPLACED, start, scan.skipLine());
	}
}

const NUMBER =
	/^[+-]?(?:0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?|inf|nan)$/;
const DATE =
	/^(?:\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?)$/;

/** A key can be a token in the wrong place; a long one is not repeated in a message. */
function shown(key: string): string {
	return key.length <= 16 ? key : 'This key';
}
