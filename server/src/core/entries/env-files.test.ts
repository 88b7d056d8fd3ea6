import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { envFilesOf } from './env-files.ts';

test('the .env files that a config names', () => {
	const text =
		'{"servers":{"a":{"command":"x","envFile":"${workspaceFolder}/.env"},"b":{"command":"docker","args":["run","--env-file","b.env","--env-file=~/c.env","img"]}}}';
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	assert.deepEqual(
		envFilesOf(document).map(({ server, part, path }) => [server.name, part.pointer, path]),
		[
			['a', '/servers/a/envFile', '${workspaceFolder}/.env'],
			['b', '/servers/b/args/2', 'b.env'],
			['b', '/servers/b/args/3', '~/c.env'],
		],
	);
});
