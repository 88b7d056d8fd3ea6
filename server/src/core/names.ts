/**
 * What the name of an env variable, header, flag, query parameter or JSON key says of its value.
 * - `secret`: the value is a credential if it looks like one
 * - `id`: names somebody or something, needs no protection
 * - `plain`: anything else
 */
export type NameClass = 'secret' | 'id' | 'plain';

/** The words of a name, lower case: `githubPersonalAccessToken`, `X-Api-Key`, `--api-key`, `API_KEY_2`. */
export function nameWords(name: string): readonly string[] {
	return name
		.slice(0, 200)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '' && !/^[0-9]+$/.test(word))
		.flatMap((word) => COMPOUNDS.get(word) ?? [word]);
}

/** Words that people write together. */
const COMPOUNDS = new Map(
	Object.entries({
		apikey: 'api key',
		apikeys: 'api key',
		apitoken: 'api token',
		apisecret: 'api secret',
		accesskey: 'access key',
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

/** A last word that says nothing of its own: `TOKEN_VALUE`, `API_KEY_PROD`. */
const TRAILERS = new Set([
	'value',
	'val',
	'prod',
	'production',
	'dev',
	'staging',
	'live',
	'test',
	'default',
	'header',
	'env',
	'primary',
	'secondary',
	'main',
	'raw',
	'b64',
	'base64',
	'ro',
	'rw',
	'readonly',
]);

const SECRETS = new Set([
	'token',
	'secret',
	'secrets',
	'password',
	'passwd',
	'passwort',
	'pwd',
	'pass',
	'passphrase',
	'passcode',
	'pat',
	'authorization',
	'auth',
	'bearer',
	'cookie',
	'cookies',
	'jwt',
	'credential',
	'credentials',
	'creds',
	'dsn',
	'senha',
	'contraseña',
	'xoxb',
	'xoxp',
	'xoxc',
	'xoxd',
	'sig',
	'signature',
	'apptoken',
	'pin',
	'otp',
	'totp',
	'mnemonic',
	'psk',
	'sas',
]);

/** `..._KEY` is a secret unless the word before it says otherwise. */
const PLAIN_KEYS = new Set([
	'public',
	'pub',
	'publishable',
	'project',
	'issue',
	'tag',
	'sort',
	'primary',
	'foreign',
	'partition',
	'hash',
	'range',
	'cache',
	'index',
	'object',
	'space',
	'board',
	'team',
	'workspace',
	'prefix',
	'header',
	'row',
	'lookup',
	'group',
	'map',
	'dict',
	'column',
	'routing',
	'hot',
	'site',
	'idempotency',
	'config',
	's3',
	'bucket',
	'file',
	'host',
	'known',
]);

const IDS = new Set([
	'id',
	'ids',
	'uuid',
	'guid',
	'arn',
	'user',
	'users',
	'email',
	'mail',
	'login',
	'account',
	'owner',
	'org',
	'organization',
	'tenant',
	'project',
	'ref',
	'identifier',
	'workspace',
	'team',
	'thumbprint',
	'fingerprint',
	'nonce',
	'sid',
]);

export function secretName(name: string): NameClass {
	const words = [...nameWords(name)];
	while (words.length > 1 && TRAILERS.has(words.at(-1)!)) words.pop();
	const last = words.at(-1);
	if (last === undefined) return 'plain';
	const before = words.at(-2);
	if (SECRETS.has(last)) return isAboutSecrets(last, before) ? 'plain' : 'secret';
	if (last === 'key' || last === 'keys') return before !== undefined && PLAIN_KEYS.has(before) ? 'id' : 'secret';
	if (last === 'string' && before === 'connection') return 'secret';
	if (last === 'name') return before === 'user' ? 'id' : 'plain';
	return IDS.has(last) ? 'id' : 'plain';
}

/** Switches and policies that only talk about secrets: `ENABLE_AUTH`, `USE_OAUTH_TOKEN` are left to their values. */
function isAboutSecrets(last: string, before: string | undefined): boolean {
	if (last === 'token') return before === 'per' || before === 'next' || before === 'stop' || before === 'pad';
	if (last === 'auth')
		return before === 'enable' || before === 'use' || before === 'disable' || before === 'require' || before === 'skip';
	if (last === 'pass') return before === 'proxy' || before === 'bypass';
	return false;
}

/** `DATABASE_DSN`, `CONNECTION_STRING`: of such a value only the password inside is secret. */
export function isConnectionName(name: string): boolean {
	const words = nameWords(name);
	return words.at(-1) === 'dsn' || (words.at(-2) === 'connection' && words.at(-1) === 'string');
}

const PASSWORDS = new Set([
	'password',
	'passwd',
	'passwort',
	'pwd',
	'pass',
	'passphrase',
	'passcode',
	'pin',
	'senha',
	'contraseña',
	'psk',
]);

/** People choose passwords, so one may consist of words; a key or token never does. */
export function isPasswordName(name: string): boolean {
	return nameWords(name).some((word) => PASSWORDS.has(word));
}
