import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

/** Two secrets, one of them twice; a word beside a telling name; a default; a token in a comment; a reference. */
const CONFIG = `{
	// "OLD_TOKEN": "{{github-pat:7}}"
	"servers": {
		"a": { "command": "x", "env": { "GITHUB_TOKEN": "{{github-pat}}", "GITLAB_TOKEN": "{{gitlab-pat}}" } },
		"b": { "command": "x", "env": { "GITHUB_TOKEN": "{{github-pat}}", "DB_PASSWORD": "sunflower" } },
		"c": { "command": "x", "env": { "MYSQL_PASSWORD": "123456" } },
		"d": { "command": "mcp-hygiene", "args": ["run", "--", "x"], "env": { "A": "cred://pass/mcp/github" } }
	}
}`;

before(() => {
	at.put('repo/.vscode/mcp.json', CONFIG);
	execFileSync('git', ['init', '-q', join(at.folder, 'repo')]);
	execFileSync('git', ['-C', join(at.folder, 'repo'), 'add', '-A']);
});

test('a scan, a list and the rule on tracked files count the same things as secrets', async () => {
	const { out } = await at.run('scan', 'repo');
	assert.match(out, / tracked by git and holds 2 secrets: /);
	assert.match(out, /\. 2 secrets in 3 places, 2 possible secrets \(1 config read\)\.\n$/);
	assert.match(
		(await at.run('list', 'repo')).out,
		/\n2 secrets in 3 places, 2 possible secrets, 1 well-known default, 1 reference\.\n/,
	);
	const { summary } = JSON.parse((await at.run('scan', 'repo', '--format', 'json')).out);
	assert.deepEqual([summary.secrets, summary.places, summary.possible], [2, 3, 2]);
});

test('a list tells apart what is a secret, what may be one, and what only stands for one', async () => {
	const { out } = await at.run('list', 'repo');
	assert.match(out, /^(?:\w+: )?Secret in pass \(password-store\), cred:\/\/pass\/mcp\/github \(reference\)$/m);
	assert.match(out, /^note: .+ \(possible secret\)$/m);
	assert.match(out, /^note: .+ \(well-known default\)$/m);
	const rows = JSON.parse((await at.run('list', 'repo', '--format', 'json')).out) as { countsAs: string }[];
	assert.deepEqual(
		Object.entries(Object.groupBy(rows, (row) => row.countsAs)).map(([what, some]) => [what, some!.length]),
		[
			['secret', 2],
			['possible', 2],
			['default', 1],
			['reference', 1],
		],
	);
});

test('what is said of a .env file counts the same', async () => {
	at.put('env/.vscode/mcp.json', '{ "servers": { "b": { "command": "x", "envFile": "${workspaceFolder}/.env" } } }');
	at.put('env/.env', 'A={{github-pat}}\nB={{github-pat}}\nDB_PASSWORD=sunflower\nMYSQL_PASSWORD=123456\n');
	const { out } = await at.run('scan', 'env');
	assert.match(out, / holds 1 secret in plain text\. Move it to the OS keychain/);
	assert.match(out, /\. 1 secret in 2 places, 1 possible secret \(2 configs read\)\.\n$/);
	at.put('env/.env', 'DB_PASSWORD=sunflower\n');
	assert.match((await at.run('scan', 'env')).out, / holds 1 possible secret in plain text\. /);
	at.put('env/.env', 'MYSQL_PASSWORD=123456\n');
	assert.doesNotMatch((await at.run('scan', 'env')).out, /credential-in-env-file/);
});

test('where nothing is a secret beyond doubt, neither says that there is one', async () => {
	at.put('weak/.mcp.json', '{ "mcpServers": { "b": { "command": "x", "env": { "DB_PASSWORD": "sunflower" } } } }');
	assert.match((await at.run('scan', 'weak')).out, /\n1 note\. No secret found in 1 config, but 1 possible one\.\n$/);
	assert.match((await at.run('list', 'weak')).out, /\nNo secret found, 1 possible secret\.\n/);
});
