/**
 * MCP configs as people and tools write them, made by fast-check: any JSON dialect, several servers, comments and odd white
 * space everywhere the grammar allows them, escapes inside of strings. Every secret and every comment occurs once.
 */
import fc from 'fast-check';
import type { Dialect, DialectId } from '../../server/src/core/dialects/dialect.ts';
import { dialectById } from '../../server/src/core/dialects/index.ts';
import { token } from './tokens.ts';

export interface GeneratedConfig {
	readonly text: string;
	readonly dialect: DialectId;
}

/** Dialects whose entries are written as `command`, `args`, `env`, `url` and `headers` in JSON. */
const JSON_DIALECTS: readonly DialectId[] = [
	'vscode',
	'portable',
	'cursor',
	'claude-desktop',
	'code-workspace',
	'vscode-settings',
];

export type Value = string | number | boolean | null | readonly Value[] | Members;
/** Members in order; a `Map` would lose a repeated key, an object would sort numbers first. */
export interface Members {
	readonly members: readonly (readonly [string, Value])[];
}

/** A word in a value; `{{kind}}` becomes a token that occurs nowhere else. */
const KINDS = [
	'github-pat',
	'github-fine-grained',
	'gitlab-pat',
	'gitlab-routable',
	'atlassian',
	'slack-bot',
	'openai-project',
	'anthropic',
	'google-api-key',
	'supabase-pat',
	'jwt',
	'generic',
	'generic-hex',
	'password',
] as const;
const kind = fc.constantFrom(...KINDS).map((name) => `{{${name}}}`);

const NAMES = [
	'gh',
	'My Server',
	'a/b',
	'ä-ö',
	'x~1',
	'1',
	'quote"d',
	'back\\slash',
	'__proto__',
	'$&',
	'new\nline',
	'😀',
];
const VARIABLES = ['GITHUB_TOKEN', 'API_KEY', 'PASSWORD', 'SERVICE_SECRET', 'AUTH_TOKEN'];
const PLAIN = [
	'',
	'info',
	'two words',
	'--verbose',
	'-y',
	'"',
	"it's",
	'\\',
	'a\tb',
	'ünï',
	'${env:HOME}',
	'https://example.com/a?b=c',
	'$1',
	'/',
];

const plain = fc.constantFrom(...PLAIN);
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1, maxLength: 5, unit: 'binary' }));
const members = (...list: (readonly [string, Value])[]): Members => ({ members: list });

const envValue = fc.oneof(
	{ weight: 3, arbitrary: kind },
	{ weight: 1, arbitrary: kind.map((secret) => `Bearer ${secret}`) },
	{ weight: 1, arbitrary: fc.constantFrom('{{dsn}}', '{{dsn-redis}}', '{{url-token}}', 'cred://keychain/a/b') },
	{ weight: 2, arbitrary: plain },
);
const env = fc
	.uniqueArray(fc.tuple(fc.oneof(fc.constantFrom(...VARIABLES), fc.constantFrom('DEBUG', 'A.B', 'a b')), envValue), {
		maxLength: 4,
		selector: ([variable]) => variable,
	})
	.map((list) => members(...list));

/** Command lines with the secret in every place that the fix knows, and some that it does not. */
const commandLine = fc.oneof(
	fc.tuple(fc.constantFrom('npx', 'node', '/usr/bin/uvx', 'C:\\tools\\srv.exe'), fc.array(plain, { maxLength: 3 })),
	fc.tuple(fc.constant('srv'), fc.tuple(plain, fc.constant('--api-key'), kind, plain)),
	fc.tuple(
		fc.constant('srv'),
		kind.map((secret) => [`--token=${secret}`]),
	),
	fc.tuple(
		fc.constantFrom('docker', '/opt/podman'),
		kind.map((secret) => ['run', '-i', '-e', `GITHUB_TOKEN=${secret}`, '--rm', 'image']),
	),
	fc.tuple(
		fc.constant('docker'),
		kind.map((secret) => ['run', `--env=API_KEY=${secret}`, '-e', `OTHER_TOKEN=${secret}`, 'image']),
	),
	fc.tuple(fc.constantFrom('sh', '/bin/bash'), fc.tuple(fc.constantFrom('-c', '-lc'), shellScript())),
	fc.tuple(
		fc.constant('cmd'),
		kind.map((secret) => ['/c', `set TOKEN=${secret} && srv`]),
	),
	fc.tuple(
		fc.constant('npx'),
		kind.map((secret) => [
			'-y',
			'mcp-remote',
			'https://example.com/mcp',
			'--header',
			`Authorization: Bearer ${secret}`,
		]),
	),
	fc.tuple(
		fc.constantFrom('mcp-hygiene', '/opt/bin/mcp-hygiene'),
		plain.map((argument) => ['run', '--server', 'gh', '--', 'npx', argument]),
	),
	fc.tuple(
		fc.constant('mcp-hygiene'),
		kind.map((secret) => ['run', '--', 'srv', '--api-key', secret]),
	),
);

