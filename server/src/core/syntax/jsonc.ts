import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../text.ts';
import { JsonMember, JsonString } from './json-nodes.ts';
import { MAX_DEPTH, TOO_DEEP } from './limits.ts';
import type { ConfigNode, ConfigTree, Member, SyntaxProblem } from './tree.ts';
import { type JsonOptions, readWellFormed } from './well-formed.ts';

/** The problem that a comment is where the reader takes none: everything around it is understood all the same. */
export const COMMENT_PROBLEM = 'InvalidCommentToken';

/** Parses as far as the text parses. Linear in the text; never throws. */
export function parseJsonc(text: string, options: JsonOptions): ConfigTree {
	return readWellFormed(text, options) ?? parseTolerantly(text, options);
}

/** Makes the best of a text that is half typed, damaged, or in a dialect that its reader does not take. */
export function parseTolerantly(text: string, options: JsonOptions): ConfigTree {
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
	/** A key that waits for its value. */
	pending: { readonly key: string; readonly start: number; readonly end: number } | undefined;
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
		top.pending = { key, start, end: start + length };
		this.#end = start + length;
	}

	literal(value: unknown, start: number, length: number): void {
		const span = { start, end: start + length };
		this.#end = span.end;
		if (typeof value === 'string') this.#add(new JsonString(this.#text, start, span.end, value));
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
		const { key, start, end } = top.pending;
		top.pending = undefined;
		top.members.push(new JsonMember(key, start, end, node));
	}
}

/** A key whose value is not typed yet is a member all the same: `"env": ` at the end of a half-typed file. */
function flushPending(node: OpenNode): void {
	if (!node.pending) return;
	const { key, start, end } = node.pending;
	node.members.push(new JsonMember(key, start, end, undefined));
	node.pending = undefined;
}
