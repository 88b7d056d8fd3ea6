/** A half-open range of UTF-16 offsets in a document. Lines and columns exist only at the edges (LSP, reports). */
export interface Span {
	readonly start: number;
	readonly end: number;
}

/** One replacement. Changes of one edit never overlap. */
export interface TextChange {
	readonly span: Span;
	readonly newText: string;
}

/** A zero-based position, as editors count. */
export interface Position {
	readonly line: number;
	readonly character: number;
}

export function contains(outer: Span, inner: Span): boolean {
	return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: Span, b: Span): boolean {
	return a.start < b.end && b.start < a.end;
}

/** The text after the changes. @throws RangeError if changes overlap: that is a bug of the caller, never of the input. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
	const ordered = changes.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
	const parts: string[] = [];
	let at = 0;
	for (const { span, newText } of ordered) {
		if (span.start < at) throw new RangeError(`overlapping changes at ${span.start}`);
		parts.push(text.slice(at, span.start), newText);
		at = span.end;
	}
	parts.push(text.slice(at));
	return parts.join('');
}

/** Converts offsets to lines in O(log lines). Knows `\n`, `\r\n` and a lone `\r`, as LSP does. */
export class LineIndex {
	readonly #starts: number[] = [0];
	readonly #length: number;

	constructor(text: string) {
		this.#length = text.length;
		// Searched for, which is many times faster than a look at each character; the end of the text where none follows.
		const find = (character: string, from: number) => {
			const at = text.indexOf(character, from);
			return at < 0 ? text.length : at;
		};
		let feed = find('\n', 0);
		let carriage = find('\r', 0);
		while (feed !== carriage) {
			if (feed < carriage) {
				this.#starts.push(++feed);
				feed = find('\n', feed);
			} else {
				if (text[++carriage] !== '\n') this.#starts.push(carriage);
				carriage = find('\r', carriage);
			}
		}
	}

	position(offset: number): Position {
		const at = Math.max(0, Math.min(offset, this.#length));
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.#starts[middle]! <= at) low = middle;
			else high = middle - 1;
		}
		return { line: low, character: at - this.#starts[low]! };
	}
}

/** Where the line of an offset starts. */
export function lineStartAt(text: string, offset: number): number {
	return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends: before its line break. */
export function lineEndAt(text: string, offset: number): number {
	const found = text.indexOf('\n', offset);
	if (found < 0) return text.length;
	return found > offset && text[found - 1] === '\r' ? found - 1 : found;
}
