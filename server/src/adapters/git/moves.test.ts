import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Repository } from '../../../../test/support/git-repository.ts';
import { token } from '../../../../test/support/tokens.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { firstSeen, type GitLimits } from './history.ts';

const root = mkdtempSync(join(tmpdir(), 'git-moves-'));
after(() => rmSync(root, { recursive: true, force: true }));

const OLD = token('github-pat', 1);
const NEW = token('github-pat', 2);
const SOUGHT = [OLD, NEW].map((value, i) => ({ fingerprint: `f${i}`, secret: SecretValue.of(value) }));

const see = (repository: Repository, path: string, limits: Partial<GitLimits> = {}) =>
	firstSeen(join(repository.folder, path), SOUGHT, limits);
const config = (value: string, more = '') => `{\n\t"servers": { "x": { "env": { "T": "${value}" } } }${more}\n}\n`;

test('a config that was renamed keeps the age of its secrets', async () => {
	const repository = new Repository(root);
	const first = repository.commitFiles({ 'mcp.json': config(OLD) }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'mcp.json': undefined, '.vscode/mcp.json': config(OLD) }, '2025-06-01T00:00:00Z');
	const { ages, problem } = await see(repository, '.vscode/mcp.json');
	assert.equal(problem, undefined);
	assert.deepEqual(ages.get('f0'), {
		since: Date.parse('2025-01-01T00:00:00Z'),
		precision: 'at-least',
		source: 'git',
		detail: `git: first seen in commit ${first} on 2025-01-01 (in mcp.json, from where it was moved)`,
	});
});

