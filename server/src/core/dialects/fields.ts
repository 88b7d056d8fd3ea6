/**
 * What a host's entries call the parts of a server. Each list is tried from the front; `a.b` is member `b` of object `a`.
 * The first name is the one that the host's documents use.
 */
export interface ServerFields {
	/** For servers in lists. */
	readonly name: readonly string[];
	readonly type: readonly string[];
	/** A text, or a list whose first item is the program and whose rest are arguments. */
	readonly command: readonly string[];
	readonly args: readonly string[];
	readonly env: readonly string[];
	readonly headers: readonly string[];
	readonly url: readonly string[];
	readonly envFile: readonly string[];
	readonly cwd: readonly string[];
	/** The host sends the whole value as `Authorization: Bearer ...`. */
	readonly bearer: readonly string[];
	/** Lists of variables that the host takes from its own environment or store and hands over to the server. */
	readonly passed: readonly string[];
	/** Names of environment variables, never values: a telling field name says nothing about what stands here. */
	readonly variableNames: readonly string[];
}

/** The names that most hosts use, and after each one what it is called elsewhere: a token under a name of another host is one too. */
const USUAL_FIELDS: ServerFields = {
	name: ['name', 'id'],
	type: ['type', 'transport', 'transportType'],
	command: ['command', 'cmd'],
	args: ['args'],
	env: ['env', 'environment', 'envs'],
	headers: ['headers', 'http_headers', 'requestOptions.headers', 'requestInit.headers'],
	url: ['url', 'serverUrl', 'httpUrl', 'uri', 'baseUrl'],
	envFile: ['envFile', 'env_file'],
	cwd: ['cwd', 'working_directory', 'workingDirectory'],
	bearer: [],
	passed: [],
	variableNames: [
		'env_vars',
		'env_keys',
		'env_http_headers',
		'bearer_token_env_var',
		'bearerTokenEnv',
		'bearer_token_env',
		'api_key_env',
		'api_key_header',
		'api_key_format',
		'client_secret_key',
	],
};

export function fieldsOf(dialect: { readonly fields?: Partial<ServerFields> }): ServerFields {
	return dialect.fields ? { ...USUAL_FIELDS, ...dialect.fields } : USUAL_FIELDS;
}

/** The names under which an edit writes the parts of a server: those of the host's own documents. */
export interface OwnNames {
	readonly command: string;
	readonly args: string;
	readonly env: string;
	/** `a.b` is member `b` of object `a`. */
	readonly headers: string;
}

export function ownNames(dialect: { readonly fields?: Partial<ServerFields> }): OwnNames {
	const { command, args, env, headers } = fieldsOf(dialect);
	return { command: command[0]!, args: args[0]!, env: env[0]!, headers: headers[0]! };
}
