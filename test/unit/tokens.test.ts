import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { expand, TOKEN_NAMES, token } from '../support/tokens.ts';

test('the same name and seed are the same token, another seed is another one', () => {
	for (const name of TOKEN_NAMES) {
		assert.equal(token(name), token(name, 1), name);
		assert.notEqual(token(name), token(name, 2), name);
	}
});

test('placeholders expand, with and without a seed', () => {
	assert.equal(expand('a {{github-pat}} b {{generic:7}}'), `a ${token('github-pat')} b ${token('generic', 7)}`);
	assert.throws(() => expand('{{no-such-thing}}'), /Known: github-pat/);
});

test('formats have the documented shape', () => {
	const shapes: Record<string, RegExp> = {
		'github-pat': /^ghp_[A-Za-z0-9]{36}$/,
		'github-fine-grained': /^github_pat_\d[A-Za-z0-9]{21}_[A-Za-z0-9]{59}$/,
		'github-refresh': /^ghr_[A-Za-z0-9]{76}$/,
		'gitlab-pat': /^glpat-[\w-]{20}$/,
		'gitlab-routable': /^glpat-[\w-]{27,300}\.01\.[0-9a-z]{9}$/,
		atlassian: /^ATATT3[\w-]{177}=[0-9A-F]{8}$/,
		bitbucket: /^ATCTT3[\w-]{177}=[0-9A-F]{8}$/,
		'slack-bot': /^xoxb-\d{10,13}-\d{10,13}-[A-Za-z0-9]{24}$/,
		'openai-project': /^sk-proj-[\w-]{74}T3BlbkFJ[\w-]{74}$/,
		anthropic: /^sk-ant-api\d{2}-[\w-]{93}AA$/,
		'anthropic-admin': /^sk-ant-admin\d{2}-[\w-]{93}AA$/,
		'aws-key-id': /^AKIA[Q-Z2-7][A-Z2-7]{15}$/,
		'aws-secret': /^[A-Za-z0-9/+]{40}$/,
		'google-api-key': /^AIza[\w-]{35}$/,
		'supabase-pat': /^sbp_[a-f0-9]{40}$/,
		'supabase-secret': /^sb_secret_[\w-]{31,36}$/,
		jwt: /^eyJ[\w-]{10,400}\.eyJ[\w-]{10,400}\.[\w-]{43}$/,
	};
	for (const [name, shape] of Object.entries(shapes)) assert.match(token(name), shape, name);
});

test('checksums are right', () => {
	const github = token('github-pat');
	assert.equal(fromBase62(github.slice(-6)), crc32(github.slice(4, -6)));
	const atlassian = token('atlassian');
	assert.equal(Number.parseInt(atlassian.slice(-8), 16), crc32(atlassian.slice(0, -8)));
	const gitlab = token('gitlab-routable');
	assert.equal(Number.parseInt(gitlab.slice(-7), 36), crc32(gitlab.slice(0, -7)));
	const spoiled = token('github-pat-bad-checksum');
	assert.notEqual(fromBase62(spoiled.slice(-6)), crc32(spoiled.slice(4, -6)));
});

function fromBase62(text: string): number {
	const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
	return [...text].reduce((sum, character) => sum * 62 + alphabet.indexOf(character), 0);
}
