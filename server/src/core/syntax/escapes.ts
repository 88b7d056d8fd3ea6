import type { DecodedString } from './decoded.ts';

/** What a backslash and the next character stand for. */
export interface Escapes {
	readonly simple: Readonly<Record<string, string>>;
	/** Characters after which this many hexadecimal digits follow. */
	readonly hex: Readonly<Record<string, number>>;
}

/** Decodes the escape at an offset; returns where the text goes on, or undefined where the format knows no such escape. */
export function readEscape(decoded: DecodedString, text: string, at: number, escapes: Escapes): number | undefined {
	const letter = text[at + 1] ?? '';
	const digits = Object.hasOwn(escapes.hex, letter) ? escapes.hex[letter]! : 0;
	const hex = text.slice(at + 2, at + 2 + digits);
	const code = digits > 0 && hex.length === digits && /^[0-9A-Fa-f]{2,8}$/.test(hex) ? Number.parseInt(hex, 16) : -1;
	if (code >= 0 && code <= 0x10ffff) {
		decoded.written(String.fromCodePoint(code), at, at + 2 + digits);
		return at + 2 + digits;
	}
	if (!Object.hasOwn(escapes.simple, letter)) return undefined;
	decoded.written(escapes.simple[letter]!, at, at + 2);
	return at + 2;
}

/** What all formats share. */
export const COMMON_ESCAPES: Readonly<Record<string, string>> = {
	b: '\b',
	t: '\t',
	n: '\n',
	f: '\f',
	r: '\r',
	'"': '"',
	'\\': '\\',
};
