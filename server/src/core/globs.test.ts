import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatches } from './globs.ts';

test('a glob without a slash is a name', () => {
	assert.ok(globMatches('mcp.json', 'a/b/mcp.json'));
	assert.ok(globMatches('*.example.json', 'a/mcp.example.json'));
	assert.ok(!globMatches('mcp.json', 'a/.mcp.json'));
});

test('a star stays in its part, two stars do not', () => {
	assert.ok(globMatches('fixtures/*/mcp.json', 'fixtures/one/mcp.json'));
	assert.ok(!globMatches('fixtures/*/mcp.json', 'fixtures/one/two/mcp.json'));
	assert.ok(globMatches('fixtures/**', 'fixtures/one/two/mcp.json'));
	assert.ok(globMatches('fixtures/', 'fixtures/one/mcp.json'));
	assert.ok(globMatches('**/fixtures/**/mcp.json', 'a/fixtures/mcp.json'));
	assert.ok(!globMatches('fixtures/**', 'other/fixtures/mcp.json'));
	assert.ok(globMatches('a?c/mcp.json', 'abc/mcp.json'));
});

test('a choice', () => {
	assert.ok(globMatches('{docs,examples}/**/*.json', 'examples/a/mcp.json'));
	assert.ok(!globMatches('{docs,examples}/**/*.json', 'src/a/mcp.json'));
});

test('Windows paths', () => {
	assert.ok(globMatches('C:\\work\\**', 'C:\\work\\a\\mcp.json'));
});

/** With backtracking, none of these would end while anybody waits. */
test('no glob goes on for ever', () => {
	assert.equal(globMatches(`${'*a'.repeat(2_000)}b`, 'a'.repeat(5_000)), false);
	assert.equal(globMatches('**/'.repeat(200), 'a/'.repeat(500)), true);
	assert.equal(globMatches('{a,b}'.repeat(40), 'a'), false);
});
