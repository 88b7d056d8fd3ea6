/**
 * Fake credentials, built at run time so that no file holds anything token-shaped: push protection, secret scanners and
 * packaging stay quiet, and a test still gets a string whose checksum is right.
 *
 * In a fixture, `{{github-pat}}` stands for one token and `{{github-pat:2}}` for another one of the same kind. The same
 * placeholder is the same token everywhere, in every run.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const HEX = `${DIGITS}abcdef`;
const BASE32 = `${UPPER}234567`;
const BASE62 = DIGITS + UPPER + LOWER;
const BASE64 = `${BASE62}+/`;
const BASE64URL = `${BASE62}_-`;

/** 2026-01-01 and 2100-01-01 in seconds: a JWT that stays valid for as long as these tests will run. */
const ISSUED_AT = 1_767_225_600;
const FAR_AWAY = 4_102_444_800;
const LONG_PAST = 1_704_067_200;

/** `length` characters of `alphabet`. */
type Pick = (alphabet: string, length: number) => string;

const KINDS: Readonly<Record<string, (pick: Pick) => string>> = {
	'github-pat': (pick) => github('ghp_', pick, 30),
	'github-oauth': (pick) => github('gho_', pick, 30),
	'github-user': (pick) => github('ghu_', pick, 30),
	'github-installation': (pick) => github('ghs_', pick, 30),
	'github-refresh': (pick) => github('ghr_', pick, 70),
	'github-fine-grained': githubFineGrained,
	// The right shape with a checksum that is off by one: a typo, or a sample that somebody edited.
	'github-pat-bad-checksum': (pick) => spoilLast(github('ghp_', pick, 30)),

	'gitlab-pat': (pick) => `glpat-${wordy(pick, 20)}`,
	'gitlab-routable': gitlabRoutable,
	'gitlab-deploy': (pick) => `gldt-${wordy(pick, 20)}`,
	'gitlab-runner': (pick) => `glrt-${wordy(pick, 20)}`,
	'gitlab-job': (pick) => `glcbt-${pick(HEX, 2)}_${wordy(pick, 20)}`,
	'gitlab-trigger': (pick) => `glptt-${pick(HEX, 40)}`,
	'gitlab-feed': (pick) => `glft-${wordy(pick, 20)}`,
	'gitlab-scim': (pick) => `glsoat-${wordy(pick, 20)}`,

	atlassian: (pick) => atlassian(`ATATT3xFfGF0${wordy(pick, 171)}`),
	bitbucket: (pick) => atlassian(`ATCTT3xFfGN0${wordy(pick, 171)}`),
	'bitbucket-app-password': (pick) => `ATBB${pick(BASE62, 32)}`,

	'slack-bot': (pick) => `xoxb-${id(pick, 12)}-${id(pick, 13)}-${pick(BASE62, 24)}`,
	'slack-user': (pick) => `xoxp-${id(pick, 12)}-${id(pick, 12)}-${id(pick, 13)}-${pick(HEX, 32)}`,
	'slack-app': (pick) => `xapp-1-A${pick(DIGITS + UPPER, 10)}-${id(pick, 13)}-${pick(HEX, 64)}`,
	'slack-rotated': (pick) => `xoxe.xoxb-1-${pick(BASE62, 166)}`,
	'slack-refresh': (pick) => `xoxe-1-${pick(BASE62, 147)}`,
	'slack-session': (pick) => `xoxc-${id(pick, 12)}-${id(pick, 12)}-${id(pick, 13)}-${pick(HEX, 64)}`,
	'slack-webhook': (pick) =>
		`https://hooks.slack.com/services/T${pick(DIGITS + UPPER, 10)}/B${pick(DIGITS + UPPER, 10)}/${pick(BASE62, 24)}`,

	'openai-project': (pick) => openai('sk-proj-', pick, 74),
	'openai-service': (pick) => openai('sk-svcacct-', pick, 74),
	'openai-admin': (pick) => openai('sk-admin-', pick, 74),
	'openai-legacy': (pick) => `sk-${pick(BASE62, 20)}${OPENAI_MARK}${pick(BASE62, 20)}`,

	anthropic: (pick) => `sk-ant-api03-${wordy(pick, 93)}AA`,
	'anthropic-admin': (pick) => `sk-ant-admin01-${wordy(pick, 93)}AA`,
	'anthropic-oauth': (pick) => `sk-ant-oat01-${wordy(pick, 86)}AA`,
	'anthropic-refresh': (pick) => `sk-ant-ort01-${wordy(pick, 86)}AA`,

	'aws-key-id': (pick) => awsKeyId('AKIA', pick),
	'aws-temporary-key-id': (pick) => awsKeyId('ASIA', pick),
	'aws-secret': (pick) => pick(BASE64, 40),
	'aws-session-token': (pick) => `IQoJb3JpZ2luX2Vj${pick(BASE64, 300)}`,

	'google-api-key': (pick) => `AIza${wordy(pick, 35)}`,
	'google-oauth-secret': (pick) => `GOCSPX-${wordy(pick, 28)}`,
	'google-access': (pick) => `ya29.${wordy(pick, 180)}`,
	'google-refresh': (pick) => `1//0${wordy(pick, 98)}`,

	'supabase-pat': (pick) => `sbp_${pick(HEX, 40)}`,
	'supabase-secret': (pick) => `sb_secret_${pick(BASE62, 22)}_${pick(BASE62, 8)}`,
	'supabase-publishable': (pick) => `sb_publishable_${pick(BASE62, 22)}_${pick(BASE62, 8)}`,
	'supabase-service-role': (pick) => supabaseJwt('service_role', pick),
	'supabase-anon': (pick) => supabaseJwt('anon', pick),

	jwt: (pick) => jwt({ sub: id(pick, 10), iat: ISSUED_AT, exp: FAR_AWAY }, pick),
	'jwt-expired': (pick) => jwt({ sub: id(pick, 10), iat: LONG_PAST - 3600, exp: LONG_PAST }, pick),
	'jwt-no-expiry': (pick) => jwt({ sub: id(pick, 10), iat: ISSUED_AT }, pick),

	'sentry-user': (pick) => `sntryu_${pick(HEX, 64)}`,
	grafana: (pick) => grafana(`glsa_${pick(BASE62, 32)}`),
	vault: (pick) => `hvs.${wordy(pick, 90)}`,

	dsn: (pick) => `postgresql://app:${pick(BASE62, 24)}@db.orders.internal:5432/orders?sslmode=require`,
	'dsn-mongodb': (pick) => `mongodb+srv://app:${pick(BASE62, 24)}@cluster0.orders.internal/orders`,
	'dsn-redis': (pick) => `rediss://default:${pick(BASE62, 32)}@cache.orders.internal:6380/0`,
	'url-token': (pick) => `https://mcp.orders.internal/mcp?api_key=${pick(BASE62, 40)}`,

	generic: (pick) => pick(BASE62, 40),
	'generic-hex': (pick) => pick(HEX, 64),
	password: (pick) => `${pick(LOWER, 6)}${pick('!%&*=?', 1)}${pick(UPPER, 4)}${pick(DIGITS, 4)}${pick(LOWER, 3)}`,

	// Not credentials, although they look like something: what a quiet tool must pass by.
	uuid: (pick) => `${pick(HEX, 8)}-${pick(HEX, 4)}-4${pick(HEX, 3)}-${pick('89ab', 1)}${pick(HEX, 3)}-${pick(HEX, 12)}`,
	'git-sha': (pick) => pick(HEX, 40),
	sha256: (pick) => `sha256:${pick(HEX, 64)}`,
};

