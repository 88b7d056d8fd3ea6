import { lazy } from '../lazy.ts';
import { KINDS, knownKind } from './index.ts';
import type { TokenKind } from './issuer.ts';

/** A stretch of a value that has a token's shape. */
export interface FormatMatch {
	readonly kind: TokenKind;
	readonly from: number;
	readonly to: number;
	/** `strict`: the kind's pattern. `loose`: its prefix before something random of another length. */
	readonly fit: 'strict' | 'loose';
}

/** A token starts where no letter or digit stands before it, and ends likewise. Telegram's URLs put `/bot` right before theirs. */
const BEFORE = '(?:(?<![A-Za-z0-9])|(?<=/bot))';
const AFTER = '(?![A-Za-z0-9_-])';
/** A value that holds more starts of tokens than this is no config value; the rest is not looked at. */
const MOST_HITS = 2_000;
/** How far before a marker a token may start, and how far after it may end. */
const MARKER_REACH = 128;

interface CompiledKind {
	readonly kind: TokenKind;
	/** Most kinds are never met, so an expression is compiled when its prefix is. */
	readonly sticky: () => RegExp;
	/** Its prefix says enough even where the pattern does not fit. */
	readonly isTelling: boolean;
}

interface Prefix {
	readonly text: string;
	/** Every kind whose own prefix starts this one: those that a name confirms, then the longest. */
	readonly candidates: () => readonly CompiledKind[];
}

interface Prefixes {
	/** By the first two characters, see {@link pairAt}: where in `lists` the prefixes that begin with them stand; 0 = none do. */
	readonly listAt: Uint16Array;
	/** Each with the longest first. */
	readonly lists: readonly (readonly Prefix[])[];
}

const prefixes = lazy((): Prefixes => {
	const compiled = KINDS.filter((kind) => kind.prefix !== undefined).map((kind) => ({
		kind,
		sticky: lazy(() => new RegExp(`(?:${kind.pattern})${AFTER}`, 'y')),
		isTelling: isTelling(kind),
	}));
	const own = Map.groupBy(compiled, ({ kind }) => kind.prefix!);
	const under = (prefix: string) =>
		starts(prefix)
			.flatMap((start) => own.get(start) ?? [])
			.sort((a, b) => hints(b.kind) - hints(a.kind));
	const all = [...own.keys()]
		.sort((a, b) => b.length - a.length)
		.map((text) => ({ text, candidates: lazy(() => under(text)) }));
	const byPair = Map.groupBy(all, ({ text }) => pairAt(text, 0));
	const listAt = new Uint16Array(PAIRS);
	for (const [number, pair] of [...byPair.keys()].entries()) listAt[pair] = number + 1;
	return { listAt, lists: [[], ...byPair.values()] };
});

const PAIRS = 1 << 14;

/** Two characters as one number. A prefix has two at least, all of ASCII; other characters give a number of no prefix, or of a wrong one. */
function pairAt(text: string, at: number): number {
	return (text.charCodeAt(at) << 7) + text.charCodeAt(at + 1);
}

const MARKED = KINDS.filter((kind) => kind.marker !== undefined && kind.prefix === undefined);
const anyMarker = lazy(() => new RegExp(MARKED.map((kind) => literally(kind.marker!)).join('|')));
const marked = lazy(() =>
	MARKED.map((kind) => ({
		kind,
		marker: new RegExp(literally(kind.marker!), 'g'),
		anywhere: new RegExp(`${BEFORE}(?:${kind.pattern})${AFTER}`, 'g'),
	})),
);

/** A prefix and everything that it begins with, longest first. */
function starts(prefix: string): string[] {
	return Array.from({ length: prefix.length }, (_, i) => prefix.slice(0, prefix.length - i));
}

function hints(kind: TokenKind): number {
	return kind.nameHints ? 1 : 0;
}

