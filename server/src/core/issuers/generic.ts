import { isDefaultPassword } from './dsn.ts';
import type { Confidence } from './issuer.ts';
import { isConnectionName, isPasswordName, isPhraseName } from './names.ts';
import { standOf } from './placeholders.ts';
import { typedShare } from './typed-runs.ts';

/**
 * A value without a known format beside a name that says "secret" (the caller has asked). Names decide, randomness only grades: a UUID, a hash
 * or base64 is never enough by itself.
 */
export function gradeGeneric(text: string, name: string): Confidence | undefined {
	if (isRecoveryPhrase(text, name)) return 'likely';
	if (isPasswordName(name) && isDefaultPassword(text, '')) return 'weak';
	if (isConnectionName(name) || isSomethingElse(text)) return undefined;
	return isPasswordName(name) ? gradePassword(text) : gradeKey(text);
}

function gradeKey(text: string): Confidence | undefined {
	const items = text.split(/,\s{0,4}/, MOST_ITEMS);
	if (items.length > 1) return items.some((item) => gradeItem(item) === 'likely') ? 'likely' : undefined;
	return gradeItem(text);
}

/** Of a list, such as `API_KEYS` or the symbols of tokens, this much is looked at. */
const MOST_ITEMS = 20;

function gradeItem(text: string): Confidence | undefined {
	if (text.length < 8 || /\s/.test(text)) return undefined;
	const stand = standOf(text);
	if (stand === 'typed') return 'weak';
	if (stand !== undefined && stand !== 'patterned') return undefined;
	return looksRandom(text) && !isNumberedName(text) ? 'likely' : 'weak';
}

/** `gen-lang-client-0123456789`, `service:orders:4711471147`: words with a long number name something, mostly. */
function isNumberedName(text: string): boolean {
	const parts = text.split(/[-_.:/]/, 20);
	return parts.some((part) => /^[0-9]{6,20}$/.test(part)) && parts.every(isWordOrNumber);
}

function isWordOrNumber(part: string): boolean {
	if (/^[0-9]{1,20}$/.test(part)) return true;
	if (!/^(?:[a-z]{2,20}|[A-Z][a-z]{1,19})$/.test(part)) return false;
	return part.length < 4 || (/[aeiouy]/i.test(part) && !/[bcdfghjklmnpqrstvwxz]{5}/i.test(part));
}

/** Longer texts explain something. */
const LONGEST_LINE = 1_000;

