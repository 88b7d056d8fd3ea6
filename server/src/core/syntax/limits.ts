import type { ConfigTree } from './tree.ts';

/** Deeper than any config; far below the depth at which a recursive reader would exhaust the stack (about 5,000). */
export const MAX_DEPTH = 500;

/** Larger than any config by far. YAML costs the most: about a second for this much text. */
export const MAX_YAML_LENGTH = 2_000_000;
export const MAX_TOML_LENGTH = 10_000_000;

/** The tree of a text that is longer than what is read. */
export function tooLong(text: string, limit: number): ConfigTree {
	const message = `The file is longer than ${limit} characters; it is not read.`;
	return { root: undefined, comments: [], problems: [{ message, span: { start: 0, end: Math.min(1, text.length) } }] };
}

/** Said by every parser in the same words. */
export const TOO_DEEP = `Nested deeper than ${MAX_DEPTH} levels`;
export const PART_TOO_DEEP = `${TOO_DEEP}; this part is not read.`;
export const OPEN_QUOTE = 'The quote is not closed.';
export const OPEN_BRACKET = 'The bracket is not closed.';
export const NO_VALUE = 'A key needs a value.';
export const MISPLACED = 'This does not fit here.';
export const NO_QUOTES = 'Text has to stand in quotes.';
