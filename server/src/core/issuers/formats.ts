import { lazy } from '../lazy.ts';
import { KINDS } from './index.ts';
import type { TokenKind } from './issuer.ts';

/** A stretch of a value that has a token's shape. */
export interface FormatMatch {
	readonly kind: TokenKind;
	readonly from: number;
	readonly to: number;
	/** `strict`: the kind's pattern. `loose`: its prefix before something random of another length. */
	readonly fit: 'strict' | 'loose';
}

/** A token starts where no letter or digit stands before it, and ends likewise. */
const BEFORE = '(?<![A-Za-z0-9])';
const AFTER = '(?![A-Za-z0-9_-])';
/** A value that holds more starts of tokens than this is no config value; the rest is not looked at. */
const MOST_HITS = 2_000;
/** How far before a marker a token may start, and how far after it may end. */
const MARKER_REACH = 128;

interface CompiledKind {
	readonly kind: TokenKind;
	/** Most kinds are never met, so an expression is compiled when its prefix is. */
	readonly sticky: () => RegExp;
}

interface Prefixes {
	/** Under each prefix every kind whose own prefix starts it: those that a name confirms, then the longest. */
	readonly candidates: ReadonlyMap<string, () => readonly CompiledKind[]>;
	/** Finds every start, the longest prefix first. */
	readonly starts: RegExp;
}

const prefixes = lazy((): Prefixes => {
	const compiled = KINDS.filter((kind) => kind.prefix !== undefined).map((kind) => ({
		kind,
		sticky: lazy(() => new RegExp(`(?:${kind.pattern})${AFTER}`, 'y')),
	}));
	const own = Map.groupBy(compiled, ({ kind }) => kind.prefix!);
	const longestFirst = [...own.keys()].sort((a, b) => b.length - a.length);
	const under = (prefix: string) => starts(prefix).flatMap((start) => own.get(start) ?? []);
	return {
		candidates: new Map(
			longestFirst.map((prefix) => [prefix, lazy(() => under(prefix).sort((a, b) => hints(b.kind) - hints(a.kind)))]),
		),
		starts: new RegExp(`${BEFORE}(?:${longestFirst.map(literally).join('|')})`, 'g'),
	};
});

const MARKED = KINDS.filter((kind) => kind.marker !== undefined);
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
 * Every stretch of a value that has the shape of a kind with a prefix or marker. One pass with one regular expression
 * finds the starts; only there single kinds are tried.
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
	const { starts, candidates } = prefixes();
	starts.lastIndex = 0;
	for (let hits = 0; hits < MOST_HITS; hits++) {
		const hit = starts.exec(value);
		if (!hit) break;
		const match = matchAt(value, hit.index, candidates.get(hit[0])!(), accepts);
		if (match) found.push(match);
		starts.lastIndex = match ? match.to : hit.index + 1;
	}
	return found;
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
const RUN = /[A-Za-z0-9_-]{20,300}/y;

function looseMatch(value: string, at: number, kinds: readonly CompiledKind[]): FormatMatch | undefined {
	const kind = kinds.find(({ kind }) => !kind.nameHints && TELLING_PREFIX.test(kind.prefix!))?.kind;
	if (!kind) return undefined;
	RUN.lastIndex = at + kind.prefix!.length;
	const body = RUN.exec(value)?.[0];
	if (!body || !hasRandomPart(body)) return undefined;
	return { kind, from: at, to: at + kind.prefix!.length + body.length, fit: 'loose' };
}

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
