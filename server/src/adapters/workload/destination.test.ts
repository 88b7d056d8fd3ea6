import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dialectById } from '../../core/dialects/index.ts';
import { readDocument } from '../../core/read.ts';
import type { McpServer } from '../../core/servers.ts';
import { referencesIn } from './config-entry.ts';
import { describeDestination, envFileEntries } from './destination.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'env-')));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, '.env');

function serverWith(entry: object): McpServer {
	const text = JSON.stringify({ servers: { a: { command: 'node', ...entry } } });
	return readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace').servers[0]!;
}

const surroundings = { roots: [folder], environment: {}, home: '/home/me' };
const envFile = '$' + '{workspaceFolder}/.env';

test('the variables of an envFile are read as dotenv writes them, and `env` counts more', () => {
	writeFileSync(path, '# A=1\nB=2 # two\n export C = "x"\r\nno name\n=5\nD.E=\nOWN=1\n');
	assert.deepEqual(envFileEntries(serverWith({ envFile, env: { OWN: '2' } }), surroundings), [
		['B', '2'],
		['C', 'x'],
		['D.E', ''],
	]);
	assert.deepEqual(envFileEntries(serverWith({ envFile: 'absent' }), surroundings), []);
	assert.deepEqual(envFileEntries(serverWith({}), surroundings), []);
});

test('a reference in an envFile is one of the entry', () => {
	writeFileSync(path, "TOKEN='cred://keychain/a'\nOTHER=cred:/not/one\n");
	const server = serverWith({ envFile, env: { T: 'cred://keychain/b' } });
	assert.deepEqual(referencesIn(server, surroundings), [
		{ reference: 'cred://keychain/b', target: { env: 'T' } },
		{ reference: 'cred://keychain/a', target: { env: 'TOKEN' } },
	]);
});

test('what is about to be written counts, to the same hash as when it is written', () => {
	const server = serverWith({ envFile });
	const text = 'TOKEN=cred://keychain/ä\n';
	const written = new Map([[path, text]]);
	const before = describeDestination(server, { env: 'TOKEN' }, { ...surroundings, written });
	assert.equal(envFileEntries(server, { ...surroundings, written }).length, 1);
	writeFileSync(path, text);
	assert.deepEqual(before, describeDestination(server, { env: 'TOKEN' }, surroundings));
});
