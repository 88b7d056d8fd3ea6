import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { token } from '../../../test/support/tokens.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

const config = (value: string) =>
	`{ "mcpServers": { "gh": { "command": "x", "env": { "GITHUB_TOKEN": "${value}" } } } }`;
const CLEAN = config('$' + '{GITHUB_TOKEN}');
const DIRTY = config('{{github-pat}}');

function git(...args: readonly string[]): void {
	const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'commit.gpgsign=false'];
	execFileSync('git', ['-C', at.folder, ...identity, ...args], { stdio: 'ignore' });
}

git('init', '-q');

test('before the first commit, too', async () => {
	at.put('.mcp.json', DIRTY);
	assert.deepEqual(await at.run('scan', '--staged'), { code: 0, out: 'No secret found in 0 configs.\n', err: '' });
	git('add', '.mcp.json');
	const { code, out } = await at.run('scan', '--staged');
	assert.equal(code, 1);
	assert.match(out, /^\.mcp\.json:1:\d+ error /m);
	assert.ok(!out.includes(token('github-pat')));
});

test('what counts is what is staged, not what lies in the folder', async () => {
	at.put('.mcp.json', CLEAN);
	assert.equal((await at.run('scan', '--staged')).code, 1);
	git('add', '.mcp.json');
	at.put('.mcp.json', DIRTY);
	assert.equal((await at.run('scan', '--staged')).code, 0);
	rmSync(join(at.folder, '.mcp.json'));
	assert.match((await at.run('scan', '--staged')).out, /in 1 config/);
});

test('only what changed is read; paths narrow it down', async () => {
	at.put('.mcp.json', CLEAN);
	git('add', '-A');
	git('commit', '-q', '-m', 'x');
	at.put('sub dir/ü/.vscode/mcp.json', DIRTY.replace('mcpServers', 'servers'));
	at.put('other/mcp-config.json', DIRTY);
	at.put('other/notes.json', DIRTY);
	git('add', '-A');
	const { out } = await at.run('scan', '--staged', '--format', 'json');
	const paths = (text: string) => new Set(JSON.parse(text).findings.map(({ path }: { path: string }) => path));
	assert.deepEqual(paths(out), new Set(['other/mcp-config.json', 'sub dir/ü/.vscode/mcp.json']));
	assert.deepEqual(
		paths((await at.run('scan', '--staged', 'other', '--format', 'json')).out),
		new Set(['other/mcp-config.json']),
	);
	assert.equal((await at.run('scan', '--staged', '.mcp.json')).code, 0);
});

test('the index that git hands to a hook is read', async () => {
	git('commit', '-q', '-m', 'y');
	at.put('.mcp.json', DIRTY);
	// What `git commit -a` does before it calls its hooks.
	const index = join(at.folder, '.git/next-index.lock');
	execFileSync('cp', [join(at.folder, '.git/index'), index]);
	execFileSync('git', ['-C', at.folder, 'add', '-A'], { env: { PATH: process.env.PATH, GIT_INDEX_FILE: index } });
	assert.equal((await at.run('scan', '--staged')).code, 0);
	assert.equal((await at.runIn({ GIT_INDEX_FILE: '.git/next-index.lock' }, 'scan', '--staged')).code, 1);
	rmSync(index);
	for (const elsewhere of [index, '/dev/null', '../index']) {
		const { code, err } = await at.runIn({ GIT_INDEX_FILE: elsewhere }, 'scan', '--staged');
		assert.equal(code, 2);
		assert.match(err, /GIT_INDEX_FILE names no index of this repository/);
	}
});

test('nothing that the repository configures is run', async () => {
	const mark = join(at.folder, 'ran');
	const program = at.put('evil.sh', `#!/bin/sh\ntouch '${mark}'\ncat\n`);
	chmodSync(program, 0o755);
	at.put('.gitattributes', '*.json filter=evil diff=evil\n');
	for (const [name, value] of [
		['core.fsmonitor', program],
		['filter.evil.clean', program],
		['filter.evil.smudge', program],
		['diff.evil.textconv', program],
		['diff.evil.command', program],
		['diff.external', program],
		['core.pager', program],
	] as const)
		git('config', name, value);
	await at.run('scan', '--staged');
	assert.ok(!existsSync(mark));
});

test('a staged .env file that a server names is read, as it is staged', async () => {
	git('reset', '-q', '--hard');
	const named = (path: string) =>
		`{ "servers": { "gh": { "command": "x", "envFile": "$\{workspaceFolder}/${path}" } } }`;
	const told = async (...args: readonly string[]) => {
		const { out, err } = await at.run('scan', '--staged', '--format', 'json', ...args);
		assert.equal(err, '');
		const findings: { path: string; ruleId: string; message: string }[] = JSON.parse(out).findings;
		return findings.map(({ path, ruleId }) => `${path} ${ruleId}`).toSorted();
	};
	at.put('env/.vscode/mcp.json', named('secrets/dev'));
	at.put('env/secrets/dev', 'GITHUB_TOKEN={{github-pat}}\n');
	git('add', 'env/.vscode');
	// It lies in the folder only, so that no commit takes it along.
	assert.deepEqual(await told(), []);
	git('add', '-A');
	at.put('env/secrets/dev', 'GITHUB_TOKEN=\n');
	const both = [
		'env/.vscode/mcp.json credential-in-env-file',
		'env/secrets/dev credential-in-env-file',
		'env/secrets/dev tracked-config',
		'env/secrets/dev user-wide-token',
	];
	assert.deepEqual(await told(), both);
	const { out } = await at.run('scan', '--staged');
	assert.match(out, /that server "gh" in env\/\.vscode\/mcp\.json reads/);
	assert.ok(!out.includes(token('github-pat')));

	// The config that names it is committed already.
	git('rm', '-q', '-f', '--cached', 'env/secrets/dev');
	git('commit', '-q', '-m', 'config');
	at.put('env/secrets/dev', 'GITHUB_TOKEN={{github-pat}}\n');
	git('add', '-A');
	assert.deepEqual(await told(), both.slice(1));
	assert.deepEqual(await told('env/secrets'), both.slice(1));
	assert.deepEqual(await told('other'), []);
	git('commit', '-q', '-m', 'secret');
	assert.deepEqual(await told(), []);
});

test('a config cannot have a file outside of the commit read', async () => {
	const outside = at.put('../outside.env', 'GITHUB_TOKEN={{github-pat}}\n');
	for (const path of ['../../outside.env', outside, '/proc/self/environ']) {
		at.put('env/.vscode/mcp.json', `{ "servers": { "gh": { "command": "x", "envFile": "${path}" } } }`);
		git('add', '-A');
		assert.equal((await at.run('scan', '--staged')).code, 0, path);
	}
	rmSync(outside);
});

test('outside of a repository, and beside what does not go with it, it says so', async () => {
	const { code, err } = await at.runIn({ PATH: '/nowhere' }, 'scan', '--staged');
	assert.deepEqual([code, err], [2, 'mcp-hygiene scan: git is not installed, so nothing staged can be read.\n']);
	for (const more of [['--user'], ['--dialect', 'vscode'], ['-']]) {
		assert.match((await at.run('scan', '--staged', ...more)).err, /^mcp-hygiene scan: --staged [^\n]+\n$/);
	}
});
