import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { envFilePath, envFilesOf } from './env-files.ts';

test('the .env files that a config names', () => {
	const text =
		'{"servers":{"a":{"command":"x","envFile":"${workspaceFolder}/.env"},"b":{"command":"docker","args":["run","--env-file","b.env","--env-file=~/c.env","img"]}}}';
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	const folders = { workspace: '/w', home: '/home/me' };
	assert.deepEqual(
		envFilesOf(document).map(({ server, part, path }) => [server.name, part.pointer, envFilePath(path, folders)]),
		[
			['a', '/servers/a/envFile', '/w/.env'],
			['b', '/servers/b/args/2', '/w/b.env'],
			['b', '/servers/b/args/3', '/home/me/c.env'],
		],
	);
});

test('what only the host can tell is left alone', () => {
	const folders = { workspace: '/w', home: '/home/me' };
	assert.equal(envFilePath('${input:file}', folders), undefined);
	assert.equal(envFilePath('C:\\secrets\\.env', folders), 'C:/secrets/.env');
	assert.equal(envFilePath('./.env.local', folders), '/w/.env.local');
});
