import { fromSas, isFunctionsKey, isSas } from './azure-url.ts';
import { decodeBase64Json, decodeBase64Text } from './base64.ts';
import { type BasicCredentials, decodeBasic } from './basic.ts';
import { accepting, attributed, hintedKind, raised } from './beside.ts';
import { fromGeneric, fromStub } from './by-name.ts';
import { type Candidate, classification, RANK } from './candidate.ts';
import { gradeChecksum } from './checksums.ts';
import type { ClassifyContext } from './context.ts';
import { findUrlPasswords, isDefaultPassword } from './dsn.ts';
import { readFacts } from './facts.ts';
import { type FormatMatch, matchShape, scanFormats } from './formats.ts';
import { gradeGeneric, keysAmongWords } from './generic.ts';
import { SHORTEST } from './glance.ts';
import { knownKind } from './index.ts';
import type { ChecksumGrade, Classification, Confidence, TokenKind } from './issuer.ts';
import { decodeJwt, supabaseKind } from './jwt.ts';
import { isWebhookName, secretName } from './names.ts';
import { fromDefault, fromUrl, fromUrlPath, fromUrlsIn, urlConfidence } from './passwords.ts';
import { standOf, standsInPlace } from './placeholders.ts';
import { type Segment, segmentsOf } from './segments.ts';

export type { ClassifyContext };

/** Longer values are searched for self-identifying tokens only. */
const LONGEST_STRUCTURED = 262_144;

/**
 * Every secret inside one string of a config, in order, none overlapping another; `from` and `to` hold the secret alone.
 * Kinds that are public by design are among the results, marked `kind.public`: they keep other guesses away.
 * Never throws; linear in the value's length.
 */
export function classify(value: string, context: ClassifyContext): Classification[] {
	if (value.length < SHORTEST) return [];
	const named = accepting(context.name, context.serverName);
	const candidates: Candidate[] = [];
	for (const match of scanFormats(value, named)) addAll(fromFormat(value, match), candidates);
	const segments = value.length <= LONGEST_STRUCTURED ? segmentsOf(value, context.name, isCommand(context)) : [];
	if (value.length <= LONGEST_STRUCTURED) addFromStructure(value, segments, context, candidates);
	if (candidates.length === 0) return [];
	return settle(candidates).map((found) => attributed(raised(found, value, segments), value, segments, context));
}

function isCommand({ position }: ClassifyContext): boolean {
	return position === 'arg' || position === 'command' || position === 'other';
}

function addFromStructure(
	value: string,
	segments: readonly Segment[],
	context: ClassifyContext,
	candidates: Candidate[],
): void {
	const settled = settledBy(candidates, segments);
	for (const found of findUrlPasswords(value)) addAll(fromUrl(value, found), candidates);
	const shape = matchShape(value.trim());
	if (shape) addAll(fromWhole(value, shape), candidates);
	for (const segment of segments) {
		if (settled && overlaps(segment, settled)) continue;
		addAll(fromSegment(value, segment, context), candidates);
	}
	if (context.position === 'url' || (isWebhookName(context.name ?? '') && /^https?:/i.test(value)))
		addAll(fromUrlPath(value, context.secretPath === true), candidates);
	else if (context.secretPath) addAll(fromUrlsIn(value), candidates);
}

/**
 * The one token that tells itself, which no other guess about its stretch outranks, so that none is made: most secrets are of
 * such a kind. Only what Basic authorization hides could.
 */
function settledBy(candidates: readonly Candidate[], segments: readonly Segment[]): Classification | undefined {
	const [only, second] = candidates;
	if (only?.rank !== RANK.format || second || segments.some(({ scheme }) => scheme === 'basic')) return undefined;
	return only.classification;
}

type Stretch = Pick<Segment, 'from' | 'to'>;

function overlaps(a: Stretch, b: Stretch): boolean {
	return a.from < b.to && b.from < a.to;
}

function addAll(some: readonly Candidate[], all: Candidate[]): void {
	for (const one of some) all.push(one);
}

