import { classify } from './issuers/classify.ts';

/** How names from a config are shown. People paste tokens into the oddest fields, and a report, a log or a panel must not carry one on. */

/** A name from the config, unless it could itself be a secret. */
export function plainName(name: string): string {
	if (name.length > MAX_SHOWN) return '(long name)';
	return looksRandom(name) || isToken(name) ? '(unreadable name)' : name;
}

/** A JSON pointer, each of its names as {@link plainName} shows it. */
export function plainPointer(pointer: string): string {
	return pointer
		.split('/')
		.map((segment) => {
			const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
			const shown = plainName(name);
			return shown === name ? segment : shown;
		})
		.join('/');
}

const MAX_SHOWN = 64;
const MIN_TOKEN = 16;
/** `githubPersonalAccessToken` scores 3, `s3-eu1-v2-prod` 4.5; random letters and digits of a token's length 8 and more. */
const MAX_UNREST = 6;

function looksRandom(name: string): boolean {
	return name.length >= MIN_TOKEN && (unrest(name) > MAX_UNREST || hasMixedRun(name));
}

/** How often letters and digits, and lower and upper case, change inside the words of a name; capitals at a word's start are free. */
function unrest(name: string): number {
	let changes = 0;
	for (let i = 1; i < name.length; i++) {
		const pair = classOf(name.charCodeAt(i - 1)) + classOf(name.charCodeAt(i));
		if (/^[au]d|d[au]$/.test(pair)) changes += 1.5;
		else if (pair === 'au') changes += 1;
	}
	return changes;
}

/** A long unbroken run of letters and digits: no word of a name. */
function hasMixedRun(name: string): boolean {
	const runs = name.match(/[A-Za-z0-9]{16,64}/g) ?? [];
	return runs.some((run) => /[0-9]/.test(run) && /[A-Za-z]/.test(run));
}

function classOf(code: number): 'd' | 'a' | 'u' | '-' {
	if (code >= 48 && code <= 57) return 'd';
	if (code >= 97 && code <= 122) return 'a';
	return code >= 65 && code <= 90 ? 'u' : '-';
}

/** Tokens of short pieces look like words; an issuer's own form still tells them. */
function isToken(name: string): boolean {
	return name.length >= MIN_TOKEN && classify(name, { position: 'other' }).some(({ kind }) => !kind.public);
}

/** The name of an issuer as it stands inside of a sentence: "the authorization server". */
export function inSentence(name: string): string {
	return name.replace(/^The /, 'the ');
}