function shellScript(): fc.Arbitrary<string> {
	return kind.chain((secret) =>
		fc.constantFrom(
			`GITHUB_TOKEN=${secret} exec srv`,
			`srv --key "${secret}"`,
			`srv --key '${secret}'`,
			`export API_KEY="${secret}"; srv`,
		),
	);
}

const other: fc.Arbitrary<readonly [string, Value]> = fc.constantFrom<readonly [string, Value]>(
	['disabled', false],
	['timeout', 1.5e3],
	['autoApprove', ['a', 'b', { members: [] }]],
	['cwd', '${workspaceFolder}'],
	['envFile', '.env'],
	['nothing', null],
	['empty', []],
	['apiKey', '{{generic}}'],
);

const stdio = fc
	.record({
		type: fc.boolean(),
		line: commandLine,
		args: fc.boolean(),
		env: fc.option(env, { nil: undefined }),
		more: fc.array(other, { maxLength: 2 }),
	})
	.map(({ type, line: [command, args], args: hasArgs, env: variables, more }) => [
		...(type ? [['type', 'stdio'] as const] : []),
		['command', command] as const,
		...(hasArgs || args.length > 0 ? [['args', [...args]] as const] : []),
		...(variables ? [['env', variables] as const] : []),
		...more,
	]);

const headers = fc.uniqueArray(
	fc.tuple(
		fc.constantFrom('Authorization', 'X-Api-Key', 'authorization', 'X-Mode', 'PRIVATE-TOKEN'),
		fc.oneof(
			kind,
			kind.map((secret) => `Bearer ${secret}`),
			fc.constantFrom('true', 'two words', 'Bearer ${input:t}', 'cred://keychain/h'),
		),
	),
	{ minLength: 1, maxLength: 3, selector: ([header]) => header.toLowerCase() },
);
const http = fc
	.record({
		type: fc.constantFrom(undefined, 'http', 'sse'),
		url: fc.constantFrom(
			'https://api.example.com/mcp',
			'https://${input:host}/mcp',
			'https://example.com/?api_key={{generic}}',
			'https://me:{{generic}}@example.com/mcp?a=1&token={{gitlab-pat}}&b',
		),
		headers: fc.option(headers, { nil: undefined }),
		more: fc.array(other, { maxLength: 2 }),
	})
	.map(({ type, url, headers: list, more }) => [
		...(type ? [['type', type] as const] : []),
		['url', url] as const,
		...(list ? [['headers', members(...list)] as const] : []),
		...more,
	]);

/** The order of members is the author's own. */
export const generatedServer = fc
	.tuple(fc.oneof(stdio, stdio, http), fc.nat(23))
	.map(([list, turn]) => members(...rotated(uniqueKeys(list), turn)));

function uniqueKeys(list: readonly (readonly [string, Value])[]): (readonly [string, Value])[] {
	return list.filter(([key], at) => list.findIndex(([other]) => other === key) === at);
}

function rotated<T>(list: readonly T[], turn: number): T[] {
	const at = list.length === 0 ? 0 : turn % list.length;
	return [...list.slice(at), ...list.slice(0, at)];
}

const input = fc
	.record({
		id: fc.constantFrom('gh-GITHUB_TOKEN', 'token', 't'),
		type: fc.constantFrom('promptString', 'pickString'),
		default: fc.option(kind, { nil: undefined }),
		password: fc.option(fc.boolean(), { nil: undefined }),
	})
	.map(({ id, type, default: value, password }) =>
		members(
			['id', id],
			['type', type],
			...(value === undefined ? [] : [['default', value] as const]),
			...(password === undefined ? [] : [['password', password] as const]),
			['description', 'Token'],
		),
	);

const entries = fc.uniqueArray(fc.tuple(name, generatedServer), {
	minLength: 1,
	maxLength: 3,
	selector: ([key]) => key,
});

export const generatedConfig: fc.Arbitrary<GeneratedConfig> = fc
	.record({
		dialect: fc.constantFrom(...JSON_DIALECTS.map(dialectById)),
		entries,
		inputs: fc.option(fc.array(input, { maxLength: 2 }), { nil: undefined }),
		isInputsFirst: fc.boolean(),
		gaps: fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
		escapes: fc.array(fc.nat(12), { minLength: 1, maxLength: 23 }),
		style: fc.constantFrom('\n', '\r\n', ''),
	})
	.map(({ dialect, entries: servers, inputs, isInputsFirst, gaps, escapes, style }) => {
		const path = dialect.serverRoots[escapes[0]! % dialect.serverRoots.length]!;
		const list = [
			atPath(path, members(...servers)),
			...(dialect.inputs && inputs ? [atPath(dialect.inputs, inputs)] : []),
		];
		const root = merged(isInputsFirst ? list.toReversed() : list);
		const printer = new Printer(dialect, gaps, escapes, style);
		const text = printer.print({ members: [...root.members, ['other', { members: [['kept', ['as', 'it', 'is']]] }]] });
		return { text, dialect: dialect.id };
	});

