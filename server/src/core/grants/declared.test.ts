import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { classify } from '../issuers/classify.ts';
import { knownKind } from '../issuers/index.ts';
import { bestGrant, grantOf } from './best.ts';
import { type DeclaredWords, declaredGrant, knownScopes } from './declared.ts';
import { excessOf } from './excess.ts';
import type { Grant } from './grant.ts';

const NOW = Date.UTC(2026, 10, 24);
const declared = (words: DeclaredWords) => declaredGrant(words, NOW) as Grant;
const issuer = (more: Partial<Grant>): Grant => ({
	source: 'issuer',
	asOf: NOW,
	precision: 'known',
	scopes: [],
	...more,
});

describe('what a person says of a token', () => {
	test('is at least that, with the date', () => {
		assert.deepEqual(declared({ scopes: ['issues:write', 'issues:write'], expires: '2027-01-31' }), {
			source: 'declared',
			asOf: NOW,
			precision: 'at-least',
			scopes: ['issues:write'],
			expiresAt: Date.UTC(2027, 0, 31),
		});
		assert.equal(declared({ scopes: [], expires: '2027-01-31' }).precision, 'unknown', 'an end alone is no reach');
	});

	test('may be that it never ends', () => {
		const endless = declared({ scopes: [], expires: 'never' });
		assert.deepEqual([endless.neverExpires, endless.expiresAt], [true, undefined]);
	});

	const wrong: [string, unknown][] = [
		['nothing', { scopes: [] }],
		['no list', { scopes: 'repo' }],
		['a token that was pasted', { scopes: [token('github-pat')] }],
		['a name over two lines', { scopes: ['a\nb'] }],
		['a name without end', { scopes: ['x'.repeat(500)] }],
		['too many', { scopes: Array.from({ length: 101 }, (_, i) => `s${i}`) }],
		['another access', { scopes: [], access: 'all' }],
		['a day that does not exist', { scopes: [], expires: '2026-02-30' }],
		['a day in words', { scopes: [], expires: 'soon' }],
	];
	for (const [what, words] of wrong)
		test(`${what} is refused, and not repeated`, () => {
			const answer = declaredGrant(words as DeclaredWords, NOW);
			assert.ok('refused' in answer);
			assert.match(answer.refused, /othing was kept/);
			assert.ok(!answer.refused.includes(token('github-pat')));
		});

	test('counts below the issuer and the token’s own bytes, above the form', () => {
		const own = grantOf(classify(token('github-fine-grained'), { position: 'env' })[0]!, NOW);
		const said = declared({ scopes: ['issues:write'], expires: '2027-01-31' });
		assert.deepEqual([bestGrant(own, said)?.source, bestGrant(own, said)?.scopes], ['declared', ['issues:write']]);
		assert.equal(bestGrant(said, issuer({ scopes: ['issues:read'] }))?.source, 'issuer');
		const bytes: Grant = { ...own, source: 'token', precision: 'at-least', scopes: ['read'] };
		assert.deepEqual(bestGrant(said, bytes)?.scopes, ['read']);
	});

	test('fills what the issuer leaves open, under its own name', () => {
		const onlyEnd = issuer({ precision: 'unknown', expiresAt: Date.UTC(2026, 11, 1), account: 'me' });
		const both = bestGrant(onlyEnd, declared({ scopes: ['issues:write'], expires: '2027-01-31' }));
		assert.deepEqual([both?.source, both?.scopes, both?.account], ['declared', ['issues:write'], 'me']);
		assert.deepEqual([both?.expiresAt, both?.endFrom?.source], [Date.UTC(2026, 11, 1), 'issuer']);
	});

	test('makes an excess like any other grant', () => {
		const need = {
			server: 's',
			scopes: [],
			permissions: ['issues:read'],
			access: 'read',
			basis: '',
			source: '',
			date: '',
		};
		const fine = knownKind('github-pat-fine-grained');
		assert.deepEqual(excessOf(declared({ scopes: ['contents:write'] }), { ...need, access: 'read' }, fine), {
			scopes: ['contents:write'],
			access: 'write',
		});
		assert.equal(
			excessOf(declared({ scopes: [], access: 'admin' }), { ...need, access: 'read' }, fine).access,
			'admin',
		);
	});
});

describe('scopes to choose from', () => {
	const of = (issuerId: string, kind: string) => knownScopes(issuerId, { id: kind });

	test('are those of the kind', () => {
		assert.ok(of('github', 'github-pat-classic').includes('admin:org'));
		const fine = of('github', 'github-pat-fine-grained');
		assert.ok(fine.includes('issues:write') && !fine.includes('repo'));
		assert.ok(of('gitlab', 'gitlab-pat').includes('read_api'));
		assert.ok(of('notion', 'notion-integration').length > 0);
	});

	test('are none where nothing is known', () => assert.deepEqual(of('nobody', 'nothing'), []));
});
