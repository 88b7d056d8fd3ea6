import { lettersAndDigits, longestRun, repeatsABlock, typedShare } from './typed-runs.ts';

/**
 * What stands where a secret would stand, without being one. Classes of text, never single strings: looking like a
 * placeholder beats looking like a format.
 *
 * - `reference`: the host, a shell or a store puts the value in
 * - `placeholder`: asks a person to fill it in, or shows an example
 * - `words`: plain words only. No key looks so, but a password may
 * - `typed`: long counting or keyboard runs make up half of it, or one block is repeated: an example, or a poor secret
 * - `patterned`: short runs make up half of it (`abcd1234efgh5678`). Examples look so, and secrets that a person made up
 */
export type Stand = 'reference' | 'placeholder' | 'words' | 'typed' | 'patterned';

/** Long texts are no placeholders, apart from the ends that say so. */
const LONGEST = 512;

export function standOf(value: string): Stand | undefined {
	const text = value.trim().replace(/^(["'`])(.*)\1$/s, '$2');
	const inPlace = standsInPlace(text);
	if (inPlace || text.length > LONGEST) return inPlace;
	if (isShortAndTyped(text.replace(VENDOR, ''))) return 'placeholder';
	if (isWords(text)) return 'words';
	const typed = typedShare(text);
	if (typed < 0.5) return undefined;
	const chance = typed < 0.75 && text.length * (1 - typed) >= LEAST_CHANCE;
	return text.length >= SHORTEST_PATTERN && (chance || isChopped(text)) ? 'patterned' : 'typed';
}

/** So many characters outside of all runs are not what an example looks like. */
const LEAST_CHANCE = 8;

/** Shorter values with runs are what people type to fill a gap. */
const SHORTEST_PATTERN = 16;
/** `123456`, `abcdef`, `qwerty`: nobody gets there by chance. */
const LONG_RUN = 6;
/** `a1b2c3d4e5`: two counts woven into one. */
const LONG_WEAVE = 10;

/** `ref-abcdefghi123`: a word and a dash, as tokens of some vendors begin. */
const VENDOR = /^[a-z]{2,8}[_-]/i;

/** What says of itself that it is none: a reference, or what asks or shows. How it was typed does not count. */
export function standsInPlace(text: string): 'reference' | 'placeholder' | undefined {
	if (text === '') return 'placeholder';
	if (isReference(text)) return 'reference';
	if (ELLIPSIS.test(text) || EXAMPLE_END.test(text)) return 'placeholder';
	if (text.length > LONGEST) return undefined;
	if (BLANKS.test(text) || CROSSES.test(text) || BRACKETS.test(text) || OTHER_SCRIPT.test(text)) return 'placeholder';
	if (text.includes(COUNTED_BYTES) || hasMarkerWord(text) || namesASecret(text)) return 'placeholder';
	if (asksWithAccents(text) || COUNTED_UUID.test(text)) return 'placeholder';
	return isOneCharacterRepeated(text) ? 'placeholder' : undefined;
}

/** `abc123`, `qwerty`: what fills a gap. Two counts woven into one (`z9y8x7w6v5`) cost somebody more thought. */
function isShortAndTyped(text: string): boolean {
	return (
		text.length < SHORTEST_PATTERN && typedShare(text) >= 0.9 && longestRun(lettersAndDigits(text), 2) < LONG_WEAVE
	);
}

/** A run is long for its value, too, if it makes up so much of it: in fifty characters six in a row are nothing. */
const LONG_SHARE = 1 / 7;

/** Runs, but no long one and no block that repeats. */
function isChopped(text: string): boolean {
	const body = lettersAndDigits(text);
	const long = Math.max(LONG_RUN, Math.ceil(body.length * LONG_SHARE));
	return !repeatsABlock(body) && longestRun(body, 1) < long && longestRun(body, 2) < LONG_WEAVE;
}

const SIGILS = [
	/** `${X}`, `${env:X}`, `${input:x}`, `$(command)`, also with text around. */
	/\$\{[^{}]{1,300}\}|\$\([^()]{1,300}\)/,
	/** `{{x}}`, `{env:X}`, `{secret}`, `<%= x %>`, `#{x}`. */
	/\{\{[^{}]{0,200}\}\}|^#?\{[A-Za-z_][\w .:/-]{0,120}\}$|<%.{0,200}%>/,
	/** `$X`, `%X%`, `$env:X`. */
	/^\$(?:env:)?[A-Za-z_][A-Za-z0-9_]{0,120}$|^%[A-Za-z_][A-Za-z0-9_]{0,120}%$/i,
	/** Ours, and URIs that secret managers resolve. */
	/^(?:cred|op|pass|vault|keychain|keyring|keeper|dl|se|bws|ref\+[a-z0-9]{1,20}|secretref|secret|gcpsm|awssm|akv|doppler|infisical|env|file):\/\/\S{1,500}$/i,
	/** `!secret x` and `@file` of templates. */
	/^!(?:secret|ref|sub|vault|env)\b/i,
];

/** Does something else put the value in? A default inside (`${X:-default}`) is for the caller to look at. */
export function isReference(value: string): boolean {
	return SIGILS.some((sigil) => sigil.test(value));
}

const ELLIPSIS = /(?:\.{3}|…|\[\.\.\.\]|\*{3,}|•{3,})/;
/** AWS and others end their samples so. */
const EXAMPLE_END = /EXAMPLE(?:KEY|TOKEN|SECRET)?$|(?:[Ee]xample){2}/;
const BLANKS =
	/^(?:none|null|nil|undefined|true|false|yes|no|on|off|n\/a|na|tbd|todo|fixme|dummy|fake|test|empty|default|enabled|disabled|required|optional|unset|[?*_.•-]+|0+)$/i;
/** `sk-ant-api03-xxxxxxxx`: crossed out. */
const CROSSES = /x{6}/i;
/** `<token>`, `[your data]`, `(your key)`, `<<TOKEN>>`, `__TOKEN__`, `%%TOKEN%%`, `{your key}`. */
const BRACKETS =
	/<[^<>]{0,120}>|^\[[^[\]]{1,120}\]$|^\([^()]{1,120}\)$|^__[A-Za-z][A-Za-z0-9_]{1,80}__$|^@[A-Z_]{3,60}@$|^%%[A-Za-z][\w-]{0,80}%%$|^\{[^{}":]{1,120}\}/;
/** The bytes 0, 1, 2, 3, ... in base64. */
const COUNTED_BYTES = 'AAECAwQFBgcICQ';
/** Keys and tokens are ASCII; `你的密钥` and `ваш_токен` are requests. */
const OTHER_SCRIPT = /[^\P{L}A-Za-z]{2}/u;

/**
 * Words that ask or show, each delimited: `your-token`, `token_here`. A secret that merely contains the letters is not
 * silenced.
 */
const MARKERS = new Set(
	(
		'your yours ur you youre my mine here replace replaceme change changeme changethis insert paste enter fill put add set example examples sample ' +
		'placeholder dummy fake mock xxx xxxx xxxxx todo redacted hidden masked removed ' +
		// Other languages: your, insert, key, token, password.
		'tu tus su sus clave claves contraseña sua seu suas chave chaves senha votre vos ta clef cle dein deine deinen ihr ihre ihren schluessel schlussel ' +
		'passwort hier einfuegen inserisci chiave tuo tua din dina dit jouw uw anahtar sifre klucz twoj haslo vash'
	).split(' '),
);

function hasMarkerWord(text: string): boolean {
	const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u, 60);
	if (words.some((word) => CLEAR_MARKER.test(word)) || asksInCapitals(text)) return true;
	// A marker is one word among words; between the random parts of a token it is chance.
	const letters = words.filter((word) => /^\p{L}{1,20}$/u.test(word));
	return letters.some((word) => MARKERS.has(word)) && letters.length * 2 >= words.length;
}

/** No chance either: crosses, `your...`, an example by name, and `32randomcharacters`, which says how long the value is. */
const CLEAR_MARKER =
	/^(?:x{4,}|y{5,}|(?:your|replace|insert|changeme|example)[a-z]{3,20}|examples?|sample|placeholder|changeme|redacted|[0-9]{1,3}(?:random|char|digit|hex)[a-z]{0,20})$/;

const ASKING = /^(?:your|here|enter|insert|paste|replace|example|sample|placeholder|dummy)$/;

/** `TokenHere`, `EnterApiKey`: words written together, one that asks and one that names a secret. `mySecret1` may be one. */
function asksInCapitals(text: string): boolean {
	const words = text.match(/[A-Z]?[a-z]{2,20}/g)?.map((word) => word.toLowerCase()) ?? [];
	const telling = words.filter((word) => MARKERS.has(word) || NAME_WORDS.has(word));
	return (
		telling.some((word) => ASKING.test(word)) &&
		telling.length >= 2 &&
		telling.join('').length * 2 >= text.replace(/[^A-Za-z]/g, '').length
	);
}

const NAME_WORDS = new Set([
	'token',
	'tokens',
	'key',
	'keys',
	'secret',
	'password',
	'passwd',
	'pass',
	'pwd',
	'pat',
	'apikey',
	'api',
	'credential',
	'credentials',
	'auth',
	'bearer',
	'dsn',
	'jwt',
]);

/** `githubPersonalAccessToken`, and its last word. */
const CAMEL = /^[a-z]{2,20}(?:[A-Z][a-z]{1,20}){0,8}([A-Z][a-z]{2,20})$/;

/** Names a secret instead of being one: `GITHUB_TOKEN`, `access-token`, `my api key`, `sk_STRIPE_SECRET_KEY`. */
function namesASecret(text: string): boolean {
	const last = CAMEL.exec(text)?.[1];
	if (last && NAME_WORDS.has(last.toLowerCase())) return true;
	const words = text.split(/[\s_.:/-]+/, 20);
	if (!words.every((word) => /^(?:[A-Za-z]{1,20}|[A-Z]{1,12}[0-9]{1,2}|[0-9]{1,4})$/.test(word) || isNumeronym(word)))
		return false;
	const lower = words.map((word) => word.toLowerCase());
	return (
		lower.some((word) => NAME_WORDS.has(word)) || /^[a-z]{0,20}(?:password|passwd|apikey|secret|token)$/i.test(text)
	);
}

/** No UUID comes without letters by chance. */
const COUNTED_UUID = /^\d{8}(?:-\d{4}){3}-\d{12}$/;

/** `twój_token`, `token_của_bạn`: words beside one that names a secret, in a language that is written with accents. */
function asksWithAccents(text: string): boolean {
	if (!/[^ -~]/.test(text)) return false;
	const words = text.toLowerCase().split(/[\s_.:/-]+/, 20);
	return (
		words.every((word) => /^\p{L}{1,20}$/u.test(word)) &&
		words.some((word) => /^(?:token|key|api|secret|pass|kod|klucz)/.test(word))
	);
}

function isOneCharacterRepeated(text: string): boolean {
	const body = text.replace(/^[A-Za-z0-9]{1,12}[_.-]/, '').replace(/[^A-Za-z0-9]/g, '');
	return body.length >= 4 && holdsTwoAtMost(body.toLowerCase());
}

/** Are there no more than two different characters? */
function holdsTwoAtMost(body: string): boolean {
	const first = body[0];
	let second: string | undefined;
	for (const character of body) {
		if (character === first || character === second) continue;
		if (second !== undefined) return false;
		second = character;
	}
	return true;
}

/** Letters that can be spoken, in one case: no token, but perhaps a password. */
function isWords(text: string): boolean {
	const words = text.split(/[\s_.,:/@-]+/, 40).filter((word) => word !== '');
	if (words.length === 0 || words.filter(isNumeronym).length * 2 > words.length) return false;
	return words.every((word) => isWord(word) || isNumeronym(word)) && isSpeakable(words.join(''));
}

/** `e2e`, `k8s`, `i18n`, `s3`, `x86`, `4o`, `70b`: people say them; one among words makes no secret of these. */
function isNumeronym(word: string): boolean {
	return word.length <= 5 && /^(?:[a-z]{1,2}[0-9]{1,2}[a-z]{0,2}|[0-9]{1,3}[a-z]{1,2})$/i.test(word);
}

function isSpeakable(letters: string): boolean {
	return letters.length < 8 || (letters.match(/[aeiouy]/gi)?.length ?? 0) >= letters.replace(/[0-9]/g, '').length / 5;
}

function isWord(word: string): boolean {
	if (/^(?:v?[0-9]{1,4})$/.test(word)) return true;
	if (!/^(?:[a-z]{1,16}|[A-Z]{1,16}|[A-Z][a-z]{1,15}|[a-z]{2,10}[0-9]{1,2})$/.test(word)) return false;
	return word.length < 4 || (/[aeiouy]/i.test(word) && !/[bcdfghjklmnpqrstvwxz]{5}/i.test(word));
}
