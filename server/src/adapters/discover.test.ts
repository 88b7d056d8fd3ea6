import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { configFolder, type DiscoveredFile, discoverUser, discoverWorkspace } from './discover.ts';
import { movedFolders, windowsHomes } from './homes.ts';

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

/** What is found with everything of one home in place, as paths below it. */
async function inHome(name: string, platform: NodeJS.Platform, paths: readonly string[]): Promise<string[]> {
	put(...paths.map((path) => `${name}/${path}`));
	const home = join(root, name);
	const found = await discoverUser({ home, platform, configFolder: configFolder(platform, home, {}) });
	return found.map((file) => `${file.dialect.id} ${relative(home, file.path)}`);
}

test('Linux: settings folders, profiles, other builds, far sides, extensions', async () => {
	const paths = [
		'.claude.json',
		'.claude/settings.json',
		'.codex/config.toml',
		'.config/Code - Insiders/User/profiles/p1/settings.json',
		'.config/VSCodium/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
		'.config/VSCodium/User/mcp.json',
		'.config/goose/config.yaml',
		'.config/zed/settings.json',
		'.continue/mcpServers/x.yaml',
		'.vscode-server/data/User/mcp.json',
		'.vscode-server/data/Machine/settings.json',
	];
	assert.deepEqual(await inHome('linux', 'linux', [...paths, 'AppData/Roaming/Zed/settings.json']), [
		'claude-code .claude.json',
		'claude-settings .claude/settings.json',
		'codex .codex/config.toml',
		'vscode-settings .config/Code - Insiders/User/profiles/p1/settings.json',
		'cline .config/VSCodium/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
		'vscode .config/VSCodium/User/mcp.json',
		'goose .config/goose/config.yaml',
		'zed .config/zed/settings.json',
		'continue .continue/mcpServers/x.yaml',
		'vscode-settings .vscode-server/data/Machine/settings.json',
		'vscode .vscode-server/data/User/mcp.json',
	]);
});

test('macOS: Application Support, and ~/.config where a host keeps to it', async () => {
	const paths = [
		'.config/zed/settings.json',
		'Library/Application Support/5ire/mcp.json',
		'Library/Application Support/Claude/Claude Extensions Settings/x.json',
		'Library/Application Support/Claude/claude_desktop_config.json',
		'Library/Application Support/Code/User/mcp.json',
		'Library/Developer/Xcode/CodingAssistant/codex/config.toml',
	];
	assert.deepEqual(await inHome('mac', 'darwin', paths), [
		'zed .config/zed/settings.json',
		'5ire Library/Application Support/5ire/mcp.json',
		'claude-extension-settings Library/Application Support/Claude/Claude Extensions Settings/x.json',
		'claude-desktop Library/Application Support/Claude/claude_desktop_config.json',
		'vscode Library/Application Support/Code/User/mcp.json',
		'codex Library/Developer/Xcode/CodingAssistant/codex/config.toml',
	]);
});

const WINDOWS = [
	'AppData/Local/Packages/Claude_abc/LocalCache/Roaming/Claude/claude_desktop_config.json',
	'AppData/Local/crush/crush.json',
	'AppData/Roaming/Block/goose/config/config.yaml',
	'AppData/Roaming/Code/User/mcp.json',
	'AppData/Roaming/Zed/settings.json',
];
const WINDOWS_FOUND = ['claude-desktop', 'crush', 'goose', 'vscode', 'zed'].map((id, i) => `${id} ${WINDOWS[i]}`);

test('Windows: Roaming, Local, packaged apps', async () => {
	assert.deepEqual(await inHome('windows', 'win32', WINDOWS), WINDOWS_FOUND);
});

test('Windows seen from WSL', async () => {
	put(...WINDOWS.map((path) => `c/Users/me/${path}`), 'c/Users/Public/.claude.json', 'wsl/.claude.json');
	const home = join(root, 'wsl');
	const found = await discoverUser({
		home,
		platform: 'linux',
		configFolder: configFolder('linux', home, {}),
		otherHomes: await windowsHomes(join(root, 'c/Users')),
	});
	assert.deepEqual(show(found), [
		...WINDOWS_FOUND.map((line) => line.replace(' ', ' user c/Users/me/')),
		'claude-code user wsl/.claude.json',
	]);
});

test('folders that a variable moves, and the administrator’s own', async () => {
	put('moved/codex/config.toml', 'moved/xdg/goose/config.yaml', 'etc/codex/config.toml', 'moved/h/.codex/config.toml');
	const home = join(root, 'moved/h');
	const found = await discoverUser({
		home,
		platform: 'linux',
		configFolder: configFolder('linux', home, { XDG_CONFIG_HOME: join(root, 'moved/xdg') }),
		moved: movedFolders({ CODEX_HOME: join(root, 'moved/codex') }),
		root,
	});
	assert.deepEqual(show(found), [
		'codex user etc/codex/config.toml',
		'codex user moved/codex/config.toml',
		'goose user moved/xdg/goose/config.yaml',
	]);
});
