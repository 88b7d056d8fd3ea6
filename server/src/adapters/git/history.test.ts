import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Repository } from '../../../../test/support/git-repository.ts';
import { token } from '../../../../test/support/tokens.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { firstSeen, type SoughtSecret } from './history.ts';

const root = mkdtempSync(join(tmpdir(), 'git-'));
after(() => rmSync(root, { recursive: true, force: true }));

const OLD = token('github-pat', 1);
const NEW = token('github-pat', 2);
const sought = (...values: readonly string[]): SoughtSecret[] =>
	values.map((value, i) => ({ fingerprint: `f${i}`, secret: SecretValue.of(value) }));

test('the oldest commit that added the literal is the evidence, however often it went and came back', async () => {
	const repository = new Repository(root);
	repository.commit('{}', '2025-01-01T00:00:00Z');
	const first = repository.commit(`{ "env": "${OLD}" }`, '2025-10-08T12:00:00Z');
	repository.commit('{}', '2025-11-01T00:00:00Z');
	repository.commit(`{ "env": "${OLD}", "other": "${NEW}" }`, '2025-12-01T00:00:00Z');
	const { ages, problem } = await firstSeen(repository.config, sought(OLD, NEW, token('github-pat', 3)));
	assert.equal(problem, undefined);
	assert.deepEqual(ages.get('f0'), {
		since: Date.parse('2025-10-08T12:00:00Z'),
		precision: 'at-least',
		source: 'git',
		detail: `git: first seen in commit ${first} on 2025-10-08`,
	});
	assert.equal(ages.get('f1')?.since, Date.parse('2025-12-01T00:00:00Z'));
	assert.equal(ages.has('f2'), false);
});

test('no repository, no commit, no git: no age, and no exception', async () => {
	const bare = mkdtempSync(join(root, 'none-'));
	writeFileSync(join(bare, '.mcp.json'), OLD);
	assert.equal((await firstSeen(join(bare, '.mcp.json'), sought(OLD))).ages.size, 0);
	assert.match((await firstSeen(new Repository(root).config, sought(OLD))).problem ?? '', /without commits/);
	assert.match((await firstSeen(join(bare, 'x'), sought(OLD), { searchPath: '.' })).problem ?? '', /not installed/);
});

test('a commit from before git was made, or from the future, tells no age', async () => {
	const repository = new Repository(root);
	repository.commit(OLD, '1971-01-01T00:00:00Z');
	const look = ({ config }: Repository) => firstSeen(config, sought(OLD), { now: Date.parse('2026-11-24') });
	assert.equal((await look(repository)).ages.size, 0);
	repository.commit('{}', '2025-01-01T00:00:00Z');
	repository.commit(OLD, '2025-02-01T00:00:00Z');
	assert.equal((await look(repository)).ages.get('f0')?.since, Date.parse('2025-02-01T00:00:00Z'));
	const ahead = new Repository(root);
	ahead.commit(OLD, '2090-01-01T00:00:00Z');
	assert.equal((await look(ahead)).ages.size, 0);
});

test('limits cut the search short and say so', async () => {
	const repository = new Repository(root);
	for (let i = 1; i <= 3; i++) repository.commit(`${OLD} ${'x'.repeat(50_000)} ${i}`, `2025-0${i}-01T00:00:00Z`);
	assert.match((await firstSeen(repository.config, sought(OLD), { deadline: 0 })).problem ?? '', /too long/);
	const cut = await firstSeen(repository.config, sought(OLD), { maxBytes: 120_000 });
	assert.match(cut.problem ?? '', /newer part/);
});

test('a shallow clone tells that it is one', async () => {
	const repository = new Repository(root);
	repository.commit(OLD, '2025-01-01T00:00:00Z');
	repository.commit(`${OLD}\n`, '2025-02-01T00:00:00Z');
	const clone = join(root, 'shallow');
	execFileSync('git', ['clone', '-q', '--depth', '1', `file://${repository.folder}`, clone]);
	const { ages } = await firstSeen(join(clone, '.mcp.json'), sought(OLD));
	assert.match(ages.get('f0')?.detail ?? '', /shallow clone/);
});

