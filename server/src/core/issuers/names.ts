/**
 * What the name of an env variable, header, flag, query parameter or JSON key says of its value.
 * - `secret`: the value is a credential if it looks like one
 * - `id`: names somebody or something, needs no protection
 * - `plain`: anything else
 */
export type NameClass = 'secret' | 'id' | 'plain';

/** The words of a name, lower case: `githubPersonalAccessToken`, `X-Api-Key`, `--api-key`, `API_KEY_2`. */
export function nameWords(name: string): readonly string[] {
	const words: string[] = [];
	for (const word of separated(name.slice(0, 200))) {
		if (word === '' || isNumber(word)) continue;
		const compound = COMPOUNDS.get(word);
		if (compound) words.push(...compound);
		else words.push(word);
	}
	return words;
}

/** Asked for every value on every keystroke: nearly all names are ASCII, and are split in one pass over their characters. */
function separated(name: string): string[] {
	if (/[^ -~]/.test(name)) {
		const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
		return spaced.toLowerCase().split(/[^\p{L}\p{N}]+/u);
	}
	const lower = name.toLowerCase();
	const words: string[] = [];
	let start = 0;
	for (let i = 0; i <= name.length; i++) {
		const isEnd = i === name.length || !isLetterOrDigit(lower.charCodeAt(i));
		if (!isEnd && !startsWord(name, i)) continue;
		if (i > start) words.push(lower.slice(start, i));
		start = isEnd ? i + 1 : i;
	}
	return words;
}

/** A capital behind a small letter or digit (`apiKey`), or before a small letter (`APIKey`). */
function startsWord(name: string, at: number): boolean {
	if (at === 0 || !isCapital(name.charCodeAt(at))) return false;
	const before = name.charCodeAt(at - 1);
	return isCapital(before) ? isSmall(name.charCodeAt(at + 1)) : isLetterOrDigit(before);
}

function isCapital(code: number): boolean {
	return code >= 65 && code <= 90;
}

function isSmall(code: number): boolean {
	return code >= 97 && code <= 122;
}

/** @param code of a character in lower case, or of a capital that was asked for before */
function isLetterOrDigit(code: number): boolean {
	return isSmall(code) || (code >= 48 && code <= 57);
}

function isNumber(word: string): boolean {
	const first = word.charCodeAt(0);
	return first >= 48 && first <= 57 && /^[0-9]+$/.test(word);
}

/** Words that people write together. */
const COMPOUNDS = new Map(
	Object.entries({
		apikey: 'api key',
		apikeys: 'api key',
		apitoken: 'api token',
		apisecret: 'api secret',
		accesskey: 'access key',
		appkey: 'app key',
		userkey: 'user key',
		clientkey: 'client key',
		masterkey: 'master key',
		adminkey: 'admin key',
		consumerkey: 'consumer key',
		signingkey: 'signing key',
		encryptionkey: 'encryption key',
		accesstoken: 'access token',
		authtoken: 'auth token',
		authkey: 'auth key',
		bearertoken: 'bearer token',
		clientid: 'client id',
		clientsecret: 'client secret',
		privatekey: 'private key',
		secretkey: 'secret key',
		accountkey: 'account key',
		sharedaccesskey: 'shared access key',
		dbpassword: 'db password',
		dbpass: 'db password',
		userpassword: 'user password',
		connectionstring: 'connection string',
		username: 'user name',
		filename: 'file name',
		keyfile: 'key file',
		certfile: 'cert file',
		servicekey: 'service key',
		licensekey: 'license key',
		functionskey: 'functions key',
	}).map(([written, meant]) => [written, meant.split(' ')]),
);

/** One line each is easier to look through than a list of quoted words. */
function wordsOf(text: string): ReadonlySet<string> {
	return new Set(text.split(' '));
}

/** A last word that says nothing of its own: `TOKEN_VALUE`, `API_KEY_PROD`. */
const TRAILERS = wordsOf(
	'value val prod production dev staging live test default header env primary secondary main raw b64 base64 ro rw readonly base json content',
);

const SECRETS = wordsOf(
	'token tokens secret secrets password passwd passwort pwd pass passphrase passcode pat authorization auth bearer cookie cookies jwt credential credentials passwords creds dsn senha contraseña xoxb xoxp xoxc xoxd sig signature apptoken pin otp totp mnemonic psk sas sk session sessionid jsessionid phpsessid',
);

/** `..._KEY` is a secret unless the word before it says otherwise. */
const PLAIN_KEYS = wordsOf(
	'public pub publishable project issue tag sort primary foreign partition hash range cache index object space board team workspace prefix header row lookup group map dict column routing hot site idempotency config s3 bucket file host known',
);

