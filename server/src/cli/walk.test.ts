import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { findConfigs } from './walk.ts';

const root = mkdtempSync(join(tmpdir(), 'walk-'));
after(() => rmSync(root, { recursive: true }));

function put(path: string, text = '{}'): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

test('known config names are found at any depth, dependencies and ignored folders are not entered', () => {
	put('.gitignore', 'build/\n.vscode\n.mcp.json\n');
	put('.mcp.json');
	put('.vscode/mcp.json');
	put('.vscode/tasks.json');
	put('packages/a/.cursor/mcp.json');
	put('team.code-workspace');
	put('package.json');
	put('build/.mcp.json');
	put('node_modules/x/.mcp.json');
	put('.git/mcp.json');
	symlinkSync(root, join(root, 'circle'));
	symlinkSync(join(root, '.mcp.json'), join(root, 'packages/a/.mcp.json'));
	const found = findConfigs(root, '/home/me').map((path) => relative(root, path));
	assert.deepEqual(found, [
		'.mcp.json',
		'.vscode/mcp.json',
		'packages/a/.cursor/mcp.json',
		'packages/a/.mcp.json',
		'team.code-workspace',
	]);
});

test('a folder that is not there has no configs', () => {
	assert.deepEqual(findConfigs(join(root, 'absent'), '/home/me'), []);
});
