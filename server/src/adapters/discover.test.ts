import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { configFolder, type DiscoveredFile, discoverUser, discoverWorkspace } from './discover.ts';

const root = mkdtempSync(join(tmpdir(), 'discover-'));
after(() => rmSync(root, { recursive: true }));

function put(...paths: readonly string[]): void {
	for (const path of paths) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), '{}');
	}
}

const show = (files: readonly DiscoveredFile[]) =>
	files.map((f) => `${f.dialect.id} ${f.scope} ${relative(root, f.path)}`);

test('a folder: known places directly under it, and workspace files', async () => {
	put(
		'w/.vscode/mcp.json',
		'w/.vscode/settings.json',
		'w/.mcp.json',
		'w/team.code-workspace',
		'w/sub/.mcp.json',
		'w/package.json',
	);
	mkdirSync(join(root, 'w/.cursor/mcp.json'), { recursive: true });
	assert.deepEqual(show(await discoverWorkspace([join(root, 'w'), join(root, 'absent')])), [
		'portable workspace w/.mcp.json',
		'vscode workspace w/.vscode/mcp.json',
		'vscode-settings workspace w/.vscode/settings.json',
		'code-workspace workspace w/team.code-workspace',
	]);
});

test('a person: home, settings folder, profiles, the running editor', async () => {
	put('h/.cursor/mcp.json', 'h/.config/Code/User/mcp.json', 'h/.config/Code/User/profiles/a1/mcp.json');
	put('h/.config/Claude/claude_desktop_config.json', 'data/User/mcp.json', 'data/User/profiles/x/mcp.json');
	symlinkSync(join(root, 'h/.cursor/mcp.json'), join(root, 'h/.mcp.json'));
	const home = join(root, 'h');
	const files = await discoverUser({
		home,
		platform: 'linux',
		configFolder: configFolder('linux', home, {}),
		userDataFolder: join(root, 'data/User'),
	});
	assert.deepEqual(show(files), [
		'vscode user data/User/mcp.json',
		'vscode user data/User/profiles/x/mcp.json',
		'claude-desktop user h/.config/Claude/claude_desktop_config.json',
		'vscode user h/.config/Code/User/mcp.json',
		'vscode user h/.config/Code/User/profiles/a1/mcp.json',
		'cursor user h/.cursor/mcp.json',
		'portable user h/.mcp.json',
	]);
});

test('the settings folder of each platform', () => {
	assert.equal(configFolder('linux', '/home/me', {}), '/home/me/.config');
	assert.equal(configFolder('linux', '/home/me', { XDG_CONFIG_HOME: '/x' }), '/x');
	assert.equal(configFolder('darwin', '/Users/me', {}), '/Users/me/Library/Application Support');
	assert.equal(configFolder('win32', 'C:/me', { APPDATA: 'C:/me/AppData/Roaming' }), 'C:/me/AppData/Roaming');
});
