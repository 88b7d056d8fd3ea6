import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findIssuer } from '../issuers/index.ts';
import data from './publishers.json' with { type: 'json' };
import { publishes } from './publishers.ts';

it('an issuer publishes under its own name, and under the names of the table', () => {
	const OWN = [
		['notionhq', 'notion'],
		['getsentry', 'sentry'],
		['sentry', 'sentry'],
		['neondatabase', 'neon'],
		['mondaydotcomorg', 'monday'],
		['SonarSource', 'sonarqube'],
		['upstash', 'context7'],
		['github', 'github'],
		['supabase', 'supabase'],
	] as const;
	for (const [owner, issuer] of OWN) assert.ok(publishes(owner, issuer), owner);
});

it('nobody else does: not under a name that begins alike, nor for another issuer', () => {
	for (const owner of ['github-tools', 'notion-mcp', 'zereight', 'constructor', 'modelcontextprotocol', 'mcp'])
		for (const issuer of ['github', 'notion', 'gitlab', 'sentry']) assert.ok(!publishes(owner, issuer), owner);
	assert.ok(!publishes('notionhq', 'github'));
});

it('the table names issuers that are known', () => {
	for (const issuers of Object.values(data.owners)) for (const id of issuers.split(' ')) assert.ok(findIssuer(id), id);
	assert.match(data.read, /^20\d\d-\d\d$/);
	assert.ok(Object.keys(data.owners).every((owner) => owner === owner.toLowerCase()));
});
