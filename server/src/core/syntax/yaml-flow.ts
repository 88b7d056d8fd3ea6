import { bareString } from './decoded.ts';
import { MAX_DEPTH, MISPLACED, OPEN_BRACKET, PART_TOO_DEEP } from './limits.ts';
import type { ConfigNode, Member } from './tree.ts';
import { withMerged } from './yaml-anchors.ts';
import { keyText, plainScalar } from './yaml-scalar.ts';
import type { YamlScanner } from './yaml-scanner.ts';

/** What a value inside of brackets has in common with one outside: its reader. */
interface NodeReader {
	/** The anchor of the node that starts here, past its tag. */
	properties(): string | undefined;
	anchored(anchor: string | undefined, read: () => ConfigNode | undefined): ConfigNode | undefined;
	quoted(parentIndent: number): ConfigNode | undefined;
	alias(): ConfigNode | undefined;
}

/** `{ key: value }` and `[ item ]`, over as many lines as they take. */
export class YamlFlow {
	readonly #scan: YamlScanner;
	readonly #reader: NodeReader;
	/** Set when a bracket that was never closed gave way to a line outside of it. */
	#isAbandoned = false;

	constructor(scan: YamlScanner, reader: NodeReader) {
		this.#scan = scan;
		this.#reader = reader;
	}

	collection(parentIndent: number, depth: number): ConfigNode {
		this.#isAbandoned = false;
		return this.#collection(parentIndent, depth);
	}

	#collection(parentIndent: number, depth: number): ConfigNode {
		const scan = this.#scan;
		const start = scan.at++;
		const isMap = scan.text[start] === '{';
		const close = isMap ? '}' : ']';
		const members: Member[] = [];
		const items: ConfigNode[] = [];
		let end = start + 1;
		for (;;) {
			if (this.#isOpen(parentIndent)) {
				scan.problem(OPEN_BRACKET, start, start + 1);
				break;
			}
			if (scan.peek() === close) {
				end = ++scan.at;
				break;
			}
			const before = scan.at;
			if (scan.peek() === ',') scan.at++;
			else if (isMap) {
				const member = this.#member(parentIndent, depth);
				if (member) members.push(member);
			} else {
				const item = this.#item(parentIndent, depth);
				if (item) items.push(item);
			}
			end = Math.max(end, scan.at);
			if (scan.at > before) continue;
			scan.problem(MISPLACED, before, before + 1);
			scan.at++;
		}
		const span = { start, end };
		return isMap ? { kind: 'object', span, members: withMerged(members) } : { kind: 'array', span, items };
	}

	/** Goes to the next item. True at the end of the document, or in a line that is not indented as a part of this. */
	#isOpen(parentIndent: number): boolean {
		const scan = this.#scan;
		const line = scan.lineStart;
		scan.skip();
		const isNewLine = scan.lineStart !== line;
		const isOutside = isNewLine && scan.column <= parentIndent && !'}]'.includes(scan.peek() ?? ' ');
		if (isOutside || scan.isDocumentEnd()) this.#isAbandoned = true;
		return this.#isAbandoned;
	}

	#member(parentIndent: number, depth: number): Member | undefined {
		const key = this.#node(parentIndent, depth + 1) ?? this.#emptyKey();
		if (!key) return undefined;
		return this.#memberOf(key, this.#valueAfter(key, parentIndent, depth));
	}

	/** `[name: value]` is a list of one map. */
	#item(parentIndent: number, depth: number): ConfigNode | undefined {
		const node = this.#node(parentIndent, depth + 1) ?? this.#emptyKey();
		if (!node || !this.#isColon(node)) return node;
		const member = this.#memberOf(node, this.#valueAfter(node, parentIndent, depth));
		return { kind: 'object', span: member.span, members: [member] };
	}

	/** A colon without anything before it. */
	#emptyKey(): ConfigNode | undefined {
		const { at, text } = this.#scan;
		return text[at] === ':' && isFlowEnd(text[at + 1]) ? bareString(text, at, at) : undefined;
	}

	#memberOf(key: ConfigNode, value: ConfigNode | undefined): Member {
		const { start } = key.span;
		const end = value && value.span.start >= start ? Math.max(value.span.end, key.span.end) : key.span.end;
		return { key: keyText(this.#scan.text, key), keySpan: key.span, span: { start, end }, value };
	}

	#valueAfter(key: ConfigNode, parentIndent: number, depth: number): ConfigNode | undefined {
		if (!this.#isColon(key)) return undefined;
		this.#scan.at++;
		if (this.#isOpen(parentIndent) || ',]}'.includes(this.#scan.peek()!)) return undefined;
		return this.#node(parentIndent, depth + 1);
	}

	/** A colon with a blank behind it; right behind quotes it needs none. */
	#isColon(key: ConfigNode): boolean {
		const scan = this.#scan;
		scan.blanks();
		if (scan.peek() !== ':') return false;
		const isQuoted = key.kind === 'string' && '"\''.includes(scan.text[key.span.start]!);
		return isQuoted || key.kind === 'object' || key.kind === 'array' || isFlowEnd(scan.peek(1));
	}

	#node(parentIndent: number, depth: number): ConfigNode | undefined {
		const scan = this.#scan;
		if (depth > MAX_DEPTH) {
			scan.problem(PART_TOO_DEEP, scan.at, scan.at + 1);
			scan.at = scan.text.length;
			this.#isAbandoned = true;
			return undefined;
		}
		const anchor = this.#reader.properties();
		return this.#reader.anchored(anchor, () => this.#content(parentIndent, depth));
	}

	#content(parentIndent: number, depth: number): ConfigNode | undefined {
		const scan = this.#scan;
		switch (scan.peek()) {
			case '{':
			case '[':
				return this.#collection(parentIndent, depth);
			case '"':
			case "'":
				return this.#reader.quoted(parentIndent);
			case '*':
				return this.#reader.alias();
			default:
				return this.#plain(parentIndent);
		}
	}

	/** Without quotes, also over several lines. */
	#plain(parentIndent: number): ConfigNode | undefined {
		const scan = this.#scan;
		const start = scan.at;
		let end = scan.plainEnd(true);
		if (end === start) return undefined;
		scan.at = end;
		while (this.#goesOn(parentIndent)) {
			scan.at = scan.plainEnd(true);
			end = scan.at;
		}
		return plainScalar(scan.text, { start, end });
	}

	/** Goes to the next line if the scalar goes on there; nothing but blanks may be left of this one. */
	#goesOn(parentIndent: number): boolean {
		const scan = this.#scan;
		const { text } = scan;
		let at = scan.at;
		let lineStart = -1;
		while (at < text.length && /\s/.test(text[at]!)) {
			if (text[at] === '\n') lineStart = at + 1;
			at++;
		}
		if (lineStart < 0 || at >= text.length || at - lineStart <= parentIndent) return false;
		if (',[]{}#'.includes(text[at]!) || (text[at] === ':' && isFlowEnd(text[at + 1]))) return false;
		scan.at = at;
		scan.lineStart = lineStart;
		return !scan.isDocumentEnd();
	}
}

/** What makes the colon before it one that separates key and value. */
function isFlowEnd(c: string | undefined): boolean {
	return c === undefined || /[\s,[\]{}]/.test(c);
}
