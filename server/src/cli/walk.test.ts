import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { refusing } from '../../../test/support/refusing.ts';
import { Progress } from './progress.ts';
import { findConfigs } from './walk.ts';

const root = mkdtempSync(join(tmpdir(), 'walk-'));
after(() => rmSync(root, { recursive: true }));

const progress = await Progress.start({ err() {}, showsProgress: async () => false, onInterrupt() {} });
const found = async (folder: string) =>
	(await findConfigs(folder, '/home/me', progress)).places.map(({ path, dialect }) => [
		relative(root, path),
		dialect.id,
	]);

function put(path: string, text = '{}'): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

test('known config names are found at any depth, dependencies and ignored folders are not entered', async () => {
	put('a/.gitignore', 'build/\n.vscode\n.mcp.json\n.codex\n');
	put('a/.mcp.json');
	put('a/.vscode/mcp.json');
	put('a/.vscode/tasks.json');
	put('a/.codex/config.toml', '');
	put('a/packages/a/.cursor/mcp.json');
	put('a/team.code-workspace');
	put('a/package.json');
	put('a/build/.mcp.json');
	put('a/node_modules/x/.mcp.json');
	put('a/.git/mcp.json');
	symlinkSync(root, join(root, 'a/circle'));
	symlinkSync(join(root, 'a/.mcp.json'), join(root, 'a/packages/a/.mcp.json'));
	assert.deepEqual(await found(join(root, 'a')), [
		['a/.codex/config.toml', 'codex'],
		['a/.mcp.json', 'portable'],
		['a/.vscode/mcp.json', 'vscode'],
		['a/packages/a/.cursor/mcp.json', 'cursor'],
		['a/packages/a/.mcp.json', 'portable'],
		['a/team.code-workspace', 'code-workspace'],
	]);
});

test('a file whose name speaks of MCP is one if it holds servers', async () => {
	const servers = '{ "mcpServers": { "a": { "command": "x", "args": [] } } }';
	put('b/mcp-config.json', servers);
	put('b/team.mcp.json', servers);
	put('b/.mcp.json.example', servers);
	put('b/mcp-notes.json', '{ "title": "about MCP" }');
	put('b/mcp.ts', servers);
	put('b/other.json', servers);
	assert.deepEqual(
		(await found(join(root, 'b'))).map(([path]) => path),
		['b/.mcp.json.example', 'b/mcp-config.json', 'b/team.mcp.json'],
	);
});

test('a folder that is not there has no configs', async () => {
	assert.deepEqual(await findConfigs(join(root, 'absent'), '/home/me', progress), { places: [], problems: [] });
});

test('what the system refuses to show is told, and the rest is found', async () => {
	put('c/.mcp.json');
	put('c/closed/.mcp.json');
	put('c/d/team.mcp.json');
	const closed = join(root, 'c/closed');
	const team = join(root, 'c/d/team.mcp.json');
	for (const [code, reason] of [
		['EACCES', 'cannot be read: permission denied. Check its owner and mode.'],
		['EPERM', 'cannot be read: the operating system refuses.'],
		['EIO', 'cannot be read: the disk reports an error.'],
	] as const) {
		const { places, problems } = await refusing({ [closed]: code, [team]: code }, () =>
			findConfigs(join(root, 'c'), '/home/me', progress),
		);
		assert.deepEqual(
			places.map(({ path }) => relative(root, path)),
			['c/.mcp.json'],
		);
		assert.deepEqual(problems.toSorted(), [`${closed} ${reason}`, `${team} ${reason}`]);
	}
	const { problems } = await refusing({ [closed]: 'ENOENT' }, () => findConfigs(join(root, 'c'), '/home/me', progress));
	assert.deepEqual(problems, [], 'went away meanwhile');
});