/** Names that {@link token} and the placeholders understand. */
export const TOKEN_NAMES: readonly string[] = Object.keys(KINDS);

/** A fake credential of kind `name`; another `seed` (a positive whole number) gives another one. Throws for a name it does not know. */
export function token(name: string, seed = 1): string {
	const build = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
	if (!build) throw new Error(`No fake token is called "${name}". Known: ${TOKEN_NAMES.join(', ')}`);
	return build(picker(`${name}:${seed}`));
}

/** Replaces every `{{name}}` (with `seed`) and `{{name:3}}` (with that seed) in a text. Throws for a name it does not know. */
export function expand(text: string, seed = 1): string {
	return text.replace(/\{\{([a-z0-9-]{1,40})(?::(\d{1,6}))?\}\}/g, (_, name: string, own?: string) =>
		token(name, own === undefined ? seed : Number(own)),
	);
}

/** CRC-32 over the body alone, base62 with digits first, then upper, then lower case. */
function github(prefix: string, pick: Pick, bodyLength: number): string {
	const body = pick(BASE62, bodyLength);
	return prefix + body + inBase(crc32(body), BASE62, 6);
}

function githubFineGrained(pick: Pick): string {
	const covered = `github_pat_11${pick(DIGITS + UPPER, 20)}_${pick(BASE62, 43)}`;
	return covered + base32(createHash('sha256').update(covered).digest()).slice(0, 8) + pick(BASE62, 8);
}

