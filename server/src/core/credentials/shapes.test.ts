import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { dialectById, dialectFor } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { Fingerprinter } from '../secret-value.ts';
import { findCredentials } from './find.ts';

/** The ways in which people write one token into an MCP config. Each must give the token, its kind, and its exact range. */
const T = token('github-pat');
const BASIC = Buffer.from(`me:${T}`).toString('base64');
const ESCAPED = `\\u00${T.charCodeAt(0).toString(16)}${T.slice(1)}`;
const DOLLAR = '$';

const env = `"env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "${T}" }`;
const server = (body: string) => `{ "mcpServers": { "gh": { ${body} } } }`;
const args = (...list: string[]) => server(`"command": "npx", "args": ${JSON.stringify(list)}`);
const remote = (body: string) => server(`"url": "https://mcp.example.com/mcp", ${body}`);

const SHAPES: readonly (readonly [title: string, path: string, text: string, secret?: string])[] = [
	['mcpServers env', '.mcp.json', server(`"command": "npx", ${env}`)],
	['servers of VS Code', '.vscode/mcp.json', `{ "servers": { "gh": { "command": "npx", ${env} } } }`],
	[
		'mcp.servers in settings',
		'.vscode/settings.json',
		`{ "mcp": { "servers": { "gh": { "command": "npx", ${env} } } } }`,
	],
	[
		'projects of Claude Code',
		'/home/me/.claude.json',
		`{ "projects": { "/home/me/work": { "mcpServers": { "gh": { "command": "npx", ${env} } } } } }`,
	],
	['context_servers of Zed', '.zed/settings.json', `{ "context_servers": { "gh": { "command": "npx", ${env} } } }`],
	[
		'environment of opencode',
		'opencode.json',
		`{ "mcp": { "gh": { "type": "local", "command": ["npx", "x"], "environment": { "GITHUB_TOKEN": "${T}" } } } }`,
	],
	[
		'TOML of Codex',
		'.codex/config.toml',
		`[mcp_servers.gh]\ncommand = "npx"\n\n[mcp_servers.gh.env]\nGITHUB_TOKEN = "${T}"\n`,
	],
	[
		'a YAML list of Continue',
		'.continue/mcpServers/gh.yaml',
		`name: x\nversion: 0.0.1\nschema: v1\nmcpServers:\n  - name: gh\n    command: npx\n    env:\n      GITHUB_TOKEN: ${T}\n`,
	],
	['a comment before it', '.vscode/mcp.json', `{\n// ours\n"servers": { "gh": { "command": "npx", ${env} } } }`],
	['a trailing comma', '.vscode/mcp.json', `{ "servers": { "gh": { "command": "npx", ${env}, }, } }`],
	['a bearer header', '.mcp.json', remote(`"headers": { "Authorization": "Bearer ${T}" }`)],
	['a header of its own', '.mcp.json', remote(`"headers": { "X-Api-Key": "${T}" }`)],
	['a query parameter', '.mcp.json', server(`"url": "https://mcp.example.com/mcp?api_key=${T}"`)],
	['--token=T', '.mcp.json', args('x', `--token=${T}`)],
	['--token T', '.mcp.json', args('x', '--token', T)],
	['docker -e', '.mcp.json', args('run', '-e', `GITHUB_TOKEN=${T}`, 'image')],
	[
		'--header of a bridge',
		'.mcp.json',
		args('mcp-remote', 'https://x.example.com/mcp', '--header', `Authorization: Bearer ${T}`),
	],
	['a whole command line', '.mcp.json', server(`"command": "GITHUB_TOKEN=${T} npx -y x"`)],
	['an escape inside', '.mcp.json', server(`"command": "npx", "env": { "GITHUB_TOKEN": "${ESCAPED}" }`), ESCAPED],
	['Basic', '.mcp.json', remote(`"headers": { "Authorization": "Basic ${BASIC}" }`), BASIC],
	[
		'the default of an input',
		'.vscode/mcp.json',
		`{ "inputs": [{ "id": "t", "type": "promptString", "default": "${T}" }], "servers": {} }`,
	],
	[
		'a second server of the same package',
		'.mcp.json',
		`{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "p"] }, "b": { "command": "npx", "args": ["-y", "p"], ${env} } } }`,
	],
	[
		'the default of a reference',
		'.mcp.json',
		server(`"command": "npx", "env": { "X": "${DOLLAR}{GITHUB_TOKEN:-${T}}" }`),
	],
];