const IDS = wordsOf(
	'id ids uuid guid arn user users email mail login account owner org organization tenant project ref identifier workspace team thumbprint fingerprint nonce sid',
);

/** `TOKEN1`, `apikey2`. */
const NUMBERED = /^([a-z]{3,20})[0-9]{1,2}$/;
/** `PGPASSWORD`, `DISCORDTOKEN`: the last word, behind another. */
const WRITTEN_TOGETHER = /^[a-z0-9]{2,30}(?:password|passwd|apikey|token|secret|secretkey)$/;
/** The short name of the account ends it (developer.1password.com/docs/cli/v1/get-started, read 2026-11). */
const SIGNED_IN = /^op_session_/i;
/** The last word, and what has to stand before it. */
const SECRET_PAIRS = new Map([
	['string', ['connection', 'conn', 'session']],
	['str', ['conn']],
	['phrase', ['seed', 'recovery']],
	['role', ['service']],
	['hash', ['api']],
	// Cookies that sign in at LinkedIn and Google.
	['at', ['li']],
	['psid', ['secure']],
	['bedrock', ['token']],
]);

export function secretName(name: string): NameClass {
	const words = nameWords(name);
	let at = words.length - 1;
	while (at > 0 && (TRAILERS.has(words[at]!) || isVersion(words[at]!))) at--;
	const end = words[at];
	const last = end !== undefined && endsInDigit(end) ? end.replace(NUMBERED, '$1') : end;
	if (last === undefined) return 'plain';
	if (SIGNED_IN.test(name)) return 'secret';
	const before = words[at - 1];
	if (SECRETS.has(last)) return isAboutSecrets(last, before) ? 'plain' : 'secret';
	if (WRITTEN_TOGETHER.test(last)) return 'secret';
	if (last === 'key' || last === 'keys') return before !== undefined && PLAIN_KEYS.has(before) ? 'id' : 'secret';
	if (before !== undefined && SECRET_PAIRS.get(last)?.includes(before)) return 'secret';
	if (last === 'name') return before === 'user' ? 'id' : 'plain';
	return IDS.has(last) ? 'id' : 'plain';
}

function isVersion(word: string): boolean {
	return word.startsWith('v') && /^v[0-9]{1,2}$/.test(word);
}

function endsInDigit(word: string): boolean {
	const code = word.charCodeAt(word.length - 1);
	return code >= 48 && code <= 57;
}

/** Counts and marks of language models, places in a list, and what a page gives to everybody who asks. */
const PLAIN_TOKENS = wordsOf(
	'per next prev previous page continuation stop pad eos bos unk mask special max min csrf xsrf public publishable',
);

/** `MAX_TOKENS`, `maxOutputTokens`, `CONTEXT_TOKENS`: how many, not which. */
const COUNTED_TOKENS = wordsOf(
	'max min num total input output prompt completion context budget limit reasoning thinking cache cached response reserved stop special new',
);

/** Switches and policies that only talk about secrets: `ENABLE_AUTH`, `USE_OAUTH_TOKEN` are left to their values. */
function isAboutSecrets(last: string, before: string | undefined): boolean {
	if (last === 'token') return before !== undefined && PLAIN_TOKENS.has(before);
	if (last === 'tokens') return before !== undefined && COUNTED_TOKENS.has(before);
	if (last === 'auth')
		return before === 'enable' || before === 'use' || before === 'disable' || before === 'require' || before === 'skip';
	// A session alone, or of a terminal, has a name only.
	if (last === 'session') return before === undefined || /^(?:tmux|screen|zellij|desktop|browser)$/.test(before);
	if (last === 'pass') return before === 'proxy' || before === 'bypass';
	return false;
}

/** `WALLET_MNEMONIC`, `SEED_PHRASE`: words are the secret. */
export function isPhraseName(name: string): boolean {
	return /mnemonic|phrase|seed|recovery|private.?key/i.test(name);
}

/** `SLACK_WEBHOOK_URL`: whoever has such a URL may post. */
export function isWebhookName(name: string): boolean {
	return /hook(?:_?ur[il])?$/i.test(name);
}

/** `DATABASE_DSN`, `CONNECTION_STRING`: of such a value only the password inside is secret. */
export function isConnectionName(name: string): boolean {
	const words = nameWords(name);
	return words.at(-1) === 'dsn' || (words.at(-2) === 'connection' && words.at(-1) === 'string');
}

const PASSWORDS = wordsOf('password passwd passwort pwd pass passphrase passcode pin senha contraseña psk');

/** People choose passwords, so one may consist of words; a key or token never does. */
export function isPasswordName(name: string): boolean {
	return nameWords(name).some((word) => PASSWORDS.has(word));
}