function literally(literal: string): string {
	return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/**
 * Every stretch of a value that has the shape of a kind with a prefix or marker. One pass over the value finds where a prefix
 * starts; only there single kinds are tried.
 *
 * @param accepts whether a kind that needs a telling name has one here
 */
export function scanFormats(value: string, accepts: (kind: TokenKind) => boolean): FormatMatch[] {
	const found = scanPrefixes(value, accepts);
	for (const match of scanMarkers(value, accepts)) found.push(match);
	return found;
}

function scanPrefixes(value: string, accepts: (kind: TokenKind) => boolean): FormatMatch[] {
	const found: FormatMatch[] = [];
	const { listAt, lists } = prefixes();
	let hits = 0;
	for (let at = 0; at + 1 < value.length && hits < MOST_HITS; at++) {
		const list = listAt[pairAt(value, at)];
		if (!list || (at > 0 && isLetterOrDigit(value.charCodeAt(at - 1)))) continue;
		const prefix = longestAt(value, at, lists[list]!);
		if (!prefix) continue;
		hits++;
		const match = matchAt(value, at, prefix.candidates(), accepts);
		if (!match) continue;
		found.push(match);
		at = match.to - 1;
	}
	return found;
}

/** No closure in the loop over the characters: one would make an object for each. */
function longestAt(value: string, at: number, list: readonly Prefix[]): Prefix | undefined {
	return list.find(({ text }) => value.startsWith(text, at));
}

function isLetterOrDigit(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function matchAt(
	value: string,
	at: number,
	kinds: readonly CompiledKind[],
	accepts: (kind: TokenKind) => boolean,
): FormatMatch | undefined {
	for (const { kind, sticky } of kinds) {
		const pattern = sticky();
		pattern.lastIndex = at;
		const match = pattern.exec(value);
		if (match && accepts(kind)) return { kind, from: at, to: at + match[0].length, fit: 'strict' };
	}
	return looseMatch(value, at, kinds);
}

/** A prefix that ends in a separator says enough even where the length does not fit: new forms, altered tokens. */
const TELLING_PREFIX = /^[A-Za-z0-9_.-]{3,}[_.-]$/;
/** Not so the words that begin names of pages, files and projects as well. */
const ORDINARY_PREFIX =
	/^(?:access|api|apikey|hawk|key|kit|mint|pat|persona|polar|prd|prj|production|sandbox|sdk|secret|ser|sess|standard|test|v?[0-9.]+)[_.-]$/i;

function isTelling({ nameHints, prefix }: TokenKind): boolean {
	return !nameHints && TELLING_PREFIX.test(prefix!) && !ORDINARY_PREFIX.test(prefix!);
}

const RUN = /[A-Za-z0-9_-]{20,300}/y;

function looseMatch(value: string, at: number, kinds: readonly CompiledKind[]): FormatMatch | undefined {
	const prefix = kinds.find(({ isTelling }) => isTelling)?.kind.prefix;
	if (prefix === undefined) return undefined;
	RUN.lastIndex = at + prefix.length;
	const body = RUN.exec(value)?.[0];
	if (!body || !hasRandomPart(body)) return undefined;
	return { kind: kindOfPrefix(prefix, kinds), from: at, to: at + prefix.length + body.length, fit: 'loose' };
}

/** Where several issuers use one prefix, and the rest fits none of them, it does not tell whose it is. */
function kindOfPrefix(prefix: string, kinds: readonly CompiledKind[]): TokenKind {
	const own = kinds.filter(({ kind }) => kind.prefix === prefix).map(({ kind }) => kind);
	return own.every(({ issuer }) => issuer === own[0]!.issuer) ? own[0]! : knownKind('unidentified-key');
}

/** A prefix that says whose it is before too little of a token: cut off, or made up. */
export function matchStub(text: string): FormatMatch | undefined {
	if (!/^[\w.-]{12,300}$/.test(text)) return undefined;
	const { listAt, lists } = prefixes();
	const found = longestAt(text, 0, lists[listAt[pairAt(text, 0)]!]!);
	const kinds = found?.candidates().filter((one) => one.isTelling && one.kind.prefix === found.text) ?? [];
	const body = text.slice(found?.text.length);
	if (kinds.length === 0 || body.length < SHORTEST_STUB || !/[0-9][^0-9]{0,300}[0-9]/.test(body)) return undefined;
	return { kind: kindOfPrefix(found!.text, kinds), from: 0, to: text.length, fit: 'loose' };
}

const SHORTEST_STUB = 8;

/** A part between separators that is long and mixes digits with letters. */
function hasRandomPart(body: string): boolean {
	return body
		.split(/[_-]/)
		.some((part) => part.length >= 16 && /[0-9].*[0-9].*[0-9]/.test(part) && /[A-Za-z].*[A-Za-z]/.test(part));
}

const NO_MATCHES: readonly FormatMatch[] = [];

function scanMarkers(value: string, accepts: (kind: TokenKind) => boolean): readonly FormatMatch[] {
	if (!anyMarker().test(value)) return NO_MATCHES;
	const found: FormatMatch[] = [];
	for (const { kind, marker, anywhere } of marked()) {
		if (!accepts(kind)) continue;
		marker.lastIndex = 0;
		for (let hits = 0; hits < MOST_HITS; hits++) {
			const hit = marker.exec(value);
			if (!hit) break;
			const start = Math.max(0, hit.index - MARKER_REACH);
			anywhere.lastIndex = 0;
			const match = anywhere.exec(value.slice(start, hit.index + MARKER_REACH));
			if (!match) continue;
			const from = start + match.index;
			found.push({ kind, from, to: from + match[0].length, fit: 'strict' });
			marker.lastIndex = Math.max(marker.lastIndex, from + match[0].length);
		}
	}
	return found;
}

interface HintedKind {
	readonly kind: TokenKind;
	readonly whole: RegExp;
}

function wholes(chosen: (kind: TokenKind) => boolean): () => readonly HintedKind[] {
	return lazy(() => KINDS.filter(chosen).map((kind) => ({ kind, whole: new RegExp(`^(?:${kind.pattern})$`) })));
}

const hinted = wholes((kind) => kind.nameHints !== undefined && !kind.prefix && !kind.marker);

/** Kinds without a prefix or marker whose shape one whole value has: a telling name must choose among them. */
export function matchHinted(text: string): readonly TokenKind[] {
	return hinted()
		.filter(({ whole }) => whole.test(text))
		.map(({ kind }) => kind);
}

const shaped = wholes((kind) => kind.shape === true);

/** The kind whose whole shape identifies it, without a prefix. All have a separator inside, and none is short. */
export function matchShape(text: string): TokenKind | undefined {
	if (text.length < 40 || text.length > 200 || !/[.:/-]/.test(text)) return undefined;
	return shaped().find(({ whole }) => whole.test(text))?.kind;
}