/** What shows the start of a token only: `ops_eyJz...`, `ghp_a1***`, `hvs.CAES[redacted]`. */
const CUT_OFF = /^(?:\.{3}|…|\*{3}|•{3}|\[\.\.\.|\[red)/i;

function fromFormat(value: string, match: FormatMatch): Candidate[] {
	const token = value.slice(match.from, match.to);
	if (isOtherJson(match.kind, token)) return [];
	const kind = refine(match.kind, token);
	const checksum = checksumOf(kind, token, match.fit);
	if (checksum !== 'valid' && CUT_OFF.test(value.slice(match.to, match.to + 4))) return [];
	const confidence = kind.public ? 'certain' : formatConfidence(kind, token, match.fit, checksum);
	if (!confidence) return [];
	const fallback = kind.issuer === 'jwt' || kind.issuer === 'unidentified';
	const rank = match.fit === 'loose' ? RANK.loose : fallback ? RANK.fallbackFormat : RANK.format;
	return [{ rank, classification: classification(kind, match.from, match.to, confidence, checksum, token) }];
}

function checksumOf(kind: TokenKind, token: string, fit: FormatMatch['fit']): ChecksumGrade {
	return kind.checksum && fit === 'strict' ? gradeChecksum(kind.checksum, token, kind.prefix ?? '') : 'none';
}

/** Of a URL the key in its path may be what stands in place of one. */
const LAST_IN_URL = /^[a-z]{2,5}:.{1,300}\/([\w-]{20,100})$/;

function formatConfidence(
	kind: TokenKind,
	token: string,
	fit: FormatMatch['fit'],
	checksum: ChecksumGrade,
): Confidence | undefined {
	if (checksum === 'valid') return 'certain';
	const stand = standOf(token.slice(kind.prefix?.length ?? 0));
	const last = LAST_IN_URL.exec(token)?.[1];
	if (last && standsInPlace(last)) return undefined;
	if (stand === 'reference' || stand === 'placeholder') return undefined;
	if (stand === 'typed' || stand === 'words' || isExampleJwt(kind, token)) return 'weak';
	if (
		stand === 'patterned' ||
		fit === 'loose' ||
		checksum === 'invalid' ||
		kind.issuer === 'unidentified' ||
		kind.nameHints
	)
		return 'likely';
	return 'certain';
}

function isExampleJwt(kind: TokenKind, token: string): boolean {
	return kind.facts === 'jwt' && decodeJwt(token)?.example === true;
}

function isOtherJson({ members }: TokenKind, token: string): boolean {
	if (members === undefined) return false;
	const inside = decodeBase64Json(token);
	return inside !== undefined && !members.every((member) => member in inside);
}

/** The claims of a JWT may tell a kind of their own. */
function refine(kind: TokenKind, token: string): TokenKind {
	if (kind.id !== 'jwt') return kind;
	const claims = decodeJwt(token);
	const known = claims && supabaseKind(claims);
	return known ? knownKind(known) : kind;
}

const NONE: readonly Candidate[] = [];

function fromSegment(value: string, segment: Segment, context: ClassifyContext): readonly Candidate[] {
	if (segment.to - segment.from < SHORTEST) return NONE;
	const text = value.slice(segment.from, segment.to);
	const basic = segment.scheme === 'basic' ? decodeBasic(text) : undefined;
	if (basic) return fromBasic(basic, segment, context);
	if (text.startsWith(ENCODED_JSON)) {
		const inside = fromEncodedJson(text, segment, context);
		if (inside.length > 0) return inside;
	}
	// Most values of a tidy config are references: nothing below takes one for a secret.
	if (text.includes('${') && standOf(text) === 'reference') return NONE;
	const shape = matchShape(text);
	if (shape && standOf(text) === undefined) return fromShape(text, shape, segment);
	const name = nameOfSegment(segment, context) ?? (isFunctionsKey(segment.name, value) ? 'functions key' : undefined);
	if (name === undefined) return NONE;
	if (name === 'sig' && isSas(value) && standOf(text) === undefined) return fromSas(value, segment);
	const kind = hintedKind(text, segment.name ?? name, context);
	if (kind) return fromHinted(text, kind, segment);
	return fromGeneric(text, name, segment) ?? fromStub(text, segment) ?? fromWords(value, segment, context);
}

/** `KEY=<key> uvx server`, and a key with a remark behind it: among words, what can be nothing but a key is one. */
function fromWords(value: string, segment: Segment, context: ClassifyContext): readonly Candidate[] {
	const words = keysAmongWords(value.slice(segment.from, segment.to));
	return words.flatMap(({ from, to }) =>
		fromSegment(value, { ...segment, from: segment.from + from, to: segment.from + to }, context),
	);
}

/** The name under which a stretch is a secret if it looks like one. */
function nameOfSegment({ name, scheme }: Segment, context: ClassifyContext): string | undefined {
	if (scheme) return 'Authorization';
	if (name === undefined) return undefined;
	const whole = name === context.name;
	if (whole && context.field === 'id') return undefined;
	if (secretName(name) === 'secret') return name;
	return whole && context.field === 'secret' ? `${name} key` : undefined;
}

/** Of some shapes a part looks like a name with its value. */
function fromWhole(value: string, kind: TokenKind): Candidate[] {
	const text = value.trim();
	const from = value.indexOf(text);
	return standOf(text) === undefined ? fromShape(text, kind, { from, to: from + text.length }) : [];
}

/** Shape alone is likely; what its bytes tell can make it certain. */
function fromShape(text: string, kind: TokenKind, { from, to }: Segment): Candidate[] {
	const told = kind.facts !== undefined && readFacts(kind.facts, text) !== undefined;
	const found = classification(kind, from, to, told ? 'certain' : 'likely', 'none', text);
	return [{ rank: RANK.hinted, classification: found }];
}

function fromHinted(text: string, kind: TokenKind, segment: Segment): Candidate[] {
	const stand = standOf(text);
	if (stand !== undefined && stand !== 'typed' && stand !== 'patterned') return [];
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
	if (password && isDefaultPassword(password, user)) return fromDefault({ from, to }, password, user);
	const confidence = password ? urlConfidence(password) : gradeGeneric(user, 'Authorization');
	if (!confidence) return [];
	const kind = knownKind('basic-authorization');
	return [{ rank: RANK.structure, classification: classification(kind, from, to, confidence, 'none') }];
}

/** `{"` in base64. */
const ENCODED_JSON = 'eyJ';

/** A whole configuration in base64, as some gateways take it in their URL: the kind is that of the first secret inside. */
function fromEncodedJson(text: string, { from, to }: Segment, context: ClassifyContext): readonly Candidate[] {
	const inside = decodeBase64Text(text.replace(/(?:%3D){1,2}$/i, ''));
	if (!inside?.endsWith('}')) return NONE;
	const { name: _, ...unnamed } = context;
	const found = classify(inside, { ...unnamed, position: 'env' }).find(({ kind }) => !kind.public);
	return found ? [{ rank: RANK.structure, classification: { ...found, from, to } }] : NONE;
}

/** The best of each group that overlaps, in order. */
function settle(candidates: readonly Candidate[]): Classification[] {
	const length = ({ classification: { from, to } }: Candidate) => to - from;
	const kept: Classification[] = [];
	for (const { classification: next } of candidates.toSorted((a, b) => b.rank - a.rank || length(b) - length(a))) {
		if (!kept.some((other) => overlaps(next, other))) kept.push(next);
	}
	return kept.sort((a, b) => a.from - b.from);
}
