import assert from 'node:assert/strict';
import { test } from 'node:test';
import { token } from '../../../test/support/tokens.ts';
import { plainName, plainPointer } from './names-shown.ts';

test('a token is not shown as a name, whatever pieces it is made of', () => {
	for (const kind of ['github-pat', 'gitlab-pat', 'slack-bot'] as const) {
		assert.match(plainName(token(kind)), /^\((?:unreadable|long) name\)$/, kind);
	}
	assert.equal(plainName('postgres://me:hunter2-and-more@db.internal/x'), '(unreadable name)');
});

test('a pointer keeps its way and loses its secrets', () => {
	assert.equal(plainPointer('/servers/git~1hub/env/GITHUB_TOKEN'), '/servers/git~1hub/env/GITHUB_TOKEN');
	assert.equal(plainPointer(`/servers/${token('github-pat')}/args/0`), '/servers/(unreadable name)/args/0');
	assert.equal(plainPointer(''), '');
});
