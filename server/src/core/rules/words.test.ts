import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describesSecret, isSecretName } from './secret-names.ts';
import { listWords, plainName } from './words.ts';

test('names that people give are shown, random text is not', () => {
	for (const name of [
		'github',
		'GITHUB_PERSONAL_ACCESS_TOKEN',
		'githubPersonalAccessToken',
		's3-eu1-v2-prod',
		'@orders/db-mcp',
		'github.com/me/my-server',
		'X-MCP-Toolsets',
	])
		assert.equal(plainName(name), name);
	assert.equal(plainName(`tok_${'a1'.repeat(12)}`), '(unreadable name)');
	assert.equal(plainName('0b7d2e4c-55a1-4f0e-9c3d-2a6b8e1f4d70'), '(unreadable name)');
	assert.equal(plainName('a'.repeat(65)), '(long name)');
});

test('a secret is told by its name', () => {
	for (const name of ['GITHUB_TOKEN', 'apiKey', 'x-api-key', '--access-token', 'github_pat', 'DB_PASSWORD', 'TOKEN_2'])
		assert.ok(isSecretName(name), name);
	for (const name of ['MAX_TOKENS', 'TOKEN_FILE', 'SECRET_NAME', 'AWS_ACCESS_KEY_ID', 'PROJECT_KEY', 'workspace', ''])
		assert.ok(!isSecretName(name), name);
});

test('a secret is told by its description', () => {
	for (const text of [
		'GitHub Personal Access Token',
		'Your API key',
		'Enter the password',
		'Notion integration secret',
	])
		assert.ok(describesSecret(text), text);
	for (const text of [
		'Maximum number of tokens',
		'Path to the token file',
		'Name of the secret',
		'Token limit',
		'Jira URL',
		'',
	])
		assert.ok(!describesSecret(text), text);
});

test('lists read as people write them', () => {
	assert.equal(listWords([]), '');
	assert.equal(listWords(['a']), 'a');
	assert.equal(listWords(['a', 'b', 'c']), 'a, b and c');
});