function atPath(path: readonly string[], value: Value): Members {
	return path.toReversed().reduce<Value>((inner, key) => members([key, inner]), value) as Members;
}

function merged(list: readonly Members[]): Members {
	const result: [string, Value][] = [];
	for (const [key, value] of list.flatMap((one) => one.members)) {
		const known = result.find(([other]) => other === key);
		if (known) known[1] = merged([known[1] as Members, value as Members]);
		else result.push([key, value]);
	}
	return { members: result };
}

/** Writes JSON with white space, comments and escapes taken from lists, so that fast-check can shrink them to none. */
class Printer {
	#comments = 0;
	#secrets = 0;
	readonly #dialect: Dialect;
	readonly #gaps: readonly number[];
	readonly #escapes: readonly number[];
	readonly #newline: string;
	#gap = 0;
	#escape = 0;

	constructor(dialect: Dialect, gaps: readonly number[], escapes: readonly number[], newline: string) {
		this.#dialect = dialect;
		this.#gaps = gaps;
		this.#escapes = escapes;
		this.#newline = newline;
	}

	print(value: Value): string {
		return `${this.#space(0)}${this.#value(value, 0)}${this.#space(0)}`;
	}

	#value(value: Value, depth: number): string {
		if (typeof value === 'string') return this.#string(this.#expand(value));
		if (value === null || typeof value !== 'object') return JSON.stringify(value);
		if (isList(value))
			return this.#list(
				'[',
				value.map((item) => () => this.#value(item, depth + 1)),
				']',
				depth,
			);
		const list = value.members.map(
			([key, inner]) =>
				() =>
					`${this.#string(key)}${this.#gapOrNothing(depth)}:${this.#space(depth)}${this.#value(inner, depth + 1)}`,
		);
		return this.#list('{', list, '}', depth);
	}

	#list(open: string, items: readonly (() => string)[], close: string, depth: number): string {
		const printed = items.map((item) => `${this.#space(depth + 1)}${item()}${this.#gapOrNothing(depth + 1)}`);
		const isTrailing = this.#dialect.syntax.trailingCommas && printed.length > 0 && this.#next() === 9;
		return `${open}${printed.join(',')}${isTrailing ? ',' : ''}${this.#space(depth)}${close}`;
	}

	#next(): number {
		return this.#gaps[this.#gap++ % this.#gaps.length]!;
	}

	#space(depth: number): string {
		const line = this.#newline === '' ? ' ' : this.#newline + '\t'.repeat(depth);
		switch (this.#next()) {
			case 0:
			case 1:
				return line;
			case 2:
				return ' ';
			case 3:
				return '';
			case 4:
				return this.#comment('/*', '*/') + line;
			case 5:
				return `${line}${this.#comment('//', '')}${this.#newline || '\n'}${'  '.repeat(depth)}`;
			case 6:
				return ` ${this.#comment('/*', '*/')} `;
			case 7:
				return '\n    ';
			default:
				return line;
		}
	}

	/** Before a colon or a comma. */
	#gapOrNothing(depth: number): string {
		const next = this.#next();
		if (next === 8) return ' ';
		if (next === 4) return ` ${this.#comment('/*', '*/')}`;
		return next === 5 ? ` ${this.#comment('//', '')}${this.#newline || '\n'}${'\t'.repeat(depth)}` : '';
	}

	#comment(open: string, close: string): string {
		if (!this.#dialect.syntax.comments) return '';
		return `${open} note ${++this.#comments} { " ${close}`;
	}

	#expand(text: string): string {
		return text.replace(/\{\{([a-z0-9-]{1,40})\}\}/g, (_, name: string) => token(name, ++this.#secrets));
	}

	#string(text: string): string {
		let result = '"';
		for (const character of text) {
			const choice = this.#escapes[this.#escape++ % this.#escapes.length]!;
			if (choice === 12)
				result += Array.from(
					{ length: character.length },
					(_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
				).join('');
			else result += character === '/' && choice === 11 ? '\\/' : JSON.stringify(character).slice(1, -1);
		}
		return `${result}"`;
	}
}

function isList(value: readonly Value[] | Members): value is readonly Value[] {
	return Array.isArray(value);
}
