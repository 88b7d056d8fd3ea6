/**
 * One line without control characters: a server's name comes from a file that anybody may have written, and an escape
 * sequence or a direction mark in it would let that file write over the terminal.
 */
export function plain(text: string): string {
	return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
