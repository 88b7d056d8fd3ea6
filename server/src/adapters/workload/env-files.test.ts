import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectById } from '../../core/dialects/index.ts';
import { readDocument } from '../../core/read.ts';
import { namedEnvFiles } from './env-files.ts';

function pathsOf(envFile: string, places: { config: string; folder?: string }): string[] {
	const text = JSON.stringify({ servers: { a: { command: 'x', envFile } } });
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	return namedEnvFiles(document, { home: '/home/me', ...places }).map(({ path }) => path);
}

const config = '/w/.vscode/mcp.json';

test('an envFile is found from the workspace folder, the home, or by its whole path', () => {
	assert.deepEqual(pathsOf('$' + '{workspaceFolder}/.env', { config }), ['/w/.env']);
	assert.deepEqual(pathsOf('$' + '{workspaceFolder}/.env', { config, folder: '/outer' }), ['/outer/.env']);
	assert.deepEqual(pathsOf('.env', { config }), ['/w/.env']);
	assert.deepEqual(pathsOf('.env', { config: '/w/mcp.json' }), ['/w/.env']);
	assert.deepEqual(pathsOf('~/secrets.env', { config }), ['/home/me/secrets.env']);
	assert.deepEqual(pathsOf('$' + '{userHome}/x.env', { config }), ['/home/me/x.env']);
	assert.deepEqual(pathsOf('/etc/x.env', { config }), ['/etc/x.env']);
});

test('a path that only the host can tell is left alone', () => {
	for (const envFile of ['$' + '{input:file}', '$' + '{env:DIR}/.env', ''])
		assert.deepEqual(pathsOf(envFile, { config }), []);
});
