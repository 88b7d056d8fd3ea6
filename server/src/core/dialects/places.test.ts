import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectFor, dialectForContent, hasKnownName } from './index.ts';

const of = (path: string, home?: string) => {
	const found = dialectFor(path, home);
	return found && `${found.dialect.id} ${found.scope}`;
};

test('a home is told by the person’s own, by its look, or not at all', () => {
	assert.equal(of('/srv/me/.codex/config.toml', '/srv/me'), 'codex user');
	assert.equal(of('/home/you/.codex/config.toml', '/srv/me'), 'codex user');
	assert.equal(of('C:\\Users\\me\\.gemini\\settings.json'), 'gemini user');
	assert.equal(of('/mnt/c/Users/me/.cursor/mcp.json', '/home/me'), 'cursor user');
	assert.equal(of('\\\\wsl.localhost\\Ubuntu\\home\\me\\.claude.json', 'C:\\Users\\me'), 'claude-code user');
	assert.equal(of('/home/me/work/.codex/config.toml', '/home/me'), 'codex workspace');
	assert.equal(of('/w/dotfiles/.claude.json', '/home/me'), 'claude-code workspace');
	assert.equal(of('/home/me/.vscode-server/data/User/mcp.json'), 'vscode user');
});

test('each system keeps settings in its own folder', () => {
	assert.equal(of('/Users/me/Library/Application Support/Claude/claude_desktop_config.json'), 'claude-desktop user');
	assert.equal(of('C:/Users/me/AppData/Roaming/Code - Insiders/User/profiles/x/mcp.json'), 'vscode user');
	assert.equal(of('/etc/codex/config.toml'), 'codex user');
	assert.equal(of('C:\\ProgramData\\gemini-cli\\settings.json'), 'gemini user');
	assert.equal(of('/w/etc/gemini-cli/settings.json'), undefined);
});

test('names that say nothing belong to nobody', () => {
	for (const path of [
		'/w/settings.json',
		'/w/config.yaml',
		'/w/.env',
		'/w/config.toml',
		'/w/toString',
		'/w/servers.json',
	])
		assert.equal(of(path), undefined, path);
	assert.equal(of('/anywhere/cline_mcp_settings.json'), 'cline user');
});

test('a walk asks by name first', () => {
	for (const name of ['mcp.json', '.mcp.json', 'team.code-workspace', 'config.toml', 'mcp_settings.json'])
		assert.ok(hasKnownName(name), name);
	for (const name of ['package-lock', 'index.ts', 'README.md', 'constructor']) assert.ok(!hasKnownName(name), name);
});

const byContent = (path: string, text: string) => dialectForContent(path, text, '/home/me')?.dialect.id;
const ENTRY = '{"command":"npx","args":["-y"],"env":{}}';

test('what a file holds tells where its name does not', () => {
	assert.equal(byContent('/w/mcp-config.json', `{"mcpServers":{"a":${ENTRY}}}`), 'generic');
	assert.equal(byContent('/w/claude.example.mcp.json', `{"mcpServers":{"a":${ENTRY}}}`), 'generic');
	assert.equal(byContent('/w/examples/claude_desktop.json', `{"mcpServers":{"a":${ENTRY}}}`), 'claude-desktop');
	assert.equal(byContent('/w/x.json', `{"mcpServers":{},"inputs":[]}`), 'portable');
	assert.equal(byContent('/w/x.json', `{"inputs":[],"servers":{"a":${ENTRY}}}`), 'vscode');
	assert.equal(byContent('/w/x.json', `{"context_servers":{"a":${ENTRY}}}`), 'zed');
	assert.equal(byContent('/w/x.json', `{"mcp":{"a":{"type":"local","command":["npx"]}}}`), 'opencode');
	assert.equal(byContent('/w/x.json', `{"a":${ENTRY}}`), 'generic');
	assert.equal(byContent('/w/manifest.json', '{"server":{"mcp_config":{"command":"x"}}}'), 'mcpb');
	assert.equal(byContent('/w/codex/config.toml', '[mcp_servers.a]\ncommand = "x"\nargs = []\n'), 'codex');
	assert.equal(byContent('/w/x.toml', '[[mcp_servers]]\ncommand = "x"\nargs = []\n'), 'mistral-vibe');
	assert.equal(byContent('/w/x.yaml', 'mcpServers:\n- command: x\n  args: []\n'), 'continue');
	assert.equal(byContent('/w/recipe.yaml', 'extensions:\n- type: stdio\n  cmd: x\n'), 'goose');
	assert.equal(byContent('/w/x.yml', 'a:\n  mcpServers:\n    b: {command: x, args: []}\n'), 'generic-yaml');
	assert.equal(byContent('/w/x.json', '{"mcpServers":{"half":{"command":"npx","args":["-y"'), 'generic');
});

test('a copy is read as what it is a copy of', () => {
	assert.equal(byContent('/w/.vscode/mcp.json.bak', ''), 'vscode');
	assert.equal(byContent('/w/.mcp.json.example', ''), 'portable');
	assert.equal(byContent('/w/.codex/config.toml.old~', ''), 'codex');
});

test('a bare mcp.json is VS Code’s unless it holds what VS Code does not read', () => {
	assert.equal(byContent('/w/docs/mcp.json', `{"servers":{"a":${ENTRY}}}`), 'vscode');
	assert.equal(byContent('/w/docs/mcp.json', `{"mcpServers":{"a":${ENTRY}}}`), 'generic');
	assert.equal(byContent('/w/.vscode/mcp.json', `{"mcpServers":{"a":${ENTRY}}}`), 'vscode');
});

test('everything else stays unread', () => {
	for (const [path, text] of [
		['/w/openapi.json', '{"openapi":"3.1.0","servers":[{"url":"https://x/","description":"d"}]}'],
		['/w/package.json', '{"scripts":{"mcp":"x"},"mcp":{"name":"y"}}'],
		['/w/tasks.json', '{"version":"2.0.0","tasks":[{"label":"a","type":"shell","command":"x","args":[]}]}'],
		['/w/compose.yaml', 'services:\n  a:\n    command: x\n    environment: {}\n'],
		['/w/Cargo.toml', '[package]\nname = "mcp_servers"\n'],
		['/w/readme.txt', `{"mcpServers":{"a":${ENTRY}}}`],
		['/w/x.json', 'not json, but "mcpServers": in it'],
	] as const)
		assert.equal(byContent(path, text), undefined, path);
});
