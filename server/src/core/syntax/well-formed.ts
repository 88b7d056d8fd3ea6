import type { Span } from '../text.ts';
import { JsonArray, JsonMember, JsonObject, JsonString } from './json-nodes.ts';
import { MAX_DEPTH } from './limits.ts';
import type { ConfigNode, ConfigTree, Member } from './tree.ts';

/** What a reader of this file accepts beyond JSON; the tolerant parser accepts everything and reports what the reader would not. */
export interface JsonOptions {
	readonly comments: boolean;
	readonly trailingCommas: boolean;
}

/**
 * Reads JSON without a mistake in one pass, and nothing else: undefined for a text that its reader would not accept whole.
 * Nearly every text is well formed, save while somebody types; reading it this way costs a third of a tolerant parse.
 */
export function readWellFormed(text: string, options: JsonOptions): ConfigTree | undefined {
	return new Reader(text, options).document();
}

const QUOTE = 34;
const COMMA = 44;
const SLASH = 47;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** The code of a character that starts nothing. */
const NOTHING = 0;

const LONGEST_SHARED = 24;
const PLACES = 1 << 10;

/** Longer numbers are left to the tolerant parser. */
const NUMBER = /-?(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,30})?(?:[eE][-+]?[0-9]{1,4})?/y;

/** Every method that reads starts at the first character of what it reads, and ends behind it. */
class Reader {
	readonly #text: string;
	readonly #options: JsonOptions;
	readonly #comments: Span[] = [];
	/** Of all lists that are open, so that each gets an array of its own size: most hold two or three, where a growing array has room for 17. */
	readonly #members: Member[] = [];
	readonly #items: ConfigNode[] = [];
	readonly #pieces: (string | undefined)[] = new Array(PLACES);
	#at = 0;

	constructor(text: string, options: JsonOptions) {
		this.#text = text;
		this.#options = options;
	}

	document(): ConfigTree | undefined {
		const root = this.#value(this.#next(), 0);
		this.#next();
		if (!root || this.#at < this.#text.length) return undefined;
		return { root, problems: [], comments: this.#comments };
	}

	/** @param code of the first character */
	#value(code: number, depth: number): ConfigNode | undefined {
		if (code === QUOTE) {
			const start = this.#at;
			const value = this.#string();
			return value === undefined ? undefined : new JsonString(this.#text, start, this.#at, value);
		}
		if (code === OPEN_OBJECT) return this.#object(depth);
		if (code === OPEN_LIST) return this.#list(depth);
		if (code === NOTHING) return undefined;
		return this.#word('true', true) ?? this.#word('false', false) ?? this.#word('null', null) ?? this.#number();
	}

	#object(depth: number): ConfigNode | undefined {
		if (depth >= MAX_DEPTH) return undefined;
		const start = this.#at++;
		const from = this.#members.length;
		for (let code = this.#next(); code !== CLOSE_OBJECT; code = this.#following(CLOSE_OBJECT)) {
			const keyStart = this.#at;
			const key = code === QUOTE ? this.#string() : undefined;
			const keyEnd = this.#at;
			if (key === undefined || this.#next() !== COLON) return undefined;
			this.#at++;
			const value = this.#value(this.#next(), depth + 1);
			if (!value) return undefined;
			this.#members.push(new JsonMember(key, keyStart, keyEnd, value));
		}
		return new JsonObject(start, ++this.#at, this.#members.splice(from));
	}

	#list(depth: number): ConfigNode | undefined {
		if (depth >= MAX_DEPTH) return undefined;
		const start = this.#at++;
		const from = this.#items.length;
		for (let code = this.#next(); code !== CLOSE_LIST; code = this.#following(CLOSE_LIST)) {
			const item = this.#value(code, depth + 1);
			if (!item) return undefined;
			this.#items.push(item);
		}
		return new JsonArray(start, ++this.#at, this.#items.splice(from));
	}

	/** Moves behind the comma to the next item, or to what closes the list; gives the code of what is there. */
	#following(close: number): number {
		const code = this.#next();
		if (code !== COMMA) return code === close ? close : NOTHING;
		this.#at++;
		const after = this.#next();
		return after === close && !this.#options.trailingCommas ? NOTHING : after;
	}

	/** Moves behind white space and comments; gives the code of the character there, NaN at the end of the text. */
	#next(): number {
		const text = this.#text;
		let at = this.#at;
		let code = text.charCodeAt(at);
		while (code === 32 || code === 10 || code === 9 || code === 13) code = text.charCodeAt(++at);
		this.#at = at;
		return code === SLASH && this.#options.comments && this.#comment() ? this.#next() : code;
	}

	#comment(): boolean {
		const start = this.#at;
		const end = commentEnd(this.#text, start);
		if (end < 0) return false;
		this.#comments.push({ start, end });
		this.#at = end;
		return true;
	}

	/** The decoded string. */
	#string(): string | undefined {
		const text = this.#text;
		const start = this.#at;
		let at = start + 1;
		let isPlain = true;
		for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
			// Control characters, and the end of the text.
			if (!(code >= 32)) return undefined;
			if (code === BACKSLASH) isPlain = false;
			at += code === BACKSLASH ? 2 : 1;
		}
		this.#at = at + 1;
		return isPlain ? this.#shared(start + 1, at) : unescaped(text.slice(start, at + 1));
	}

	/** A piece of the text; of pieces that a config repeats (`command`, `npx`, `-y`) mostly the one that was cut out before. */
	#shared(start: number, end: number): string {
		const text = this.#text;
		const length = end - start;
		if (length > LONGEST_SHARED) return text.slice(start, end);
		const place = ((length << 5) ^ (text.charCodeAt(start) << 2) ^ text.charCodeAt(end - 1)) & (PLACES - 1);
		const known = this.#pieces[place];
		if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
		const piece = text.slice(start, end);
		this.#pieces[place] = piece;
		return piece;
	}

	#word(word: string, value: boolean | null): ConfigNode | undefined {
		const start = this.#at;
		if (!this.#text.startsWith(word, start)) return undefined;
		this.#at += word.length;
		const span = { start, end: this.#at };
		return value === null ? { kind: 'null', span, value } : { kind: 'boolean', span, value };
	}

	#number(): ConfigNode | undefined {
		const start = this.#at;
		NUMBER.lastIndex = start;
		const [written] = NUMBER.exec(this.#text) ?? [];
		if (written === undefined) return undefined;
		this.#at += written.length;
		return { kind: 'number', span: { start, end: this.#at }, value: Number(written) };
	}
}

function commentEnd(text: string, start: number): number {
	if (text.startsWith('/*', start)) {
		const close = text.indexOf('*/', start + 2);
		return close < 0 ? -1 : close + 2;
	}
	if (!text.startsWith('//', start)) return -1;
	let end = start;
	while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
	return end;
}

/** @param quoted a string of JSON with its quotes */
function unescaped(quoted: string): string | undefined {
	try {
		return JSON.parse(quoted);
	} catch {
		return undefined;
	}
}