/** Payload of routing lines, version, payload length and CRC-32, the two last in base36. */
function gitlabRoutable(pick: Pick): string {
	const routing = `o:1\nu:${id(pick, 5)}\n${pick(BASE62, 16)}`;
	const payload = Buffer.from(routing).toString('base64url');
	const covered = `glpat-${payload}.01.${payload.length.toString(36).padStart(2, '0')}`;
	return covered + inBase(crc32(covered), DIGITS + LOWER, 7);
}

/** Upper-case hex CRC-32 of everything up to and including the `=`. */
function atlassian(body: string): string {
	const covered = `${body}=`;
	return covered + inBase(crc32(covered), DIGITS + UPPER.slice(0, 6), 8);
}

/** CRC-32 of everything before the last underscore, its lowest byte first. */
function grafana(body: string): string {
	const sum = Buffer.alloc(4);
	sum.writeUInt32LE(crc32(body));
	return `${body}_${sum.toString('hex')}`;
}

/** Base64 of "OpenAI", which stands in the middle of the vendor's keys. */
const OPENAI_MARK = Buffer.from('OpenAI').toString('base64');

function openai(prefix: string, pick: Pick, half: number): string {
	return prefix + wordy(pick, half) + OPENAI_MARK + wordy(pick, half);
}

/** The id of a newer account generation: a set first bit, the 12-digit account in the next 40 bits, then random bits. */
function awsKeyId(prefix: string, pick: Pick): string {
	const account = BigInt(id(pick, 12));
	const rest = BigInt(`0x${pick(HEX, 10)}`) & ((1n << 39n) - 1n);
	const bits = (1n << 79n) | (account << 39n) | rest;
	let text = '';
	for (let shift = 75n; shift >= 0n; shift -= 5n) text += BASE32[Number((bits >> shift) & 31n)];
	return prefix + text;
}

function supabaseJwt(role: string, pick: Pick): string {
	return jwt({ iss: 'supabase', ref: pick(LOWER, 20), role, iat: ISSUED_AT, exp: ISSUED_AT + 315_360_000 }, pick);
}

function jwt(claims: Readonly<Record<string, string | number>>, pick: Pick): string {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${pick(BASE64URL, 43)}`;
}

/** Letters, digits, `_` and `-`, beginning and ending with neither of the last two, so that it is one word in any pattern. */
function wordy(pick: Pick, length: number): string {
	return pick(BASE62, 1) + pick(BASE64URL, length - 2) + pick(BASE62, 1);
}

/** A decimal number without a leading zero. */
function id(pick: Pick, length: number): string {
	return pick('123456789', 1) + pick(DIGITS, length - 1);
}

function spoilLast(text: string): string {
	return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
}

function inBase(value: number, alphabet: string, width: number): string {
	let text = '';
	for (let rest = value; rest > 0; rest = Math.floor(rest / alphabet.length)) {
		text = alphabet[rest % alphabet.length] + text;
	}
	return text.padStart(width, alphabet[0]);
}

function base32(bytes: Uint8Array): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
	return (bits.match(/.{5}/g) ?? []).map((five) => BASE32[Number.parseInt(five, 2)]).join('');
}

/** The same characters for the same key, evenly spread: SHA-256 in counter mode. */
function picker(key: string): Pick {
	let block = Buffer.alloc(0);
	let used = 0;
	let counter = 0;
	const nextByte = (): number => {
		if (used === block.length) {
			block = createHash('sha256').update(`${key}:${counter++}`).digest();
			used = 0;
		}
		return block[used++]!;
	};
	const nextBelow = (limit: number): number => {
		const fair = 256 - (256 % limit);
		for (;;) {
			const byte = nextByte();
			if (byte < fair) return byte % limit;
		}
	};
	return (alphabet, length) => Array.from({ length }, () => alphabet[nextBelow(alphabet.length)]).join('');
}
