import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EXAMPLES } from '../../../../test/support/dialect-examples.ts';
import { expand, token } from '../../../../test/support/tokens.ts';
import type { ConfigDocument } from '../document.ts';
import { readDocument } from '../read.ts';
import type { Part } from '../servers.ts';
import type { DialectId } from './dialect.ts';
import { DIALECTS, dialectById, dialectFor } from './index.ts';

/** Every string that is looked at, with the server it belongs to. */
function partsOf(document: ConfigDocument): { readonly owner: string; readonly part: Part }[] {
	const ofServers = document.servers.flatMap((server) =>
		[
			server.command,
			...server.args,
			...server.env,
			...server.headers,
			server.url,
			server.envFile,
			server.cwd,
			...server.others,
		].flatMap((part) => (part ? [{ owner: server.name, part }] : [])),
	);
	const ofInputs = document.inputs.flatMap((input) => input.values.map((part) => ({ owner: input.id, part })));
	return [
		...ofServers,
		...ofInputs,
		...[...document.variables, ...document.ownTexts].map((part) => ({ owner: '', part })),
	];
}

/** Where this token was found, as `server position name`; its span has to be the token as written. */
function placesOf(document: ConfigDocument, secret: string): string[] {
	return partsOf(document).flatMap(({ owner, part }) => {
		const from = part.value.indexOf(secret);
		if (from < 0) return [];
		const span = part.node.spanOf(from, from + secret.length);
		assert.equal(document.text.slice(span.start, span.end), secret);
		return [`${owner} ${part.position} ${part.name ?? '-'}`];
	});
}

describe('a dialect', () => {
	for (const { id, path, text, found, servers } of EXAMPLES) {
		it(`${id} reads ${path}`, () => {
			const match = dialectFor(path, '/home/me');
			assert.equal(match?.dialect.id ?? 'none', path.startsWith('/w/generic/') ? 'none' : id);
			const document = readDocument(`file://${path}`, expand(text), dialectById(id), match?.scope ?? 'workspace');
			assert.deepEqual(document.tree.problems, []);
			assert.deepEqual(
				document.servers.map(({ name, transport }) => `${name} ${transport}`),
				servers,
			);
			for (const [placeholder, ...places] of found) {
				const [name, seed] = placeholder!.split(':');
				assert.deepEqual(placesOf(document, token(name!, Number(seed ?? 1))), places, placeholder);
			}
			for (const { name, nameSpan } of document.servers)
				assert.ok(document.text.slice(nameSpan.start, nameSpan.end).includes(name) || /^\d+$|generic/.test(name), name);
		});
	}

	it('without an example does not exist', () => {
		const shown = new Set<DialectId>(EXAMPLES.map(({ id }) => id));
		assert.deepEqual(
			DIALECTS.filter(({ id }) => !shown.has(id)).map(({ id }) => id),
			[],
		);
	});

	it('has an id of its own and places that no other one claims', () => {
		assert.equal(new Set(DIALECTS.map(({ id }) => id)).size, DIALECTS.length);
		const places = DIALECTS.flatMap(({ files }) =>
			files.map((f) => `${f.scope} ${f.base ?? ''} ${f.os ?? ''} ${f.path}`),
		);
		assert.deepEqual(
			places.filter((place, i) => places.indexOf(place) !== i),
			[],
		);
	});
});

