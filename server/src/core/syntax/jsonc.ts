import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../text.ts';
import type { ConfigNode, ConfigTree, Member, StringNode, SyntaxProblem } from './tree.ts';

/** Deeper than any config; far below the depth at which the recursive parser would exhaust the stack (about 5,000). */
const MAX_DEPTH = 500;

/** The problem of a text of which nothing is read. */
export const TOO_DEEP = `Nested deeper than ${MAX_DEPTH} levels`;
/** The problem that a comment is where the reader takes none: everything around it is understood all the same. */
export const COMMENT_PROBLEM = 'InvalidCommentToken';

/** What a reader of this file accepts beyond JSON; the parser accepts everything and reports what the reader would not. */
export interface JsonOptions {
	readonly comments: boolean;
	readonly trailingCommas: boolean;
}

/** Parses as far as the text parses. Linear in the text; never throws. */
export function parseJsonc(text: string, options: JsonOptions): ConfigTree {
	const builder = new TreeBuilder(text);
	try {
		visit(text, visitorOf(builder), {
			disallowComments: !options.comments,
			allowTrailingComma: options.trailingCommas,
			allowEmptyContent: true,
		});
	} catch (error) {
		if (!(error instanceof TooDeep)) throw error;
		const span = { start: error.offset, end: error.offset + 1 };
		return { root: undefined, comments: [], problems: [{ span, message: TOO_DEEP }] };
	}
	return builder.finish();
}

/** Ends the walk: the parser recurses, and would exhaust the stack some thousand levels below. */
class TooDeep extends Error {
	readonly offset: number;

	constructor(offset: number) {
		super(TOO_DEEP);
		this.offset = offset;
	}
}

function visitorOf(builder: TreeBuilder): JSONVisitor {
	return {
		onObjectBegin: (offset) => builder.open('object', offset),
		onObjectProperty: (key, offset, length) => builder.property(key, offset, length),
		onObjectEnd: (offset, length) => builder.close(offset + length),
		onArrayBegin: (offset) => builder.open('array', offset),
		onArrayEnd: (offset, length) => builder.close(offset + length),
		onLiteralValue: (value: unknown, offset, length) => builder.literal(value, offset, length),
		onComment: (offset, length) => builder.comment(offset, length),
		onError: (code, offset, length) => builder.problem(code, offset, length),
	};
}

interface OpenNode {
	readonly kind: 'object' | 'array';
	readonly start: number;
	readonly members: Member[];
	readonly items: ConfigNode[];
	pending: { readonly key: string; readonly keySpan: Span } | undefined;
}

class TreeBuilder {
	readonly comments: Span[] = [];
	readonly #text: string;
	readonly #problems: SyntaxProblem[] = [];
	readonly #open: OpenNode[] = [];
	#root: ConfigNode | undefined;
	#end = 0;

	constructor(text: string) {
		this.#text = text;
	}

	open(kind: OpenNode['kind'], start: number): void {
		if (this.#open.length >= MAX_DEPTH) throw new TooDeep(start);
		this.#open.push({ kind, start, members: [], items: [], pending: undefined });
	}

	property(key: string, start: number, length: number): void {
		const top = this.#open.at(-1);
		if (!top) return;
		flushPending(top);
		top.pending = { key, keySpan: { start, end: start + length } };
		this.#end = start + length;
	}

	literal(value: unknown, start: number, length: number): void {
		const span = { start, end: start + length };
		this.#end = span.end;
		if (typeof value === 'string') this.#add(new JsonString(this.#text, span, value));
		else if (value === null) this.#add({ kind: 'null', span, value });
		else if (typeof value === 'boolean') this.#add({ kind: 'boolean', span, value });
		else this.#add({ kind: 'number', span, value: Number(value) });
	}

	close(at: number): void {
		const end = Math.min(at, this.#text.length);
		const top = this.#open.pop();
		if (!top) return;
		flushPending(top);
		this.#end = end;
		const span = { start: top.start, end };
		this.#add(
			top.kind === 'object'
				? { kind: 'object', span, members: top.members }
				: { kind: 'array', span, items: top.items },
		);
	}

	comment(start: number, length: number): void {
		this.comments.push(this.#inside(start, length));
	}

	problem(code: ParseErrorCode, start: number, length: number): void {
		const message = printParseErrorCode(code);
		this.#problems.push({ message, span: this.#inside(start, length) });
		// A comment that this reader does not accept is one all the same, and edits keep it.
		if (message === COMMENT_PROBLEM) this.comment(start, length);
	}

	/** The scanner counts one character too many where a comment that is not closed ends with the text. */
	#inside(start: number, length: number): Span {
		return { start, end: Math.min(start + length, this.#text.length) };
	}

	finish(): ConfigTree {
		while (this.#open.length > 0) this.close(Math.max(this.#end, this.#open.at(-1)!.start + 1));
		return { root: this.#root, problems: this.#problems, comments: this.comments };
	}

	#add(node: ConfigNode): void {
		const top = this.#open.at(-1);
		if (!top) {
			this.#root ??= node;
			return;
		}
		if (top.kind === 'array') {
			top.items.push(node);
			return;
		}
		if (!top.pending) return;
		const { key, keySpan } = top.pending;
		top.pending = undefined;
		top.members.push({ key, keySpan, span: { start: keySpan.start, end: node.span.end }, value: node });
	}
}

/** A key whose value is not typed yet is a member all the same: `"env": ` at the end of a half-typed file. */
function flushPending(node: OpenNode): void {
	if (!node.pending) return;
	const { key, keySpan } = node.pending;
	node.members.push({ key, keySpan, span: keySpan, value: undefined });
	node.pending = undefined;
}

/** A class, because a big config has a hundred thousand of them. */
class JsonString implements StringNode {
	readonly kind = 'string';
	readonly span: Span;
	readonly value: string;
	readonly #text: string;

	constructor(text: string, span: Span, value: string) {
		this.#text = text;
		this.span = span;
		this.value = value;
	}

	spanOf(from: number, to: number): Span {
		const { start, end } = this.span;
		// Without escapes the text stands as it is.
		if (end - start - 2 === this.value.length)
			return { start: Math.min(start + 1 + from, end), end: Math.min(start + 1 + to, end) };
		return { start: sourceOffset(this.#text, this.span, from), end: sourceOffset(this.#text, this.span, to) };
	}
}

/** The document offset of the n-th UTF-16 unit of a decoded JSON string: an escape is one unit, written in 2 or 6. */
function sourceOffset(text: string, span: Span, unit: number): number {
	let at = span.start + 1;
	for (let i = 0; i < unit && at < span.end; i++) {
		if (text.charCodeAt(at) !== 92) at += 1;
		else at += text.charCodeAt(at + 1) === 117 ? 6 : 2;
	}
	return Math.min(at, span.end);
}