/** More ways, beyond what other tools are compared by. */
const FURTHER: typeof SHAPES = [
	[
		'a header over three arguments',
		'.mcp.json',
		args('mcp-remote', 'https://x.example.com', '--header', 'Authorization:', 'Bearer', T),
	],
	[
		'a header over two arguments',
		'.mcp.json',
		args('mcp-remote', 'https://x.example.com', '--header', 'Authorization: Bearer', T),
	],
	['NAME="value"', '.mcp.json', args('x', `API_KEY="${T}"`)],
	['sh -c', '.mcp.json', args('-c', `GITHUB_TOKEN='${T}' exec npx -y x`)],
	['cmd /c', '.mcp.json', args('/c', `set GITHUB_TOKEN=${T}&& npx -y x`)],
	['JSON in an argument', '.mcp.json', args('x', JSON.stringify({ auth: { token: T } }))],
	[
		'escaped JSON in a value',
		'.mcp.json',
		server(
			`"command": "npx", "env": { "CONFIG": ${JSON.stringify(JSON.stringify({ a: JSON.stringify({ token: T }) }))} }`,
		),
	],
	['the user part of a URL', '.mcp.json', args('x', `https://${T}@github.com/a/b.git`)],
	['a path segment', '.mcp.json', server(`"url": "https://mcp.example.com/${T}/mcp"`)],
	[
		'an option of a pick list',
		'.vscode/mcp.json',
		`{ "inputs": [{ "id": "t", "type": "pickString", "options": ["a", { "label": "b", "value": "${T}" }] }], "servers": {} }`,
	],
	['an OAuth client secret', '.mcp.json', remote(`"oauth": { "clientId": "abc", "clientSecret": "${T}" }`)],
	['the name of a variable', '.mcp.json', server(`"command": "npx", "env": { "${T}": "" }`)],
];

function shapeTest([title, path, text, secret = T]: (typeof SHAPES)[number]): void {
	it(title, () => {
		const dialect =
			dialectFor(path.startsWith('/') ? path : `/w/${path}`, '/home/me')?.dialect ?? dialectById('portable');
		const document = readDocument(`file:///w/${path}`, text, dialect, 'workspace');
		const found = findCredentials(document, new Fingerprinter(new Uint8Array(32)));
		assert.deepEqual(
			found.map(({ classification: { kind, confidence }, span }) => [
				kind.id,
				confidence,
				text.slice(span.start, span.end),
			]),
			[['github-pat-classic', 'certain', secret]],
		);
	});
}

describe('the 23 shapes of an inlined token', () => SHAPES.forEach(shapeTest));
describe('further shapes', () => FURTHER.forEach(shapeTest));

it('a random value of a telling header, split over arguments or put into env, is found too', () => {
	const random = token('generic');
	const split = args('mcp-remote', 'https://x.example.com', '--header', 'Authorization: Bearer', random);
	const inEnv = server(
		`"command": "npx", "args": ["mcp-remote", "https://x.example.com", "--header", "Authorization:${DOLLAR}{AUTH_HEADER}"], "env": { "AUTH_HEADER": "Bearer ${random}" }`,
	);
	const other = inEnv.replaceAll('AUTH_HEADER', 'MY_SETTING');
	for (const text of [split, inEnv, other]) {
		const document = readDocument('file:///w/.mcp.json', text, dialectById('portable'), 'workspace');
		const found = findCredentials(document, new Fingerprinter(new Uint8Array(32)));
		assert.deepEqual(
			found.map(({ secret }) => secret.reveal()),
			[random],
		);
	}
});

describe('commented-out lines', () => {
	const inComment = (comment: string) => {
		const text = `{ "servers": { "gh": { "command": "npx"\n${comment}\n} } }`;
		const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
		return findCredentials(document, new Fingerprinter(new Uint8Array(32))).map(
			({ confidence, span, server }) => `${confidence} ${text.slice(span.start, span.end)} ${server?.name ?? '-'}`,
		);
	};
	it('are notes without a server, so that no fix edits them', () => {
		assert.deepEqual(inComment(`// "env": { "GITHUB_TOKEN": "${T}" }`), [`weak ${T} -`]);
		assert.deepEqual(inComment(`/* "ACME_API_KEY": "${token('generic')}" */`), [`weak ${token('generic')} -`]);
		assert.deepEqual(inComment(`// use ${T} here`), [`weak ${T} -`]);
		assert.deepEqual(inComment(`/*\n ACME_API_KEY = '${token('generic')}'\n*/`), [`weak ${token('generic')} -`]);
	});
	it('that only talk are silent', () => {
		assert.deepEqual(inComment('// set "GITHUB_TOKEN": "your-token-here", see https://github.com/settings/tokens'), []);
	});
});