describe('fields by other names', () => {
	it('a command that is a list: its first item is the program', () => {
		const text = '{"mcp":{"a":{"type":"local","command":["npx","-y","--token","abc"],"environment":{"K":"v"}}}}';
		const [server] = readDocument('file:///w/opencode.json', text, dialectById('opencode'), 'workspace').servers;
		assert.equal(server?.command?.value, 'npx');
		assert.equal(server?.command?.pointer, '/mcp/a/command/0');
		assert.deepEqual(
			server?.args.map(({ value, pointer, index, name }) => [value, pointer, index, name]),
			[
				['-y', '/mcp/a/command/1', 0, undefined],
				['--token', '/mcp/a/command/2', 1, undefined],
				['abc', '/mcp/a/command/3', 2, '--token'],
			],
		);
		assert.deepEqual(server?.others, []);
	});

	it('env and headers as lists', () => {
		const text =
			'{"mcpServers":{"a":{"command":"x","env":["K=v\\u0041l",{"name":"N","value":"w"}],"headers":["X-Key: h"]}}}';
		const [server] = readDocument('file:///w/x.json', text, dialectById('generic'), 'workspace').servers;
		assert.deepEqual(
			server?.env.map(({ name, value, pointer }) => [name, value, pointer]),
			[
				['K', 'vAl', '/mcpServers/a/env/0'],
				['N', 'w', '/mcpServers/a/env/1/value'],
			],
		);
		const { start, end } = server!.env[0]!.node.spanOf(0, 3);
		assert.equal(text.slice(start, end), 'v\\u0041l');
		assert.deepEqual(
			server?.headers.map(({ name, value }) => [name, value]),
			[['X-Key', 'h']],
		);
	});

	it('numbers are values too', () => {
		const text = 'mcpServers:\n  a:\n    command: x\n    env:\n      PASSWORD: 1234567890\n';
		const [server] = readDocument('file:///w/librechat.yaml', text, dialectById('librechat'), 'workspace').servers;
		assert.equal(server?.env[0]?.value, '1234567890');
	});

	it('names of variables get no meaning from their field', () => {
		const text =
			'[mcp_servers.a]\nurl = "https://x/"\nbearer_token_env_var = "MY_TOKEN"\nenv_vars = ["A", { name = "B" }]\n';
		const [server] = readDocument('file:///w/.codex/config.toml', text, dialectById('codex'), 'workspace').servers;
		assert.deepEqual(
			server?.others.map(({ name, value }) => [name, value]),
			[
				[undefined, 'A'],
				[undefined, 'B'],
				[undefined, 'MY_TOKEN'],
			],
		);
	});

	it('an entry that slipped out of its root is read, settings of other kinds are not', () => {
		const read = (text: string, id: DialectId) =>
			readDocument('file:///w/x.json', text, dialectById(id), 'workspace').servers.map(({ name }) => name);
		assert.deepEqual(read('{"mcpServers":{"a":{"command":"x"}},"b":{"command":"y","env":{}}}', 'cursor'), ['a', 'b']);
		assert.deepEqual(read('{"statusLine":{"type":"command","command":"x"}}', 'claude-settings'), []);
		assert.deepEqual(read('{"context_servers":{"a":{"command":"x"}}}', 'cursor'), ['a']);
	});
});

describe('Codex in every spelling of TOML', () => {
	const spellings: readonly (readonly [string, string])[] = [
		['headers', '[mcp_servers.a]\ncommand = "npx"\n[mcp_servers.a.env]\nT = "{{github-pat}}"\n'],
		['an inline table', '[mcp_servers.a]\ncommand = "npx"\nenv = { T = "{{github-pat}}" }\n'],
		['dotted keys', 'mcp_servers.a.command = "npx"\nmcp_servers.a.env.T = "{{github-pat}}"\n'],
		['dots below a header', '[mcp_servers]\na.command = "npx"\na.env.T = \'{{github-pat}}\'\n'],
		['one line', 'mcp_servers = { a = { command = "npx", env.T = "{{github-pat}}" } }\n'],
		['quoted keys', '["mcp_servers".\'a\']\n"command" = "npx"\n"env"."T" = """{{github-pat}}"""\n'],
		[
			'several lines',
			'[ mcp_servers . a ] # c\r\ncommand = "npx"\r\nenv = { # c\r\n  T = """\\\r\n    {{github-pat}}""",\r\n}\r\n',
		],
		[
			'tables out of order',
			"[mcp_servers.a.env]\nT = '''{{github-pat}}'''\n[other]\nx = 1\n[mcp_servers.a]\ncommand = \"npx\"\n",
		],
	];
	for (const [name, text] of spellings) {
		it(name, () => {
			const document = readDocument('file:///w/.codex/config.toml', expand(text), dialectById('codex'), 'workspace');
			assert.deepEqual(document.tree.problems, []);
			assert.equal(document.servers[0]?.command?.value, 'npx');
			assert.equal(document.servers[0]?.env[0]?.pointer, '/mcp_servers/a/env/T');
			assert.deepEqual(placesOf(document, token('github-pat')), ['a env T']);
		});
	}
});
