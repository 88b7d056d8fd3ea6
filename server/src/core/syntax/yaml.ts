import type { Span } from '../text.ts';
import { MAX_DEPTH, MAX_YAML_LENGTH, MISPLACED, OPEN_QUOTE, PART_TOO_DEEP, tooLong } from './limits.ts';
import type { ArrayNode, ConfigNode, ConfigTree, Member, ObjectNode, StringNode } from './tree.ts';
import { Anchors, withMerged } from './yaml-anchors.ts';
import { YamlFlow } from './yaml-flow.ts';
import { blockScalar, doubleQuoted, keyText, plainScalar, singleQuoted } from './yaml-scalar.ts';
import { isBlank, isMarker, YamlScanner } from './yaml-scanner.ts';

/**
 * YAML 1.2, the first document of the file, as configs use it. Written for this: `yaml` takes 1.3 s for a megabyte and weighs
 * 97 kB, and the launcher reads configs too. Tests compare the two. What is half-typed costs its own line and no other.
 * Linear in the text; never throws.
 */
export function parseYaml(text: string): ConfigTree {
	if (text.length > MAX_YAML_LENGTH) return tooLong(text, MAX_YAML_LENGTH);
	const reader = new YamlReader(text);
	const root = reader.document();
	return { root, problems: reader.scan.problems, comments: reader.scan.comments, shared: reader.shared };
}

export class YamlReader {
	readonly scan: YamlScanner;
	readonly #text: string;
	readonly #anchors = new Anchors();
	readonly #flow: YamlFlow;

	constructor(text: string) {
		this.#text = text;
		this.scan = new YamlScanner(text);
		this.#flow = new YamlFlow(this.scan, this);
	}

	get shared(): Span[] {
		return this.#anchors.shared;
	}

	document(): ConfigNode | undefined {
		const { scan } = this;
		scan.skip();
		while (scan.peek() === '%' && scan.column === 0) {
			scan.skipLine();
			scan.skip();
		}
		if (scan.column === 0 && this.#text.startsWith('---', scan.at) && isMarker(this.#text, scan.at)) {
			scan.at += 3;
			scan.skip();
		}
		const parts: ConfigNode[] = [];
		while (!scan.isDocumentEnd()) {
			const start = scan.at;
			if (parts.length > 0) scan.problem(MISPLACED, start, start + 1);
			const part = this.node(-1, 0);
			if (part) parts.push(part);
			if (scan.at === start) this.#stray();
			scan.skip();
		}
		return joined(parts);
	}