/** The words of a text which can be nothing but keys. A text that asks for a key, or shows an example, holds none. */
export function keysAmongWords(text: string): { readonly from: number; readonly to: number }[] {
	if (text.length > LONGEST_LINE || !/\S\s\S/.test(text) || isSomethingElse(text) || standOf(text)) return [];
	return [...text.matchAll(/[^\s"'`,;]{16,512}/g)]
		.filter(([word]) => isSurelyKey(word))
		.map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
}

/** No word, version, path or digest: a long stretch in which letters and digits mix. */
function isSurelyKey(word: string): boolean {
	if (!/^[\w.+/~-]{16,512}={0,2}$/.test(word) || isSomethingElse(word) || gradeItem(word) !== 'likely') return false;
	return word.split(/[^A-Za-z0-9]/).some((part) => part.length >= 16 && /[A-Za-z]/.test(part) && looksRandom(part));
}

/** Twelve to twenty-four short words (BIP-39), most of them different: those of test chains repeat one. */
const PHRASE = /^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/;

export function isRecoveryPhrase(text: string, name: string): boolean {
	if (!PHRASE.test(text) || !isPhraseName(name)) return false;
	const words = text.split(' ');
	return words.length % 3 === 0 && new Set(words).size > words.length / 2;
}

/** Google shows app passwords as four groups of small letters, WordPress as six of letters and digits. */
const GROUPED =
	/^(?:[a-z]{4}(?: [a-z]{4}){3}|(?=.{0,29}[0-9])(?=.{0,29}[A-Za-z])[A-Za-z0-9]{4}(?: [A-Za-z0-9]{4}){5})$/;

function gradePassword(text: string): Confidence | undefined {
	if (GROUPED.test(text) && typedShare(text) < 0.5) return 'likely';
	if (text.length < 4 || /\s/.test(text)) return undefined;
	const stand = standOf(text);
	if (stand === 'words') return text.length >= 6 ? 'weak' : undefined;
	if (stand === 'typed') return 'weak';
	if (stand !== undefined && stand !== 'patterned') return undefined;
	return text.length >= 8 && mixes(text) ? 'likely' : 'weak';
}

const SOMETHING_ELSE: readonly RegExp[] = [
	/** URLs, whose userinfo and parameters are looked at on their own. */
	/^(?:jdbc:)?[a-z][a-z0-9+.-]{1,24}:\/\//i,
	/** Paths. */
	/^(?:~|\.{1,2})?\/[\w@.-]{1,80}(?:\/[\w@. -]{1,120}){0,30}\/?$/,
	/^(?:[A-Za-z]:[\\/]|\\\\|\.{1,2}[\\/]|~[\\/])/,
	/^[\w./ -]{1,200}\.(?:pem|key|json|ya?ml|txt|env|crt|cer|p12|pfx|jks|toml|ini|js|ts|py|sh)$/i,
	/** Numbers, dates, addresses, host names, mail addresses. */
	/^[-+]?[0-9]{1,15}(?:\.[0-9]{1,10})?$/,
	/^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.Z+-]{1,30})?$/,
	/^(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?$/,
	/^(?:localhost|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}\.[a-z]{2,12})(?::[0-9]{1,5})?$/i,
	/^[^\s@:/]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}$/i,
	/** The address of an account or contract on a chain, which is public. */
	/^0x[0-9a-f]{40}$/i,
	/** Resource names of clouds, packages, images, flags. */
	/^(?:arn|urn|ocid1|projects|did|spiffe):?[:/.]/i,
	/^@[a-z0-9-]{1,60}\/[\w.@-]{1,100}$/i,
	/^-{1,2}[a-z](?:[a-z-]{0,40}|[a-z-]{0,40}=.{0,8192})$/is,
	/** JSON, whose members are looked at on their own. */
	/^[[{].*[\]}]$/s,
	/** Public halves and hashes of known form. */
	/^(?:ssh-(?:rsa|ed25519)|-----BEGIN (?:PUBLIC KEY|CERTIFICATE)|sha(?:256|512)[:-])/,
];

function isSomethingElse(text: string): boolean {
	return SOMETHING_ELSE.some((pattern) => pattern.test(text));
}

function mixes(text: string): boolean {
	return /[0-9]/.test(text) || /[^A-Za-z0-9]/.test(text) || /[a-z][A-Z]/.test(text);
}

/** Numbers of people, apps and messages have up to twenty digits. */
const LONGEST_ID = 20;

/** Long enough, many different characters, and digits or an uneven case among the letters; short values need more digits. */
export function looksRandom(text: string): boolean {
	if (text.length < 8) return false;
	const distinct = new Set(text).size;
	if (distinct < Math.min(8, text.length / 2)) return false;
	const body = text.replace(/[^A-Za-z0-9]/g, '');
	const digits = body.replace(/[^0-9]/g, '').length;
	if (digits === body.length && digits <= LONGEST_ID) return false;
	if (text.length < 12) return distinct >= 6 && digits >= 3 && digits < body.length;
	return digits >= 2 || /[a-z][A-Z].{0,400}[a-z][A-Z]/.test(body) || /[^aeiouyAEIOUY\W\d_]{6}/.test(body);
}

export const SHORTEST_KEY_IN_PATH = 16;

/** In a path that is known to hold a key: long and random, a UUID or hex too, and words with something random behind them. */
export function isKeyInPath(segment: string): boolean {
	if (segment.length < SHORTEST_KEY_IN_PATH || segment.length > 512 || !looksRandom(segment)) return false;
	const stand = standOf(segment);
	return stand === undefined || stand === 'words';
}

/** A path segment that is random beyond doubt, without any name: mixed case and digits, long. Hex and UUIDs are not enough. */
export function isRandomPathSegment(segment: string): boolean {
	return (
		segment.length >= 32 &&
		/^[A-Za-z0-9_~=-]{32,512}$/.test(segment) &&
		/[a-z]/.test(segment) &&
		/[A-Z]/.test(segment) &&
		(segment.match(/[0-9]/g)?.length ?? 0) >= 4 &&
		segment.split(/[-_]/).some((part) => part.length >= 20) &&
		standOf(segment) === undefined
	);
}
