import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';

const CONFIG = '{"servers":{"own":{"command":"my-tool","env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';
const PERSONAL = 'home/.local/share/mcp-hygiene/config.json';

test('list shows what your own config.json says that a server needs', async () => {
	const at = desk();
	at.put('.vscode/mcp.json', CONFIG);
	assert.doesNotMatch((await at.run('list')).out, /needs/);
	const needs = [{ match: 'my-tool', issuer: 'github', scopes: ['read:org'], access: 'read' }];
	at.put(PERSONAL, JSON.stringify({ needs }));
	const { code, out, err } = await at.run('list');
	assert.deepEqual([code, err], [0, '']);
	assert.match(out, / {2}needs {4}read:org, as your own settings say/);
	const [row] = JSON.parse((await at.run('list', '--format', 'json')).out);
	assert.deepEqual(row.scope.chips, [{ text: 'read:org', kind: 'unknown' }]);
	rmSync(at.folder, { recursive: true });
});

test('nonsense there is told, and the list is shown all the same', async () => {
	const at = desk();
	at.put('.vscode/mcp.json', CONFIG);
	for (const [text, problem] of [
		['{"needs":[{"match":"x"}]}', /"needs" in your config\.json, entry 1: "scopes" must be/],
		['{"needs":7}', /"needs" in your config\.json, it must be a list/],
	] as const) {
		at.put(PERSONAL, text);
		const { out, err } = await at.run('list');
		assert.match(err, problem);
		assert.match(out, /1 secret in 1 place/);
		assert.match((await at.run('scan')).err, problem);
	}
	rmSync(at.folder, { recursive: true });
});
