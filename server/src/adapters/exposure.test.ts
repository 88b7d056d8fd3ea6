import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { exposureOf } from './exposure.ts';

const root = mkdtempSync(join(tmpdir(), 'exposure-'));
after(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text = '{}'): string {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, text);
	return path;
}

function git(folder: string, ...args: readonly string[]): void {
	const identity = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.invalid' };
	execFileSync('git', ['-C', folder, ...args], {
		env: {
			PATH: process.env.PATH,
			GIT_CONFIG_GLOBAL: '/dev/null',
			GIT_COMMITTER_NAME: 'a',
			GIT_COMMITTER_EMAIL: 'a@example.invalid',
			...identity,
		},
		stdio: 'ignore',
	});
}

function repository(): string {
	const folder = mkdtempSync(join(root, 'r-'));
	git(folder, 'init', '-q');
	return folder;
}

const gitOf = async (path: string) => (await exposureOf(path)).git;

test('what git does with a file', async () => {
	const folder = repository();
	const tracked = write(join(folder, '.mcp.json'));
	const open = write(join(folder, '.cursor', 'mcp.json'));
	const ignored = write(join(folder, '.vscode', 'mcp.json'));
	write(join(folder, '.gitignore'), '.vscode/\n');
	git(folder, 'add', '.mcp.json');
	assert.deepEqual(await gitOf(tracked), { tracked: true, ignored: false, commits: 0 });
	assert.deepEqual(await gitOf(open), { tracked: false, ignored: false });
	assert.deepEqual(await gitOf(ignored), { tracked: false, ignored: true });
	git(folder, 'commit', '-qm', 'one');
	write(tracked, '{ }');
	git(folder, 'commit', '-qam', 'two');
	assert.deepEqual(await gitOf(tracked), { tracked: true, ignored: false, commits: 2 });
});

test('a name that looks like a pattern is a name', async () => {
	const folder = repository();
	write(join(folder, 'a.json'));
	git(folder, 'add', '.');
	assert.deepEqual(await gitOf(write(join(folder, '*.json'))), { tracked: false, ignored: false });
});

test('outside of a repository, without git, and for a file that is gone, nothing is said of git', async () => {
	const alone = write(join(root, 'alone', 'mcp.json'));
	assert.equal(await gitOf(alone), undefined);
	const inside = write(join(repository(), 'mcp.json'));
	assert.equal((await exposureOf(inside, { searchPath: '' })).git, undefined);
	assert.deepEqual(await exposureOf(join(root, 'gone.json')), {});
});

test('a repository cannot make git run a program', async () => {
	const folder = repository();
	const file = write(join(folder, 'mcp.json'));
	const trace = join(root, 'ran');
	const program = write(join(folder, 'p.sh'), `#!/bin/sh\ntouch ${trace}\n`);
	chmodSync(program, 0o755);
	for (const name of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'alias.ls-files']) {
		git(folder, 'config', name, name.startsWith('alias') ? `!${program}` : program);
	}
	assert.deepEqual(await gitOf(file), { tracked: false, ignored: false });
	assert.ok(!existsSync(trace));
});

test('others can read a file if its mode and every folder above allow it', async () => {
	const folder = mkdtempSync(join(root, 'm-'));
	const file = write(join(folder, 'private', 'mcp.json'));
	const open = async () => (await exposureOf(file)).readableByOthers;
	chmodSync(root, 0o755);
	chmodSync(folder, 0o755);
	chmodSync(dirname(file), 0o755);
	chmodSync(file, 0o644);
	assert.equal(await open(), true);
	assert.equal((await exposureOf(file)).mode, 0o644);
	chmodSync(dirname(file), 0o750);
	assert.equal(await open(), false);
	chmodSync(dirname(file), 0o755);
	chmodSync(file, 0o640);
	assert.equal(await open(), false);
	chmodSync(root, 0o700);
});

test('Settings Sync is told by the record that VS Code keeps', async () => {
	const user = join(root, 'Code', 'User');
	const file = write(join(user, 'mcp.json'));
	const ofProfile = write(join(user, 'profiles', '-1a2b', 'mcp.json'));
	assert.equal((await exposureOf(file)).synced, false);
	write(join(user, 'sync', 'mcp', 'lastSyncmcp.json'));
	assert.equal((await exposureOf(file)).synced, true);
	assert.equal((await exposureOf(ofProfile)).synced, false);
	write(join(user, 'sync', '-1a2b', 'mcp', 'lastSyncmcp.json'));
	assert.equal((await exposureOf(ofProfile)).synced, true);
	assert.equal((await exposureOf(write(join(root, 'w', '.vscode', 'mcp.json')))).synced, undefined);
});
