import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIgnored, parseIgnore } from './ignore.ts';

const ignored = (pattern: string, folder: string, base = '') => isIgnored(folder, parseIgnore(pattern, base));

test('a name is ignored at any depth, a path from the folder of the file', () => {
	assert.equal(ignored('dist', 'a/b/dist'), true);
	assert.equal(ignored('dist/', 'dist'), true);
	assert.equal(ignored('/dist', 'a/dist'), false);
	assert.equal(ignored('a/dist', 'a/dist'), true);
	assert.equal(ignored('a/dist', 'b/a/dist'), false);
	assert.equal(ignored('/out', 'pkg/out', 'pkg'), true);
	assert.equal(ignored('/out', 'out', 'pkg'), false);
});

test('stars', () => {
	assert.equal(ignored('*.tmp', 'a/b.tmp'), true);
	assert.equal(ignored('b?ild', 'build'), true);
	assert.equal(ignored('**/cache', 'a/b/cache'), true);
	assert.equal(ignored('a/**/z', 'a/z'), true);
	assert.equal(ignored('a/**/z', 'a/b/c/z'), true);
	assert.equal(ignored('a/*/z', 'a/b/c/z'), false);
});

test('the last rule that fits decides; comments and blank lines are none', () => {
	assert.equal(ignored('# dist\n\nout\n!out', 'out'), false);
	assert.equal(ignored('!out\nout', 'out'), true);
	assert.equal(ignored('\\#x', '#x'), true);
});

/** With backtracking, neither would end while anybody waits. */
test('no pattern goes on for ever', () => {
	assert.equal(ignored(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000)), false);
	assert.equal(ignored(`${'**/a/'.repeat(200)}b`, 'a/'.repeat(400)), false);
});
