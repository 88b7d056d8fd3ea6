import { secretName } from './names.ts';
import { ATTACHED, isAttached, meaningAfter, type Options, optionsOf, USER_PASSWORD } from './program-options.ts';

/**
 * The structure of one string of a config: which stretches of it are values of their own, and which name stands with
 * each. `--header "Authorization: Bearer X"`, `API_KEY=X`, `?token=X`, `{"key":"X"}`, `${VAR:-X}`, `sh -c "TOKEN=X npx ..."`.
 */
export interface Segment {
	readonly from: number;
	readonly to: number;
	readonly name?: string;
	/** The authentication scheme before it: `bearer`, `basic`, ... */
	readonly scheme?: string;
}

/** Pieces beyond this are no hand-written config, and cost time on every keystroke. */
const MOST_SEGMENTS = 500;
/** `--header=Authorization: Bearer ${X:-value}` nests four deep; nobody writes more. */
const DEEPEST = 5;

/** @param command the value may be a command line, so `--flag value` pairs count */
export function segmentsOf(value: string, name: string | undefined, command: boolean): Segment[] {
	const found: Segment[] = [];
	const to = command ? value.replace(JOINED, '').length : value.length;
	const whole = name === undefined ? { from: 0, to } : { from: 0, to, name };
	if (name === undefined || !HEADER_LIST.test(name) || !addHeaderList(value, found)) addValue(value, whole, found);
	if (/\s/.test(value) && (command || name === undefined)) addWords(value, found);
	if (value.includes('{') && value.includes('"')) addJson(value, found);
	if (command && CODE.test(value)) addParameters(value, IN_CODE, found);
	if (name !== undefined && value.startsWith('[') && secretName(name) === 'secret')
		addParameters(value, /"([^"\\]{1,4096})(?=")/g, found, name);
	if (name !== undefined && COOKIE.test(name))
		addParameters(value, /(?:^|;)\s{0,4}[\w.-]{1,64}=([^;\s"']{1,4096})/g, found, name);
	if (value.includes('=') && !command)
		addParameters(value, /(?:^|\s)([a-z][\w.]{1,40})=([^\s"'&]{1,4096})(?=\s|$)/gi, found);
	if (/[?&#]/.test(value)) addParameters(value, /[?&#]([\w.[\]-]{1,64})=([^&#\s"'<>]{1,4096})/g, found);
	if (value.includes(';')) addParameters(value, /(?:^|;)\s{0,4}([A-Za-z][\w .-]{1,40})=([^;\s"']{1,4096})/g, found);
	if (value.includes(',') && value.includes('='))
		addParameters(value, /(?:^|,)\s{0,4}([A-Za-z][\w .-]{1,40})=([^,\s"']{1,4096})/g, found);
	if (value.includes('\n') && value.includes(': '))
		addParameters(value, /(?:^|\n)[ \t]{0,16}([A-Za-z][\w-]{1,40}): {1,4}["']?([^\s"']{1,4096})/g, found);
	return found.length > MOST_SEGMENTS ? found.slice(0, MOST_SEGMENTS) : found;
}

/** `NAME=value`, `NAME = value`, `--flag=value`, `$env:NAME='value'`, and the line of an .npmrc (`//host/:_authToken=value`). */
const ASSIGNMENT =
	/^(?:export\s|set\s|\$env:|\/\/[\w./-]{1,200}:|\/)?(-{0,2}[A-Za-z_][\w.-]{0,100})\s{0,4}=[ \t]{0,4}(.*)$/s;
const HEADER = /^(-{0,2}[A-Za-z][\w-]{1,60}):\s{0,4}([^/\s].*)$/s;
const SCHEME = /^(Bearer|Basic|Token|Bot|ApiKey|Api-Key|Key|PRIVATE-TOKEN|Token token=|GenieKey|SSWS)\s{1,4}(?=\S)/i;
/** The scheme of one vendor: `Klaviyo-API-Key X`, `Zoho-oauthtoken X`, `MediaBrowser Token="X"`. */
const OTHER_SCHEME = /^([A-Za-z][\w-]{1,40})\s{1,4}(?=\S{8,8192}$)/;
/** `X:-`, `X-`, `env:X:-`, and `NAME:` of fast-agent; `NAME:?` is a message. The id of an input may hold a dash without any default. */
const VARIABLE = /^(?:(?:env:(?:\/\/)?)?([A-Za-z_]\w{0,120}):?-|([A-Z][A-Z0-9_]{2,120}):(?![-?]))/;
const BRACED = /\$\{([^{}]{1,4400})\}/g;

/** Adds what one value is, after unwrapping quotes, names, schemes and defaults. */
function addValue(value: string, outer: Segment, found: Segment[], depth = 0): void {
	const segment = trimmed(value, outer);
	const text = value.slice(segment.from, segment.to);
	if (text === '' || found.length >= MOST_SEGMENTS || depth > DEEPEST) return;
	if (text.includes('${')) addDefaults(value, segment, found, depth);
	const inside = segment.name === undefined ? undefined : insideOption(text, segment);
	if (inside) {
		found.push(inside);
		return;
	}
	const scheme = SCHEME.exec(text) ?? (isAuthorization(segment.name) ? OTHER_SCHEME.exec(text) : null);
	if (scheme) {
		found.push(afterScheme(value, segment, scheme as unknown as [string, string]));
		return;
	}
	const inner = (text.includes('=') && ASSIGNMENT.exec(text)) || (isHeader(text) && HEADER.exec(text));
	if (inner && isNamed(inner[1]!, inner[2]!, segment.name)) {
		addValue(value, { from: segment.to - inner[2]!.length, to: segment.to, name: inner[1]! }, found, depth + 1);
		return;
	}
	if (inner && LABELLED.test(text) && secretName(inner[1]!) === 'plain') {
		found.push(trimmed(value, { ...segment, from: segment.to - inner[2]!.length }));
		return;
	}
	found.push(segment);
}

/** The secret in `user:password`, or in the place of the user; and in `-pVALUE`. */
function insideOption(text: string, { name, from, to }: Segment): Segment | undefined {
	if (name === ATTACHED) return { from: from + 2, to, name: 'password' };
	if (name !== USER_PASSWORD) return undefined;
	const colon = text.indexOf(':');
	if (colon === text.length - 1) return { from, to: to - 1, name: 'api key' };
	return { from: from + colon + 1, to, name: 'password' };
}

function isAuthorization(name: string | undefined): boolean {
	return name !== undefined && /authorization$/i.test(name);
}

/** What follows a scheme is the secret, or a parameter that holds it: `Token token="X"`. A scheme of its own says whose it is. */
function afterScheme(value: string, segment: Segment, [before, word]: readonly [string, string]): Segment {
	const scheme = word.toLowerCase();
	const name = SCHEME.test(before + word) ? segment.name : word;
	const named = { scheme, name: name ?? 'Authorization' };
	const rest = trimmed(value, { from: segment.from + before.length, to: segment.to, ...named });
	const inner = scheme === 'basic' ? null : ASSIGNMENT.exec(value.slice(rest.from, rest.to));
	if (!inner || !isNamed(inner[1]!, inner[2]!, 'Authorization')) return rest;
	return trimmed(value, { ...rest, from: rest.to - inner[2]!.length });
}

/** `Api: value`: a label whose own name says nothing, before one word. Nothing with a blank inside is a key itself. */
const LABELLED = /^[A-Za-z][\w-]{1,60}:\s{1,4}\S{8,8192}$/;

function isHeader(text: string): boolean {
	return text.includes(':') && !text.includes('://');
}

/** Base64 may hold `=` and passwords may hold `:`; beside a name that says "secret" only another such name counts. */
function isNamed(inner: string, rest: string, outer: string | undefined): boolean {
	if (/^(?:=?$|\n)/.test(rest)) return false;
	return outer === undefined || secretName(outer) !== 'secret' || secretName(inner) === 'secret';
}

function addDefaults(value: string, segment: Segment, found: Segment[], depth: number): void {
	for (const match of value.slice(segment.from, segment.to).matchAll(BRACED)) {
		const inside = match[1]!;
		const variable = VARIABLE.exec(inside);
		if (!variable) continue;
		const to = segment.from + match.index + match[0].length - 1;
		const from = to - inside.length + variable[0].length;
		const own = segment.name === undefined || secretName(segment.name) !== 'secret';
		addValue(value, { ...segment, from, to, ...(own ? { name: variable[1] ?? variable[2]! } : {}) }, found, depth + 1);
	}
}

const WORD = /"(?:[^"\\]|\\.){0,4096}"|'[^']{0,4096}'|[^\s"']{1,8192}(?:"[^"]{0,4096}"|'[^']{0,4096}')?/gs;

/** What ends a command in a shell, written without a blank. */
const OPERATOR = /[;&|)]{1,2}$/;
/** The same behind a word that is an argument of its own: `cmd /c set X=value&& npx server`. */
const JOINED = /(?<=\w)[&|]{1,2}$/;

/** The words of a command line: each may be an assignment, a flag with its value, a header in quotes. */
function addWords(value: string, found: Segment[]): void {
	let flag: string | undefined;
	let options: Options | undefined;
	for (const match of value.matchAll(WORD)) {
		const word = match[0].replace(OPERATOR, '');
		const from = match.index;
		options = optionsOf(word) ?? options;
		if (isAttached(options, word)) {
			addValue(value, { from, to: from + word.length, name: ATTACHED }, found);
			continue;
		}
		if (/^-{1,2}[A-Za-z][\w.-]{0,60}$/.test(word)) {
			flag = meaningAfter(options, word) ?? word;
			continue;
		}
		addValue(value, { from, to: from + word.length, ...(flag === undefined ? {} : { name: flag }) }, found);
		flag = undefined;
		if (found.length >= MOST_SEGMENTS) return;
	}
}

/** Quotes may be escaped, three levels deep. */
const JSON_MEMBER = /\\{0,7}"([^"\\]{1,100})\\{0,7}"\s{0,8}:\s{0,8}\\{0,7}"(?![{[])([^"\\]{1,8192})\\{0,7}"/g;

function addJson(value: string, found: Segment[]): void {
	for (const match of value.matchAll(JSON_MEMBER)) {
		const to = match.index + match[0].lastIndexOf(match[2]!) + match[2]!.length;
		addValue(value, { from: to - match[2]!.length, to, name: match[1]! }, found);
		if (found.length >= MOST_SEGMENTS) return;
	}
}

/** What `python -c`, `ruby -e` and `node -e` set variables with: `os.environ["X"] = "..."`, `putenv('X', '...')`, `update(X="...")`. */
const CODE = /env(?:iron)?[.[(]/i;
const IN_CODE =
	/\b([A-Za-z_]\w{1,100})(?:\\?["']\s{0,4}(?:\]\s{0,4}=|,)|\s{0,4}=)\s{0,4}\\?["']([^"'\\\s]{4,4096})(?=\\?["'])/g;

/** @param name of all values where the pattern has one group; else its first group names the second */
function addParameters(value: string, parameter: RegExp, found: Segment[], name?: string): void {
	for (const match of value.matchAll(parameter)) {
		const to = match.index + match[0].length;
		const text = name === undefined ? match[2]! : match[1]!;
		found.push({ from: to - text.length, to, name: name ?? match[1]! });
		if (found.length >= MOST_SEGMENTS) return;
	}
}

/** `EXTRA_HEADERS`, `OTEL_EXPORTER_OTLP_HEADERS`: several headers in one value. */
const HEADER_LIST = /headers?$/i;
const COOKIE = /(?:^|[_-])cookies?$/i;

/** False if the value holds a single header or none. */
function addHeaderList(value: string, found: Segment[]): boolean {
	if (!/[,;\n]/.test(value) || value.trimStart().startsWith('{')) return false;
	const before = found.length;
	for (const match of value.matchAll(/(?:^|[,;\n])\s{0,4}([A-Za-z][\w-]{1,60}[:=][^,;\n]{1,4096})/g)) {
		const to = match.index + match[0].length;
		addValue(value, { from: to - match[1]!.length, to }, found);
		if (found.length >= MOST_SEGMENTS) break;
	}
	return found.length > before;
}

/** Without blanks, one pair of quotes around, and what was copied from behind a closing quote. */
function trimmed(value: string, segment: Segment): Segment {
	let { from, to } = segment;
	while (from < to && isBlank(value, from)) from++;
	while (to > from && isBlank(value, to - 1)) to--;
	if (CLOSING.includes(value[to - 1] ?? '')) to = endBeforeCopied(value, from, to);
	const quote = value[from];
	if (to - from >= 2 && (quote === '"' || quote === "'") && value[to - 1] === quote) {
		from++;
		to--;
	}
	return from === segment.from && to === segment.to ? segment : { ...segment, from, to };
}

const CLOSING = ',;}])';
/** `",` and `"}`: the end of a line of code or JSON. */
const COPIED = /["'][\s,;}\])]{1,8}$/;
const LONGEST_COPIED = 9;

/** `abc",` ends before its only quote, `"abc",` behind its second; JSON, which has more of them, is left as it is. */
function endBeforeCopied(value: string, from: number, to: number): number {
	const tail = Math.max(from, to - LONGEST_COPIED);
	const at = value.slice(tail, to).search(COPIED) + tail;
	if (at < tail) return to;
	const first = value.indexOf(value[at]!, from);
	if (first === at) return at;
	return first === from && value.indexOf(value[at]!, from + 1) === at ? at + 1 : to;
}

/** Between the blank and the one of fixed width no character of ASCII is blank. */
function isBlank(value: string, at: number): boolean {
	const code = value.charCodeAt(at);
	return (code <= 32 || code >= 160) && /\s/.test(value[at]!);
}
