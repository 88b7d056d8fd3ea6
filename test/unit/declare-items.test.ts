import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { declaredWords, declareItems, wrongDay } from '../../client/src/declare-items.ts';

const QUESTION = {
	label: 'GitHub token #a1b2c3',
	issuer: 'GitHub',
	scopes: [
		{ scope: 'issues:read', access: 'read' as const },
		{ scope: 'issues:write', access: 'write' as const },
	],
};

describe('saying what a token may do', () => {
	it('offers the issuer’s scopes, general words, and a box for others', () => {
		const items = declareItems(QUESTION);
		assert.deepEqual(
			items.filter(({ isHeading }) => isHeading).map(({ label }) => label),
			['In general', 'Scopes of GitHub'],
		);
		assert.deepEqual(
			items.flatMap(({ scope, description }) => (scope ? [`${scope} ${description}`] : [])),
			['issues:read read', 'issues:write write'],
		);
		assert.ok(items.every(({ picked }) => !picked));
	});

	it('has ticked what was said before, also what had to be typed', () => {
		const said = { scopes: ['issues:write', 'my own'], access: 'read' as const, on: '2026-11-24' };
		const items = declareItems({ ...QUESTION, said });
		const ticked = items.filter(({ picked }) => picked).map(({ label }) => label);
		assert.deepEqual(ticked, ['It only reads', 'my own', 'issues:write']);
	});

	it('makes one statement of what was ticked and typed', () => {
		const items = declareItems(QUESTION).filter(({ isHeading }) => !isHeading);
		assert.deepEqual(declaredWords(items, ' a b, issues:read\n,c', ' 2027-01-31 '), {
			scopes: ['issues:read', 'issues:write', 'a b', 'c'],
			access: 'admin',
			expires: '2027-01-31',
		});
		assert.deepEqual(declaredWords([], '', ''), { scopes: [] });
	});

	it('takes a day, or none', () => {
		for (const fine of ['', '  ', '2027-01-31', 'never']) assert.equal(wrongDay(fine), undefined);
		for (const wrong of ['soon', '2027-02-30', '31.1.2027', '2027-1-1']) assert.match(wrongDay(wrong)!, /YYYY-MM-DD/);
	});
});