test('renamed twice, and edited beyond recognition each time', async () => {
	const repository = new Repository(root);
	const filler = (word: string) => Array.from({ length: 200 }, (_, i) => `// ${word} ${i}`).join('\n');
	repository.commitFiles({ 'a b/tools.json': config(OLD, filler('one')) }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'a b/tools.json': undefined, 'é.json': `${filler('two')}"${OLD}"` }, '2025-02-01T00:00:00Z');
	repository.commitFiles({ 'é.json': undefined, 'x/.mcp.json': config(OLD, filler('three')) }, '2025-03-01T00:00:00Z');
	const { ages } = await see(repository, 'x/.mcp.json');
	assert.equal(ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
	assert.match(ages.get('f0')?.detail ?? '', /\(in a b\/tools\.json, from where/);
});

test('one server that moved out of a file which stays is followed; a value that came in with the move is not', async () => {
	const repository = new Repository(root);
	repository.commitFiles({ 'mcp.json': config(OLD) }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'mcp.json': '{}', '.vscode/mcp.json': config(OLD) + NEW }, '2025-06-01T00:00:00Z');
	const { ages } = await see(repository, '.vscode/mcp.json');
	assert.equal(ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
	assert.equal(ages.get('f1')?.since, Date.parse('2025-06-01T00:00:00Z'));
});

test('a copy of another config keeps the age, also when the other one is gone since', async () => {
	const repository = new Repository(root);
	repository.commitFiles({ 'readme.md': 'x' }, '2024-01-01T00:00:00Z');
	repository.commitFiles({ 'app/.cursor/mcp.json': config(OLD), 'notes.md': NEW }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ '.vscode/mcp.json': config(OLD) + NEW }, '2025-06-01T00:00:00Z');
	repository.commitFiles({ 'app/.cursor/mcp.json': undefined, 'app/.env': OLD }, '2025-07-01T00:00:00Z');
	const { ages, problem } = await see(repository, '.vscode/mcp.json');
	assert.equal(problem, undefined);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
	assert.match(ages.get('f0')?.detail ?? '', /\(in app\/\.cursor\/mcp\.json, where it stood before\)/);
	assert.equal(ages.get('f1')?.since, Date.parse('2025-06-01T00:00:00Z'), 'other files are not searched');
	const env = await see(repository, 'app/.env');
	assert.equal(env.ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
});

test('a move on a side branch is found through its merge', async () => {
	const repository = new Repository(root);
	repository.commitFiles({ 'mcp.json': config(OLD) }, '2025-01-01T00:00:00Z');
	repository.git('checkout', '-q', '-b', 'side');
	repository.commitFiles({ 'mcp.json': undefined, '.mcp.json': config(OLD) }, '2025-02-01T00:00:00Z');
	repository.git('checkout', '-q', '-');
	repository.commitFiles({ 'readme.md': 'x' }, '2025-03-01T00:00:00Z');
	repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
	assert.equal((await see(repository, '.mcp.json')).ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
});

test('moved to and fro without end: it stops, keeps what it has, and says so', async () => {
	const repository = new Repository(root);
	for (let i = 0; i < 12; i++) {
		const before = i === 0 ? {} : { [`at-${i - 1}.json`]: undefined };
		repository.commitFiles({ ...before, [`at-${i}.json`]: OLD }, `2025-${String(i + 1).padStart(2, '0')}-01T00:00:00Z`);
	}
	const { ages, problem } = await see(repository, 'at-11.json');
	assert.match(problem ?? '', /more often than is followed/);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-04-01T00:00:00Z'));
});

test('a move inside of a huge commit is given up at the limit, with the later commit as a lower bound', async () => {
	const repository = new Repository(root);
	const blob = `${'x'.repeat(1_000)}\n`.repeat(2_000);
	repository.commitFiles({ 'mcp.json': OLD, 'big.txt': blob }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'mcp.json': undefined, 'big.txt': undefined, '.mcp.json': OLD }, '2025-02-01T00:00:00Z');
	const { ages, problem } = await see(repository, '.mcp.json', { maxBytes: 1_000_000 });
	assert.match(problem ?? '', /very large/);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-02-01T00:00:00Z'));
});

test('a history that is damaged before the move keeps the move as a lower bound, and says so', async () => {
	const repository = new Repository(root);
	repository.commitFiles({ 'mcp.json': OLD }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'mcp.json': undefined, '.mcp.json': `${OLD}\n` }, '2025-02-01T00:00:00Z');
	const blob = repository.git('rev-parse', 'HEAD~1:mcp.json');
	rmSync(join(repository.folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
	const { ages, problem } = await see(repository, '.mcp.json');
	assert.match(problem ?? '', /could not read the history/);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-02-01T00:00:00Z'));
});

test("content that looks like git's own lines leads nowhere", async () => {
	const repository = new Repository(root);
	const fake = `-- a/../../../etc/passwd\ndiff --git a/x b/x\n--- a/x\n@@\n-${OLD}\n\0${'0'.repeat(40)} 1\n+${OLD}\n`;
	repository.commitFiles({ 'mcp.json': fake }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'mcp.json': undefined, '.mcp.json': OLD }, '2025-02-01T00:00:00Z');
	const { ages, problem } = await see(repository, '.mcp.json');
	assert.equal(problem, undefined);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
});

test('no setting of the repository hides a move, and none runs a program', {
	skip: process.platform === 'win32',
}, async () => {
	const repository = new Repository(root);
	repository.commitFiles({ 'é/mcp.json': OLD, '.gitattributes': '*.json diff=evil\n' }, '2025-01-01T00:00:00Z');
	repository.commitFiles({ 'é/mcp.json': undefined, 'sub/.mcp.json': OLD }, '2025-02-01T00:00:00Z');
	const marker = join(root, 'marker');
	const program = join(repository.folder, '.git', 'evil');
	writeFileSync(program, `#!/bin/sh\ntouch '${marker}'\n`);
	chmodSync(program, 0o755);
	for (const [key, value] of [
		['diff.renames', 'copies'],
		['diff.renameLimit', '1000000'],
		['diff.relative', 'true'],
		['diff.noprefix', 'true'],
		['diff.mnemonicPrefix', 'true'],
		['log.showRoot', 'false'],
		['log.diffMerges', 'off'],
		['log.follow', 'true'],
		['core.quotePath', 'true'],
		['diff.external', program],
		['diff.evil.command', program],
		['diff.evil.textconv', program],
		['core.fsmonitor', program],
		['core.hooksPath', join(repository.folder, '.git')],
		['core.pager', program],
	] as const)
		repository.git('config', key, value);
	const { ages } = await see(repository, 'sub/.mcp.json');
	assert.equal(existsSync(marker), false);
	assert.equal(ages.get('f0')?.since, Date.parse('2025-01-01T00:00:00Z'));
	assert.match(ages.get('f0')?.detail ?? '', /\(in é\/mcp\.json,/);
});
