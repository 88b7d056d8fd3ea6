import type { Span } from '../text.ts';
import type { StringNode } from './tree.ts';

/**
 * A decoded string under construction, which remembers where each piece was written. Parsers of formats with more than
 * one way to write a string (escapes, folded lines, stripped indentation) all build their string nodes with it.
 */
export class DecodedString {
	readonly #text: string;
	readonly #runs: Run[] = [];
	readonly #value: string[] = [];
	#length = 0;

	/** @param text the whole document. */
	constructor(text: string) {
		this.#text = text;
	}

	/** A piece that stands in the document as it is. */
	literal(start: number, end: number): void {
		if (end <= start) return;
		this.#add(this.#text.slice(start, end), start, end, true);
	}

	/** A piece that is written in another way than it reads: an escape, a folded line break. */
	written(value: string, start: number, end: number): void {
		if (value !== '') this.#add(value, start, end, false);
	}

	/** @param span of the whole node, with its quotes or its block header. */
	node(span: Span): StringNode {
		const runs = this.#runs;
		const only = runs[0];
		if (runs.length === 1 && only!.isLiteral) return asWritten(this.#value[0]!, span, only!.start);
		const value = this.#value.join('');
		const first = runs[0]?.start ?? Math.min(span.start + 1, span.end);
		return {
			kind: 'string',
			span,
			value,
			spanOf: (from, to) => spanOf(runs, first, Math.max(0, from), Math.min(to, value.length)),
		};
	}

	#add(value: string, start: number, end: number, isLiteral: boolean): void {
		this.#runs.push({ unit: this.#length, units: value.length, start, end, isLiteral });
		this.#value.push(value);
		this.#length += value.length;
	}
}

/** `units` UTF-16 units of the value, from unit `unit` on, are written in the document from `start` to `end`. */
interface Run {
	readonly unit: number;
	readonly units: number;
	readonly start: number;
	readonly end: number;
	readonly isLiteral: boolean;
}

/** From where the first unit starts to where the last one ends: what is between two folded lines belongs to neither. */
function spanOf(runs: readonly Run[], empty: number, from: number, to: number): Span {
	const last = runs.at(-1);
	if (to <= from) {
		const at = runs.length === 0 ? empty : from >= last!.unit + last!.units ? last!.end : startOf(runs, from);
		return { start: at, end: at };
	}
	return { start: startOf(runs, from), end: endOf(runs, to - 1) };
}

function startOf(runs: readonly Run[], unit: number): number {
	const run = runAt(runs, unit);
	return run.isLiteral ? run.start + (unit - run.unit) : run.start;
}

function endOf(runs: readonly Run[], unit: number): number {
	const run = runAt(runs, unit);
	return run.isLiteral ? run.start + (unit - run.unit) + 1 : run.end;
}

/** The last run that starts at or before the unit. */
function runAt(runs: readonly Run[], unit: number): Run {
	let low = 0;
	let high = runs.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (runs[middle]!.unit <= unit) low = middle;
		else high = middle - 1;
	}
	return runs[low]!;
}

/** A piece of a string node as a node of its own: the value in `NAME=value`. */
export function sliceString(node: StringNode, from: number, to: number = node.value.length): StringNode {
	return {
		kind: 'string',
		span: node.spanOf(from, to),
		value: node.value.slice(from, to),
		spanOf: (a, b) => node.spanOf(from + a, Math.min(from + b, to)),
	};
}

/** Text that stands in the document as it is, without quotes. */
export function bareString(text: string, start: number, end: number): StringNode {
	return asWritten(text.slice(start, end), { start, end }, start);
}

/** @param first the offset at which the value's first character stands. */
function asWritten(value: string, span: Span, first: number): StringNode {
	return {
		kind: 'string',
		span,
		value,
		spanOf: (from, to) => {
			const start = Math.max(0, Math.min(from, value.length));
			return { start: first + start, end: first + Math.max(start, Math.min(to, value.length)) };
		},
	};
}
