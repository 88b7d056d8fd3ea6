import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

const KNOWN = ['passEnvironment', 'indexKey', 'proxy', 'ca', 'pass'];

test('a word that is nearly a known one', () => {
	assert.equal(nearest('passEnviroment', KNOWN), 'passEnvironment');
	assert.equal(nearest('indexkey', KNOWN), 'indexKey');
	assert.equal(nearest('Proxi', KNOWN), 'proxy');
	assert.equal(nearest('cas', KNOWN), 'ca');
});

test('another word is like none', () => {
	for (const word of ['timeout', 'x', '', 'a'.repeat(10_000)]) assert.equal(nearest(word, KNOWN), undefined);
	assert.equal(nearest('proxy', []), undefined);
});
