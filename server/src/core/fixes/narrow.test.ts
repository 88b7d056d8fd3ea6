import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { ids, waysIn } from '../../../../test/support/ways.ts';

test('the most certain way comes first', () => {
	assert.deepEqual(
		ids(`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`),
		['read-only', 'without-tools', 'oauth', 'copy-scopes', 'open-page'],
	);
});

test('a file that cannot be edited still has its issuer’s page', () => {
	const broken = `{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } ]`;
	assert.deepEqual(
		waysIn(broken).ways.filter(({ kind }) => kind === 'edit'),
		[],
	);
	assert.ok(waysIn(broken).ways.some(({ kind }) => kind === 'open-page'));
});

test('no way holds the token', () => {
	for (const entry of [
		`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`,
		`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "Authorization": "Bearer {{github-pat}}" } } } }`,
		`{ "servers": { "gh": { "command": "docker", "args": ["run", "-e", "T={{github-pat}}", "ghcr.io/github/github-mcp-server"] } } }`,
	]) {
		const { ways } = waysIn(entry);
		assert.ok(!JSON.stringify(ways).includes(expand('{{github-pat}}').slice(0, 14)));
	}
});