	/** The node that starts here, with its anchor and tag. What belongs to it is indented further than `parentIndent`. */
	node(parentIndent: number, depth: number): ConfigNode | undefined {
		const { scan } = this;
		if (depth > MAX_DEPTH) {
			scan.problem(PART_TOO_DEEP, scan.at, scan.at + 1);
			scan.skipLine();
			return undefined;
		}
		const anchor = this.properties();
		if (scan.isLineEnd()) {
			scan.skip();
			if (scan.isDocumentEnd() || scan.column <= parentIndent) return undefined;
		}
		return this.anchored(anchor, () => this.#content(parentIndent, depth));
	}

	anchored(anchor: string | undefined, read: () => ConfigNode | undefined): ConfigNode | undefined {
		const begin = this.#anchors.begin();
		const node = read();
		if (node && anchor !== undefined) this.#anchors.define(anchor, node, begin);
		return node;
	}

	/** `&anchor` and `!tag`, in any order; returns the anchor. */
	properties(): string | undefined {
		const { scan } = this;
		let anchor: string | undefined;
		while (scan.peek() === '&' || scan.peek() === '!') {
			const start = scan.at;
			while (scan.at < this.#text.length && !/[\s,[\]{}]/.test(scan.peek()!)) scan.at++;
			if (this.#text[start] === '&') anchor = this.#text.slice(start + 1, scan.at);
			scan.blanks();
			if (scan.at === start + 1 && !isBlank(this.#text[start + 1])) return anchor;
		}
		return anchor;
	}

	#content(parentIndent: number, depth: number): ConfigNode | undefined {
		const { scan } = this;
		if (scan.isIndicator('-')) return this.#sequence(scan.column, depth);
		if (scan.isIndicator('?') || scan.keyEnd() !== undefined) {
			if (!'{['.includes(scan.peek()!)) return this.#map(scan.column, depth);
		}
		return this.#inline(parentIndent, depth);
	}

	/** What can stand behind `key:` or `-` in the same line. */
	#inline(parentIndent: number, depth: number): ConfigNode | undefined {
		const { scan } = this;
		switch (scan.peek()) {
			case '{':
			case '[':
				return this.#flow.collection(parentIndent, depth);
			case '|':
			case '>':
				return this.#block(parentIndent);
			case '"':
			case "'":
				return this.quoted(parentIndent);
			case '*':
				return this.alias();
			default:
				return plainScalar(this.#text, this.scan.plainLines(parentIndent));
		}
	}

	quoted(parentIndent: number): StringNode {
		const { scan } = this;
		const { span, isClosed } = scan.quoted(parentIndent);
		if (!isClosed) scan.problem(OPEN_QUOTE, span.start, span.start + 1);
		return this.#text[span.start] === "'" ? singleQuoted(this.#text, span) : doubleQuoted(this.#text, span);
	}

	alias(): ConfigNode | undefined {
		const { scan } = this;
		const start = scan.at++;
		while (scan.at < this.#text.length && !/[\s,[\]{}]/.test(scan.peek()!)) scan.at++;
		const found = this.#anchors.resolve(this.#text.slice(start + 1, scan.at));
		if (found === 'unknown') scan.problem('This alias points to no anchor above it.', start, scan.at);
		else if (found === 'too-many') scan.problem('Aliases repeat too much; this one is not followed.', start, scan.at);
		else return found;
		return undefined;
	}

	#block(parentIndent: number): ConfigNode {
		const { header, body } = this.scan.block(parentIndent);
		return blockScalar(this.#text, header, body, parentIndent);
	}

	#sequence(column: number, depth: number): ArrayNode {
		const { scan } = this;
		const start = scan.at;
		const items: ConfigNode[] = [];
		while (!scan.isDocumentEnd() && scan.column >= column && (scan.column > column || scan.isIndicator('-'))) {
			const before = scan.at;
			if (scan.column > column) scan.problem(MISPLACED, before, before + 1);
			if (scan.isIndicator('-')) {
				scan.at++;
				scan.blanks();
			}
			const item = this.node(column, depth + 1);
			if (item) items.push(item);
			if (scan.at === before) this.#stray();
			this.#endOfValue();
		}
		return { kind: 'array', span: { start, end: items.at(-1)?.span.end ?? start + 1 }, items };
	}

	#map(column: number, depth: number): ObjectNode {
		const { scan } = this;
		const start = scan.at;
		const members: Member[] = [];
		while (!scan.isDocumentEnd() && scan.column >= column) {
			if (scan.column > column) scan.problem(MISPLACED, scan.at, scan.at + 1);
			const member = this.#member(scan.column, depth);
			if (member) members.push(member);
			else if (scan.isIndicator('-') && scan.column === column && members.length > 0) break;
			else this.#stray();
			this.#endOfValue();
		}
		const end = Math.max(start, ...members.slice(-1).map(({ span }) => span.end));
		return { kind: 'object', span: { start, end }, members: withMerged(members) };
	}

	#member(column: number, depth: number): Member | undefined {
		const { scan } = this;
		const isExplicit = scan.isIndicator('?');
		if (isExplicit) {
			scan.at++;
			scan.blanks();
			const key = this.node(column, depth + 1);
			scan.skip();
			if (!key) return undefined;
			if (scan.column !== column || !scan.isIndicator(':')) return this.#finished(key, undefined);
			scan.at++;
			return this.#finished(key, this.#value(column, depth));
		}
		const anchor = this.properties();
		const colon = scan.keyEnd();
		if (colon === undefined || '{['.includes(scan.peek()!)) return undefined;
		const key = this.anchored(anchor, () => this.#key(colon));
		scan.at = colon + 1;
		return this.#finished(key!, this.#value(column, depth));
	}

	#key(colon: number): ConfigNode {
		const { scan } = this;
		const c = scan.peek();
		if (c === '"' || c === "'") return this.quoted(Number.NEGATIVE_INFINITY);
		let end = colon;
		while (end > scan.at && isBlank(this.#text[end - 1])) end--;
		return plainScalar(this.#text, { start: scan.at, end });
	}

	/** Behind the colon: in this line, or in lines that are indented further; a list may stand right below its key. */
	#value(column: number, depth: number): ConfigNode | undefined {
		const { scan } = this;
		scan.blanks();
		const anchor = this.properties();
		if (!scan.isLineEnd()) return this.anchored(anchor, () => this.#inline(column, depth + 1));
		scan.skip();
		if (scan.isDocumentEnd()) return undefined;
		if (scan.column > column) return this.anchored(anchor, () => this.node(column, depth + 1));
		if (scan.column === column && scan.isIndicator('-'))
			return this.anchored(anchor, () => (depth < MAX_DEPTH ? this.#sequence(column, depth + 1) : undefined));
		return undefined;
	}

	#finished(key: ConfigNode, value: ConfigNode | undefined): Member {
		const { start } = key.span;
		const end = value && value.span.start >= start ? Math.max(value.span.end, key.span.end) : key.span.end;
		return { key: keyText(this.#text, key), keySpan: key.span, span: { start, end }, value };
	}

	/** Goes to the next content; what is left behind a value in its line is a problem. */
	#endOfValue(): void {
		const { scan } = this;
		scan.blanks();
		if (!scan.isLineEnd() && this.#isBehindContent()) this.#stray();
		scan.skip();
	}

	/** Did something stand before this in its line? */
	#isBehindContent(): boolean {
		for (let at = this.scan.lineStart; at < this.scan.at; at++) if (!isBlank(this.#text[at])) return true;
		return false;
	}

	#stray(): void {
		const start = this.scan.at;
		this.scan.skipLine();
		this.scan.problem(MISPLACED, start, this.scan.at);
	}
}

/** Parts of a document that do not fit: members are put together, and a map is worth more than anything else. */
function joined(parts: readonly ConfigNode[]): ConfigNode | undefined {
	const maps = parts.filter((part) => part.kind === 'object');
	const [first] = maps;
	if (!first || maps.length === 1) return first ?? parts[0];
	const span = { start: first.span.start, end: maps.at(-1)!.span.end };
	return { kind: 'object', span, members: maps.flatMap(({ members }) => members) };
}
