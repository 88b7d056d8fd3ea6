import type { Span } from '../text.ts';
import type { SyntaxProblem } from './tree.ts';

/** A cursor over YAML text: columns, blanks, comments, and where scalars end. Collects comments and problems on its way. */
export class YamlScanner {
	readonly comments: Span[] = [];
	readonly problems: SyntaxProblem[] = [];
	at = 0;
	/** Where the line of `at` starts. */
	lineStart = 0;
	readonly text: string;

	constructor(text: string) {
		this.text = text;
		if (text.startsWith('\uFEFF')) this.at = this.lineStart = 1;
	}

	get column(): number {
		return this.at - this.lineStart;
	}

	peek(offset = 0): string | undefined {
		return this.text[this.at + offset];
	}

	problem(message: string, start: number, end: number): void {
		const length = this.text.length;
		this.problems.push({
			message,
			span: { start: Math.min(start, length), end: Math.min(Math.max(start, end), length) },
		});
	}

	blanks(): void {
		while (isBlank(this.text[this.at])) this.at++;
	}

	/** Blanks, comments and line ends, up to the next content. */
	skip(): void {
		for (;;) {
			this.blanks();
			const c = this.text[this.at];
			if (c === '#' && this.#isCommentStart()) this.#comment();
			else if (c === '\n') this.lineStart = ++this.at;
			else return;
		}
	}

	/** What is left of the line, apart from a comment. */
	skipLine(): void {
		while (this.at < this.text.length && this.text[this.at] !== '\n') {
			if (this.text[this.at] === '#' && this.#isCommentStart()) return;
			this.at++;
		}
	}

	/** No more content in this line. */
	isLineEnd(): boolean {
		const c = this.text[this.at];
		return c === undefined || c === '\n' || (c === '#' && this.#isCommentStart());
	}

	/** The end of the text, or `---` or `...` at the start of a line. */
	isDocumentEnd(): boolean {
		return this.at >= this.text.length || (this.at === this.lineStart && isMarker(this.text, this.at));
	}

	/** `-`, `?` or `:` with a blank or a line end after it. */
	isIndicator(indicator: string): boolean {
		return this.text[this.at] === indicator && isSpaceOrEnd(this.text[this.at + 1]);
	}

	/** The `:` of an implicit key that starts here, in this line; undefined if there is none. */
	keyEnd(): number | undefined {
		const { text } = this;
		const quote = text[this.at];
		let at = this.at;
		if (quote === '"' || quote === "'") {
			at = lineQuoteEnd(text, at + 1, quote);
			if (at < 0) return undefined;
			at++;
			while (isBlank(text[at])) at++;
			return text[at] === ':' && isSpaceOrEnd(text[at + 1]) ? at : undefined;
		}
		for (; at < text.length && text[at] !== '\n'; at++) {
			if (text[at] === ':' && isSpaceOrEnd(text[at + 1])) return at;
			if (text[at] === '#' && isBlank(text[at - 1])) return undefined;
		}
		return undefined;
	}

	/** Where a scalar without quotes ends in its own line. */
	plainEnd(isFlow: boolean): number {
		const { text } = this;
		let at = this.at;
		for (; at < text.length && text[at] !== '\n'; at++) {
			const c = text[at]!;
			if (c === '#' && isBlank(text[at - 1])) break;
			if (!isFlow) continue;
			if (',[]{}'.includes(c)) break;
			if (c === ':' && (isSpaceOrEnd(text[at + 1]) || ',[]{}'.includes(text[at + 1]!))) break;
		}
		while (at > this.at && isBlank(text[at - 1])) at--;
		return at;
	}

	/** Reads a scalar without quotes. It goes on in lines that are indented further than what holds it, unless such a line is a key of its own. */
	plainLines(parentIndent: number): Span {
		const start = this.at;
		this.at = this.plainEnd(false);
		for (let next = this.#nextLine(); next && next.start - next.lineStart > parentIndent; next = this.#nextLine()) {
			const { at, lineStart } = this;
			this.at = next.start;
			this.lineStart = next.lineStart;
			if (this.text[this.at] === '#' || this.isDocumentEnd() || this.keyEnd() !== undefined) {
				this.at = at;
				this.lineStart = lineStart;
				break;
			}
			this.at = this.plainEnd(false);
		}
		return { start, end: this.at };
	}

	/** The next line with text, if nothing but blanks is left of this one. */
	#nextLine(): { readonly start: number; readonly lineStart: number } | undefined {
		let at = this.at;
		let lineStart = -1;
		while (isBlank(this.text[at]) || this.text[at] === '\n') {
			if (this.text[at] === '\n') lineStart = at + 1;
			at++;
		}
		return lineStart < 0 || at >= this.text.length ? undefined : { start: at, lineStart };
	}

	/** Reads `|` or `>`: its header, and all lines that are empty or indented further than what holds it. */
	block(parentIndent: number): { readonly header: Span; readonly body: Span } {
		const { text } = this;
		const start = this.at;
		while (!this.isLineEnd()) this.at++;
		const explicit = Number(/^[|>][-+]?([1-9])/.exec(text.slice(start, start + 3))?.[1] ?? 0);
		this.blanks();
		const bodyStart = Math.min(lineEnd(text, this.at) + 1, text.length);
		if (this.peek() === '#') this.skip();
		this.at = this.lineStart = blockEnd(text, bodyStart, parentIndent, explicit);
		return { header: { start, end: bodyStart }, body: { start: bodyStart, end: this.at } };
	}

	/**
	 * Reads a quoted scalar: its end, and whether it is closed. One that is open ends before the first line that is not
	 * indented further than what holds it.
	 */
	quoted(parentIndent: number): { readonly span: Span; readonly isClosed: boolean } {
		const { text } = this;
		const start = this.at;
		const quote = text[start]!;
		let at = start + 1;
		let full = at;
		for (; at < text.length; at++) {
			const c = text[at]!;
			if (c === '\\' && quote === '"') {
				full = ++at + 1;
				if (text[at] === '\n') this.lineStart = at + 1;
			} else if (c === quote) {
				if (quote !== "'" || text[at + 1] !== "'") break;
				full = ++at + 1;
			} else if (c === '\n') {
				if (endsHere(text, at + 1, parentIndent)) break;
				this.lineStart = at + 1;
			} else if (!isBlank(c)) full = at + 1;
		}
		const isClosed = text[at] === quote;
		this.at = isClosed ? at + 1 : Math.min(full, text.length);
		return { span: { start, end: this.at }, isClosed };
	}

	#isCommentStart(): boolean {
		const before = this.text[this.at - 1];
		return this.at === this.lineStart || before === undefined || isBlank(before) || before === '\n';
	}

	#comment(): void {
		const start = this.at;
		const found = this.text.indexOf('\n', start);
		this.at = found < 0 ? this.text.length : found;
		let end = this.at;
		while (isBlank(this.text[end - 1])) end--;
		this.comments.push({ start, end });
	}
}