test('a path with glob and pathspec characters is taken as it is', async () => {
	const repository = new Repository(root);
	mkdirSync(join(repository.folder, ':(glob)*'));
	const path = join(repository.folder, ':(glob)*', '*.json');
	writeFileSync(path, OLD);
	repository.git('add', '.');
	repository.git('commit', '-q', '-m', 'x');
	assert.equal((await firstSeen(path, sought(OLD))).ages.size, 1);
});

test('nothing that a hostile repository configures is run', { skip: process.platform === 'win32' }, async () => {
	const repository = new Repository(root);
	const markers = mkdtempSync(join(root, 'markers-'));
	const program = (name: string) => {
		const path = join(repository.folder, '.git', name);
		writeFileSync(path, `#!/bin/sh\ntouch '${join(markers, name)}'\ncat "$1" 2>/dev/null\nexit 0\n`);
		chmodSync(path, 0o755);
		return path;
	};
	writeFileSync(join(repository.folder, '.gitattributes'), '*.json diff=evil filter=evil\n');
	repository.commit(OLD, '2025-01-01T00:00:00Z');
	repository.commit(`${OLD} again`, '2025-02-01T00:00:00Z');
	const hooks = join(repository.folder, '.git', 'hooks');
	for (const hook of ['post-index-change', 'pre-auto-gc', 'reference-transaction', 'fsmonitor-watchman']) {
		writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch '${join(markers, hook)}'\n`, { mode: 0o755 });
	}
	for (const key of [
		'core.fsmonitor',
		'core.pager',
		'pager.log',
		'core.sshCommand',
		'core.askPass',
		'gpg.program',
		'diff.external',
		'diff.evil.textconv',
		'diff.evil.command',
		'filter.evil.clean',
		'filter.evil.smudge',
		'core.alternateRefsCommand',
	]) {
		repository.git('config', key, program(key));
	}
	repository.git('config', 'alias.log', `!${program('alias')}`);
	repository.git('config', 'log.showSignature', 'true');
	repository.git('config', 'color.ui', 'always');
	repository.git('config', 'remote.origin.url', `ext::${program('lazy-fetch')}`);
	repository.git('config', 'remote.origin.promisor', 'true');
	repository.git('config', 'protocol.ext.allow', 'always');
	repository.git('config', 'extensions.partialClone', 'origin');
	const sprung = () =>
		readdirSync(markers).map((name) => {
			rmSync(join(markers, name));
			return name;
		});

	assert.equal((await firstSeen(repository.config, sought(OLD))).ages.size, 1);
	assert.deepEqual(sprung(), []);
	// The trap is real: git without our care walks into it.
	repository.git('log', '-p', '--ext-diff', '--', '.mcp.json');
	assert.ok(sprung().includes('diff.evil.command'));

	// A missing object makes git fetch it from the promisor, unless it is told not to.
	const blob = repository.git('rev-parse', 'HEAD~1:.mcp.json');
	rmSync(join(repository.folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
	await firstSeen(repository.config, sought(OLD));
	assert.deepEqual(sprung(), []);
	assert.throws(() => repository.git('log', '-p', '--', '.mcp.json'));
	assert.ok(sprung().includes('lazy-fetch'));
	assert.equal(existsSync(join(repository.folder, '.git/index.lock')), false);
});

test('a hostile environment does not reach git', async () => {
	const repository = new Repository(root);
	repository.commit(OLD, '2025-01-01T00:00:00Z');
	const marker = join(root, 'external-diff');
	writeFileSync(join(root, 'ext.sh'), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
	const script = `import { firstSeen } from ${JSON.stringify(new URL('./history.ts', import.meta.url).href)};
		import { SecretValue } from ${JSON.stringify(new URL('../../core/secret-value.ts', import.meta.url).href)};
		import { token } from ${JSON.stringify(new URL('../../../../test/support/tokens.ts', import.meta.url).href)};
		const { ages } = await firstSeen(process.argv[1], [{ fingerprint: 'f', secret: SecretValue.of(token('github-pat')) }]);
		process.stdout.write(String(ages.size));`;
	const env = {
		...process.env,
		GIT_EXTERNAL_DIFF: join(root, 'ext.sh'),
		GIT_DIR: '/nowhere',
		GIT_PAGER: join(root, 'ext.sh'),
	};
	const out = execFileSync(process.execPath, ['--input-type=module', '-e', script, repository.config], {
		env,
		encoding: 'utf8',
	});
	assert.equal(out, '1');
	assert.equal(existsSync(marker), false);
});
