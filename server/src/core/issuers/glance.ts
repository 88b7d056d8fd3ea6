import { lazy } from '../lazy.ts';
import type { ClassifyContext } from './context.ts';
import { matchShape, scanFormats } from './formats.ts';
import { KINDS } from './index.ts';
import type { secretName } from './names.ts';
import { hasLongPathPart } from './passwords.ts';

/**
 * Sees at one glance of most values that no secret is in them: `npx`, `--log-level`, `https://example.com/api`, `${env:X}`.
 * False promises that `classify` finds nothing; true promises nothing. A config has tens of thousands of values, so this is one
 * pass over the characters that makes no object, however many token kinds there are.
 *
 * @param meaning what a name says of its value; handed in because names repeat from server to server
 */
export function mayHoldSecret(
	value: string,
	position: ClassifyContext['position'],
	name: string | undefined,
	field: ClassifyContext['field'],
	meaning: typeof secretName,
	secretPath: boolean | undefined,
): boolean {
	if (value.length < SHORTEST) return false;
	const seen = look(value);
	if ((seen & TOKEN_START) !== 0 && scanFormats(value, anyKind).length > 0) return true;
	if (matchShape(value) !== undefined) return true;
	if ((seen & (STRUCTURE | BRACES | AT)) !== 0 && !isScoped(value, seen) && !isPlainReference(value, seen)) return true;
	if ((seen & COLON) !== 0 && !value.includes('://') && !value.startsWith('${')) return true;
	if ((position === 'url' || secretPath) && hasLongPathPart(value)) return true;
	// What stands in place of a secret is none, and no name makes it one.
	if (name === undefined || field === 'id' || (seen & BRACES) !== 0) return false;
	return field === 'secret' || meaning(name) === 'secret';
}

const anyKind = () => true;

/** Nothing shorter is a secret. */
export const SHORTEST = 4;

const LETTER_OR_DIGIT = 1;
/** Takes a value apart, or needs a closer look: white space, quotes, `=`, `?`, characters outside of ASCII. */
const STRUCTURE = 2;
/** Of a reference, if anything. */
const BRACES = 4;
const AT = 8;
const COLON = 16;
/** Up to four characters with which a prefix or marker of some token kind begins. */
const TOKEN_START = 32;

const ASCII = 128;
const classes = lazy(() => {
	const table = new Uint8Array(ASCII);
	const mark = (characters: string, as: number) => {
		for (const character of characters) table[character.charCodeAt(0)] = as;
	};
	table.fill(STRUCTURE, 0, 33);
	mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', LETTER_OR_DIGIT);
	mark('"\'=?&;,\x7f', STRUCTURE);
	mark('${}', BRACES);
	mark('@', AT);
	mark(':', COLON);
	// An `@` has its class, and gets its closer look, already.
	for (const { marker } of KINDS) if (marker?.length === 1 && marker !== '@') mark(marker, TOKEN_START);
	return table;
});

/** A prefix counts where a token can start, a marker everywhere. */
const PREFIX = 1;
const MARKER = 2;
/** Three characters or fewer: nothing has to follow. */
const WHOLE = 4;
/** By a hash of three characters, the first ones and those from the second on: one that collides costs a closer look, no more. */
const starts = lazy(() => {
	const [first, second] = [new Uint8Array(HASHES), new Uint8Array(HASHES)];
	for (const { prefix, marker } of KINDS) {
		const literal = marker ?? prefix;
		if (literal === undefined || literal.length === 1) continue;
		const as = marker === undefined ? PREFIX : MARKER;
		enter(first, literal, literal.length > 3 ? as : as | WHOLE);
		if (literal.length > 3) enter(second, literal.slice(1), as);
	}
	return { first, second };
});

/** Six bits for each character: with five, words in capitals met tokens in small letters (`TOK` and `unk`). */
const SHIFT = 6;
const HASHES = 1 << (3 * SHIFT);

function hash(first: number, second: number, third: number): number {
	return next((first << SHIFT) ^ second, third);
}

/** The hash of the three characters that end with this one: the first of the three before has left it. */
function next(before: number, code: number): number {
	return ((before << SHIFT) ^ code) & (HASHES - 1);
}

/** One of two characters goes on with any other, or ends the value. */
function enter(table: Uint8Array, literal: string, as: number): void {
	const [first, second, third] = [0, 1, 2].map((at) => literal.charCodeAt(at)) as [number, number, number];
	for (const last of Number.isNaN(third) ? EVERY : [third]) table[hash(first, second, last)]! |= as;
}

const EVERY = Array.from({ length: ASCII }, (_, code) => code);

/** All that the characters of a value are, in one pass. */
function look(value: string): number {
	const kinds = classes();
	const { first: begins, second: goesOn } = starts();
	const { length } = value;
	let seen = 0;
	let before = 0;
	let three = hash(0, value.charCodeAt(0), value.charCodeAt(1));
	for (let i = 0; i < length; i++) {
		const code = value.charCodeAt(i);
		const kind = code < ASCII ? kinds[code]! : STRUCTURE;
		three = next(three, i + 2 < length ? value.charCodeAt(i + 2) : 0);
		const begun = begins[three]!;
		if (begun !== 0 && ((begun & MARKER) !== 0 || (before & LETTER_OR_DIGIT) === 0)) {
			if ((begun & WHOLE) !== 0 || goesOn[next(three, value.charCodeAt(i + 3))] !== 0) seen |= TOKEN_START;
		}
		seen |= kind;
		before = kind;
	}
	return seen;
}

/** `@scope/name@1.2.3`: nobody's password. */
function isScoped(value: string, seen: number): boolean {
	return (seen & (STRUCTURE | BRACES | COLON)) === 0 && value.startsWith('@') && !value.includes('(');
}

/** A whole `${...}` without a default inside. */
function isPlainReference(value: string, seen: number): boolean {
	return (
		(seen & (STRUCTURE | AT)) === 0 &&
		value.startsWith('${') &&
		value.indexOf('}') === value.length - 1 &&
		value.lastIndexOf('$') === 0 &&
		value.lastIndexOf('{') === 1 &&
		value.length <= LONGEST_REFERENCE &&
		!value.includes('-') &&
		!DEFAULT.test(value)
	);
}

/** `${NAME:default}` */
const DEFAULT = /^\$\{[A-Z][A-Z0-9_]{2,120}:/;

const LONGEST_REFERENCE = 300;