export function isBlank(c: string | undefined): boolean {
	return c === ' ' || c === '\t' || c === '\r';
}

function isSpaceOrEnd(c: string | undefined): boolean {
	return c === undefined || c === '\n' || isBlank(c);
}

export function isMarker(text: string, at: number): boolean {
	return (text.startsWith('---', at) || text.startsWith('...', at)) && isSpaceOrEnd(text[at + 3]);
}

/** Is the line at this offset one that what is open cannot go on in? An empty line is not. */
function endsHere(text: string, lineStart: number, parentIndent: number): boolean {
	let at = lineStart;
	while (isBlank(text[at])) at++;
	if (text[at] === '\n' || text[at] === undefined) return false;
	return at - lineStart <= parentIndent || isMarker(text, lineStart);
}

function lineQuoteEnd(text: string, from: number, quote: string): number {
	for (let at = from; at < text.length && text[at] !== '\n'; at++) {
		if (text[at] === '\\' && quote === '"') at++;
		else if (text[at] === quote) {
			if (quote !== "'" || text[at + 1] !== "'") return at;
			at++;
		}
	}
	return -1;
}

/** Where the lines of a block end. The first line with text says how far all are indented, if its header does not. */
function blockEnd(text: string, bodyStart: number, parentIndent: number, explicit: number): number {
	let indent = explicit > 0 ? Math.max(0, parentIndent) + explicit : undefined;
	let at = bodyStart;
	while (at < text.length) {
		const end = lineEnd(text, at);
		let content = at;
		while (text[content] === ' ') content++;
		const isEmpty = content >= end || text.slice(content, end) === '\r';
		if (!isEmpty) {
			indent ??= Math.max(content - at, parentIndent + 1);
			if (content - at < indent || isMarker(text, at)) break;
		}
		at = end + 1;
	}
	return Math.min(at, text.length);
}

/** Of the line that this offset is in. */
function lineEnd(text: string, at: number): number {
	const found = text.indexOf('\n', at);
	return found < 0 ? text.length : found;
}
