import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RULES, ruleById } from '../rules/index.ts';
import data from './citations.json' with { type: 'json' };
import { citationById, citationsOf } from './citations.ts';

test('every citation says what it is, where and when', () => {
	for (const { id, title, source, date } of data.citations) {
		assert.match(title, /^[A-Z][^\n]{5,120}$/, id);
		assert.match(source, /^https:\/\/[a-z.]+\//, id);
		assert.match(date, /^20\d\d(?:-\d\d){0,2}$/, id);
	}
	assert.equal(new Set(data.citations.map(({ id }) => id)).size, data.citations.length);
});

test('rules cite only what is there', () => {
	for (const rule of RULES) {
		for (const id of rule.cwe) assert.ok(citationById(id), `${rule.id}: ${id}`);
	}
	for (const [rule, ids] of Object.entries(data.rules)) {
		assert.ok(ruleById(rule), rule);
		for (const id of ids) assert.ok(citationById(id), `${rule}: ${id}`);
	}
	assert.equal(citationById('CWE-0'), undefined);
	assert.deepEqual(citationsOf({ id: 'constructor', cwe: [] }), []);
});

test('a rule comes with its weaknesses first', () => {
	assert.deepEqual(
		citationsOf(ruleById('over-scoped-token')!).map(({ id }) => id),
		['CWE-250', 'CWE-272', 'NHI5:2025', 'MCP02:2025', 'ASI03:2026', 'NIST AC-6', 'MCP scope minimization'],
	);
});

test('pages name citations as the data does', () => {
	const folder = new URL('../../../../docs/rules/', import.meta.url);
	for (const name of readdirSync(folder)) {
		const text = readFileSync(new URL(name, folder), 'utf8');
		for (const [, id, title] of text.matchAll(/\b((?:MCP|NHI|ASI)\d{1,2}:20\d\d) ([^\n]+)/g))
			assert.ok(title!.startsWith(citationById(id!)?.title ?? '?'), `${name}: ${id} ${title}`);
	}
});
