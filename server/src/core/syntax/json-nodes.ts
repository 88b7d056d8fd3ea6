import type { Span } from '../text.ts';
import type { ArrayNode, ConfigNode, Member, ObjectNode, StringNode } from './tree.ts';

/**
 * Nodes and members of JSON as classes with plain offsets: a big config has tens of thousands of them, and a span is asked
 * of the few that a finding or an edit is about.
 */
export class JsonString implements StringNode {
	readonly kind = 'string';
	readonly value: string;
	readonly #text: string;
	readonly #start: number;
	readonly #end: number;

	constructor(text: string, start: number, end: number, value: string) {
		this.value = value;
		this.#text = text;
		this.#start = start;
		this.#end = end;
	}

	get span(): Span {
		return { start: this.#start, end: this.#end };
	}

	spanOf(from: number, to: number): Span {
		const start = this.#start;
		const end = this.#end;
		// Without escapes the text stands as it is.
		if (end - start - 2 === this.value.length)
			return { start: Math.min(start + 1 + from, end), end: Math.min(start + 1 + to, end) };
		return { start: sourceOffset(this.#text, this.span, from), end: sourceOffset(this.#text, this.span, to) };
	}
}

export class JsonObject implements ObjectNode {
	readonly kind = 'object';
	readonly members: readonly Member[];
	readonly #start: number;
	readonly #end: number;

	constructor(start: number, end: number, members: readonly Member[]) {
		this.members = members;
		this.#start = start;
		this.#end = end;
	}

	get span(): Span {
		return { start: this.#start, end: this.#end };
	}
}

export class JsonArray implements ArrayNode {
	readonly kind = 'array';
	readonly items: readonly ConfigNode[];
	readonly #start: number;
	readonly #end: number;

	constructor(start: number, end: number, items: readonly ConfigNode[]) {
		this.items = items;
		this.#start = start;
		this.#end = end;
	}

	get span(): Span {
		return { start: this.#start, end: this.#end };
	}
}

export class JsonMember implements Member {
	readonly key: string;
	readonly value: ConfigNode | undefined;
	readonly #start: number;
	readonly #keyEnd: number;

	constructor(key: string, start: number, keyEnd: number, value: ConfigNode | undefined) {
		this.key = key;
		this.value = value;
		this.#start = start;
		this.#keyEnd = keyEnd;
	}

	get keySpan(): Span {
		return { start: this.#start, end: this.#keyEnd };
	}

	get span(): Span {
		return { start: this.#start, end: this.value?.span.end ?? this.#keyEnd };
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
