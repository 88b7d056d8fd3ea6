import { isPasswordName, nameWords, secretName } from '../names.ts';
import { standOf } from '../placeholders.ts';
import type { Position } from '../servers.ts';
import { type BasicCredentials, decodeBasic } from './basic.ts';
import { gradeChecksum } from './checksums.ts';
import { findUrlPasswords, isDefaultPassword, type UrlPassword } from './dsn.ts';
import { readFacts } from './facts.ts';
import { type FormatMatch, matchHinted, scanFormats } from './formats.ts';
import { gradeGeneric, isRandomPathSegment } from './generic.ts';
import { issuerById, knownKind } from './index.ts';
import type { ChecksumGrade, Classification, Confidence, TokenKind } from './issuer.ts';
import { decodeJwt, supabaseKind } from './jwt.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** Where the string stands. Everything is optional but the position: a token's own form needs no context. */
export interface ClassifyContext {
	readonly position: Position;
	/** Env variable, header, or the flag before the value. */
	readonly name?: string;
	readonly serverName?: string;
}

/** Longer values are searched for self-identifying tokens only. */
const LONGEST_STRUCTURED = 262_144;

/** A guess before overlaps are settled; the higher rank wins, then the longer. */
interface Candidate {
	readonly rank: number;
	readonly classification: Classification;
}

const RANK = { format: 5, hinted: 4, structure: 3, fallbackFormat: 2, loose: 2, generic: 1 } as const;

/**
 * Every secret inside one string of a config, in order, none overlapping another; `from` and `to` hold the secret alone.
 * Kinds that are public by design are among the results, marked `kind.public`: they keep other guesses away.
 * Never throws; linear in the value's length.
 */
export function classify(value: string, context: ClassifyContext): Classification[] {
	if (value.length < 4) return [];
	const named = accepting(context.name, context.serverName);
	const candidates = scanFormats(value, named).flatMap((match) => fromFormat(value, match));
	if (value.length <= LONGEST_STRUCTURED) candidates.push(...fromStructure(value, context));
	return settle(candidates);
}

function fromStructure(value: string, context: ClassifyContext): Candidate[] {
	const candidates = findUrlPasswords(value).flatMap((found) => fromUrl(value, found));
	const command = context.position === 'arg' || context.position === 'command' || context.position === 'other';
	for (const segment of segmentsOf(value, context.name, command)) {
		candidates.push(...fromSegment(value, segment, context));
	}
	if (context.position === 'url') candidates.push(...fromUrlPath(value));
	return candidates;
}

function fromFormat(value: string, match: FormatMatch): Candidate[] {
	const token = value.slice(match.from, match.to);
	const kind = refine(match.kind, token);
	const checksum = checksumOf(kind, token, match.fit);
	const confidence = kind.public ? 'certain' : formatConfidence(kind, token, match.fit, checksum);
	if (!confidence) return [];
	const fallback = kind.issuer === 'jwt' || kind.issuer === 'unidentified';
	const rank = match.fit === 'loose' ? RANK.loose : fallback ? RANK.fallbackFormat : RANK.format;
	return [{ rank, classification: classification(kind, match.from, match.to, confidence, checksum, token) }];
}

function checksumOf(kind: TokenKind, token: string, fit: FormatMatch['fit']): ChecksumGrade {
	return kind.checksum && fit === 'strict' ? gradeChecksum(kind.checksum, token, kind.prefix ?? '') : 'none';
}

function formatConfidence(
	kind: TokenKind,
	token: string,
	fit: FormatMatch['fit'],
	checksum: ChecksumGrade,
): Confidence | undefined {
	if (checksum === 'valid') return 'certain';
	const stand = standOf(token.slice(kind.prefix?.length ?? 0));
	if (stand !== undefined && stand !== 'typed' && stand !== 'words') return undefined;
	if (stand !== undefined || isExampleJwt(kind, token)) return 'weak';
	if (fit === 'loose' || checksum === 'invalid' || kind.issuer === 'unidentified' || kind.nameHints) return 'likely';
	return 'certain';
}

function isExampleJwt(kind: TokenKind, token: string): boolean {
	return kind.facts === 'jwt' && decodeJwt(token)?.example === true;
}

/** The claims of a JWT may tell a kind of their own. */
function refine(kind: TokenKind, token: string): TokenKind {
	if (kind.id !== 'jwt') return kind;
	const claims = decodeJwt(token);
	const known = claims && supabaseKind(claims);
	return known ? knownKind(known) : kind;
}

function fromUrl(value: string, found: UrlPassword): Candidate[] {
	const password = value.slice(found.from, found.to);
	const confidence = urlConfidence(password, found.user);
	if (!confidence) return [];
	const kind = knownKind(found.issuer === 'url' ? 'url-password' : `${found.issuer}-url-password`);
	const inside = { notes: found.user === '' ? [] : [`user ${shown(found.user)}`] };
	const { from, to } = found;
	return [{ rank: RANK.structure, classification: { ...classification(kind, from, to, confidence, 'none'), inside } }];
}

