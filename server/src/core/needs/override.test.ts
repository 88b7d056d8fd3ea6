import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { readNeeds } from './override.ts';

const NEED = { match: 'server:gh', issuer: 'github', scopes: ['read:org'], access: 'read' };
const problemsOf = (raw: unknown) => readNeeds(raw).problems.join('\n');

describe('what a person says that servers need', () => {
	test('is taken as it is', () => {
		const needs = [NEED, { match: '@zereight/mcp-gitlab', scopes: [], access: 'write' }];
		assert.deepEqual(readNeeds(needs), { needs, problems: [] });
		assert.deepEqual(readNeeds(undefined), { needs: [], problems: [] });
		assert.equal(problemsOf([{ ...NEED, scopes: ['issues:write'] }]), '', 'permissions of fine-grained tokens too');
		assert.equal(problemsOf([{ match: 'https://api.githubcopilot.com/mcp', scopes: [], access: 'read' }]), '');
	});

	const wrong: [string, unknown, RegExp][] = [
		['no list', 'nonsense', /^it must be a list/],
		['no object', [3], /^entry 1: it must be an object/],
		['no name', [{ ...NEED, match: ' ' }], /"match" must be a package/],
		['scopes as one text', [{ ...NEED, scopes: 'repo' }], /"scopes" must be a list/],
		['a scope without end', [{ ...NEED, scopes: ['x'.repeat(300)] }], /"scopes" must be a list/],
		['another access', [{ ...NEED, access: 'all' }], /"access" must be read, write or admin/],
		['an issuer that is none', [{ ...NEED, issuer: 'gitub' }], /"issuer" must be the id/],
		['a server and an issuer that nobody knows', [{ match: 'mine', scopes: [], access: 'read' }], /say by "issuer"/],
	];
	for (const [what, raw, problem] of wrong)
		test(`${what}: not used, and it says why`, () => {
			assert.deepEqual(readNeeds(raw).needs, []);
			assert.match(problemsOf(raw), problem);
		});

	test('one wrong entry does not cost the others', () => {
		const { needs, problems } = readNeeds([NEED, null, { ...NEED, match: 'server:b' }]);
		assert.deepEqual([needs.length, problems.length], [2, 1]);
		assert.match(problems[0]!, /^entry 2:/);
	});

	test('what is only misspelled is used and told', () => {
		const { needs, problems } = readNeeds([
			{ ...NEED, scopes: ['read:orgs'] },
			{ ...NEED, scope: [] },
		]);
		assert.equal(needs.length, 2);
		assert.match(problems.join('\n'), /entry 1: "read:orgs" is no scope .*\nentry 2: "scope" means nothing/);
	});

	test('a list without end is cut, and a token that was pasted is not repeated', () => {
		const many = readNeeds(Array.from({ length: 5000 }, () => NEED));
		assert.deepEqual([many.needs.length, many.problems], [200, ['only the first 200 entries are used.']]);
		const pasted = problemsOf([{ ...NEED, scopes: [token('github-pat')], [token('gitlab-pat')]: 1 }]);
		assert.ok(!pasted.includes(token('github-pat')) && !pasted.includes(token('gitlab-pat')));
	});
});
