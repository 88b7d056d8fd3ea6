import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectById, dialectFor } from './dialects/index.ts';
import { readDocument } from './read.ts';

const read = (text: string, dialect: Parameters<typeof dialectById>[0] = 'vscode') =>
	readDocument('file:///w/.vscode/mcp.json', text, dialectById(dialect), 'workspace');

test('a stdio server is read with a span for every part', () => {
	const text =
		'{ "servers": { "gh": { "command": "npx", "args": ["-y", "--token", "abc"], "env": { "A": "x\\u0041y" } } } }';
	const [server] = read(text).servers;
	assert.equal(server?.name, 'gh');
	assert.equal(server?.transport, 'stdio');
	assert.deepEqual(
		server?.args.map((a) => [a.value, a.name]),
		[
			['-y', undefined],
			['--token', undefined],
			['abc', '--token'],
		],
	);
	const env = server!.env[0]!;
	assert.equal(env.value, 'xAy');
	assert.equal(env.pointer, '/servers/gh/env/A');
	const span = env.node.spanOf(1, 2);
	assert.equal(text.slice(span.start, span.end), '\\u0041');
});

test('a half-typed file keeps what parses', () => {
	const document = read('{ "servers": { "gh": { "command": "npx", "env": { "TOKEN": "abc"');
	assert.equal(document.servers[0]?.env[0]?.value, 'abc');
	assert.ok(document.tree.problems.length > 0);
});

test('comments and trailing commas are problems only where the host refuses them', () => {
	const text = '{ // c\n "mcpServers": { "a": { "url": "https://x/" }, } }';
	assert.equal(read(text, 'cursor').tree.problems.length, 0);
	assert.ok(read(text, 'claude-desktop').tree.problems.length > 0);
	assert.equal(read(text, 'claude-desktop').servers[0]?.transport, 'http');
});

test('deep nesting is a problem, not a crash', () => {
	const document = read('['.repeat(100_000));
	assert.match(document.tree.problems[0]!.message, /Nested deeper/);
});

test('a repeated key: every value is read, because each may hold a token', () => {
	const servers = read('{"servers":{"a":{"env":{"T":"1","T":"2"}}}}').servers;
	assert.deepEqual(
		servers[0]!.env.map((e) => e.value),
		['1', '2'],
	);
});

test('wrong types are ignored', () => {
	for (const text of [
		'',
		'[]',
		'{"servers":[]}',
		'{"servers":{"a":1}}',
		'{"servers":{"a":{"args":{"x":1},"env":[1],"command":3}}}',
		'{"inputs":{}}',
		'\0{"a":\0}',
	])
		assert.doesNotThrow(() => read(text));
});

test('an entry that starts through the launcher is seen through', () => {
	const [run] = read(
		'{"servers":{"gh":{"command":"mcp-hygiene","args":["run","--server","gh","--","npx","-y","srv"]}}}',
	).servers;
	assert.equal(run?.launcher?.server, 'gh');
	assert.equal(run?.launcher?.command?.value, 'npx');
	const [connect] = read(
		'{"servers":{"x":{"command":"/home/me/bin/mcp-hygiene","args":["connect","https://x/mcp","--bearer","cred://keychain/x/y","--header","X-Key=cred://keychain/x/z"]}}}',
	).servers;
	assert.equal(connect?.launcher?.url?.value, 'https://x/mcp');
	assert.deepEqual(
		connect?.launcher?.headers.map((h) => [h.name, h.reference]),
		[
			['authorization', 'cred://keychain/x/y'],
			['X-Key', 'cred://keychain/x/z'],
		],
	);
});

test('inputs are read with defaults and options', () => {
	const { inputs } = read(
		'{"inputs":[{"id":"t","type":"promptString","password":true,"default":"d"},{"id":"p","type":"pickString","options":["a",{"label":"l","value":"b"}]}]}',
	);
	assert.equal(inputs[0]?.password, true);
	assert.deepEqual(
		inputs.map((i) => i.values.map((v) => v.value)),
		[['d'], ['a', 'b']],
	);
});

test('the path chooses the dialect', () => {
	const of = (path: string, home?: string) => {
		const found = dialectFor(path, home);
		return found && `${found.dialect.id} ${found.scope}`;
	};
	assert.equal(of('/w/.vscode/mcp.json'), 'vscode workspace');
	assert.equal(of('/home/me/.config/Code/User/mcp.json'), 'vscode user');
	assert.equal(of('/home/me/.config/Code/User/profiles/ab12/mcp.json'), 'vscode user');
	assert.equal(of('C:\\Users\\me\\AppData\\Roaming\\Claude\\claude_desktop_config.json'), 'claude-desktop user');
	assert.equal(of('/w/.mcp.json'), 'portable workspace');
	assert.equal(of('/w/.cursor/mcp.json'), 'cursor workspace');
	assert.equal(of('/home/me/.cursor/mcp.json', '/home/me'), 'cursor user');
	assert.equal(of('/w/team.code-workspace'), 'code-workspace workspace');
	assert.equal(of('/w/.vscode/settings.json'), 'vscode-settings workspace');
	assert.equal(of('/w/package.json'), undefined);
});

test('only a person’s own file keeps entries for other folders', () => {
	const text = '{ "projects": { "/home/me/shop": { "mcpServers": { "db": { "command": "db" } } } } }';
	const folderIn = (scope: 'user' | 'workspace') =>
		readDocument('file:///w/.claude.json', text, dialectById('claude-code'), scope).servers[0]?.folder;
	assert.deepEqual([folderIn('user'), folderIn('workspace')], ['/home/me/shop', undefined]);
});