/** A user name that is long may be a token itself. */
function shown(user: string): string {
	return /^[\w.@%+-]{1,24}$/.test(user) ? user : '(not shown)';
}

function urlConfidence(password: string, user: string): Confidence | undefined {
	const stand = standOf(password);
	if (stand === 'typed') return 'weak';
	if (stand === 'words') return isDefaultPassword(password, user) || password.length < 6 ? undefined : 'weak';
	if (stand !== undefined || isDefaultPassword(password, user)) return undefined;
	return password.length >= 8 ? 'certain' : 'likely';
}

function fromSegment(value: string, segment: Segment, context: ClassifyContext): Candidate[] {
	const text = value.slice(segment.from, segment.to);
	const basic = segment.scheme === 'basic' ? decodeBasic(text) : undefined;
	if (basic) return fromBasic(basic, segment, context);
	const name = segment.scheme ? 'Authorization' : segment.name;
	if (name === undefined || secretName(name) !== 'secret') return [];
	const kind = hintedKind(text, segment.name ?? name, context);
	if (kind) return fromHinted(text, kind, segment);
	const confidence = gradeGeneric(text, name);
	if (!confidence) return [];
	const generic = knownKind(isPasswordName(name) ? 'unidentified-password' : 'unidentified-key');
	return [
		{ rank: RANK.generic, classification: classification(generic, segment.from, segment.to, confidence, 'none') },
	];
}

/** The name beside the value says more than the server's. */
function hintedKind(text: string, name: string, { serverName }: ClassifyContext): TokenKind | undefined {
	const kinds = matchHinted(text);
	if (kinds.length === 0) return undefined;
	return kinds.find(accepting(name, undefined)) ?? kinds.find(accepting(name, serverName));
}

function fromHinted(text: string, kind: TokenKind, segment: Segment): Candidate[] {
	const stand = standOf(text);
	if (stand !== undefined && stand !== 'typed') return [];
	const confidence = stand === 'typed' || isExampleJwt(kind, text) ? 'weak' : 'likely';
	const found = classification(refine(kind, text), segment.from, segment.to, confidence, 'none', text);
	return [{ rank: RANK.hinted, classification: found }];
}

/** Base64 hides a token from the eye only: the kind is that of the token inside, the span the whole base64. */
function fromBasic({ user, password }: BasicCredentials, { from, to }: Segment, context: ClassifyContext): Candidate[] {
	const { name: _, ...unnamed } = context;
	for (const part of [password, user]) {
		const [inner] = classify(part, unnamed);
		if (inner && !inner.kind.public) return [{ rank: RANK.format, classification: { ...inner, from, to } }];
	}
	const confidence = password ? urlConfidence(password, user) : gradeGeneric(user, 'Authorization');
	if (!confidence) return [];
	const kind = knownKind('basic-authorization');
	return [{ rank: RANK.structure, classification: classification(kind, from, to, confidence, 'none') }];
}

function fromUrlPath(value: string): Candidate[] {
	const path = value.search(/[?#]/);
	const end = path < 0 ? value.length : path;
	const found: Candidate[] = [];
	let from = value.indexOf('://') + 3;
	for (const part of value.slice(from, end).split('/')) {
		if (from > 3 + value.indexOf('://') && isRandomPathSegment(part)) {
			const kind = knownKind('unidentified-url-token');
			found.push({
				rank: RANK.generic,
				classification: classification(kind, from, from + part.length, 'weak', 'none'),
			});
		}
		from += part.length + 1;
	}
	return found;
}

function classification(
	kind: TokenKind,
	from: number,
	to: number,
	confidence: Confidence,
	checksum: ChecksumGrade,
	token?: string,
): Classification {
	const inside = kind.facts && token ? readFacts(kind.facts, token) : undefined;
	return {
		issuer: kind.issuer,
		issuerName: issuerById(kind.issuer).name,
		kind,
		from,
		to,
		checksum,
		confidence: kind.ceiling ?? confidence,
		...(inside ? { inside } : {}),
	};
}

/** The best of each group that overlaps, in order. */
function settle(candidates: readonly Candidate[]): Classification[] {
	const length = ({ classification: { from, to } }: Candidate) => to - from;
	const kept: Classification[] = [];
	for (const { classification: next } of candidates.toSorted((a, b) => b.rank - a.rank || length(b) - length(a))) {
		if (!kept.some((other) => next.from < other.to && other.from < next.to)) kept.push(next);
	}
	return kept.sort((a, b) => a.from - b.from);
}

/** Does a kind that needs a telling name have one? The words are split only if somebody asks. */
function accepting(name: string | undefined, serverName: string | undefined): (kind: TokenKind) => boolean {
	let words: ReadonlySet<string> | undefined;
	return ({ nameHints }) => {
		if (!nameHints) return true;
		words ??= new Set([...nameWords(name ?? ''), ...nameWords(serverName ?? '')]);
		return hasHint(nameHints, words);
	};
}

function hasHint(hints: readonly string[], words: ReadonlySet<string>): boolean {
	return hints.some((hint) => hint.split(' ').every((word) => words.has(word)));
}
