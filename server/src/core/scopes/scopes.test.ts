import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KNOWN_SERVERS } from '../needs/table.ts';
import { SCOPE_MODELS, scopeModel } from './index.ts';
import { accessOf, beyond, covers, type ScopeModel } from './model.ts';

/** Issuer, granted, needed. */
const COVERED: readonly (readonly [string, string, string])[] = [
	['github', 'repo', 'repo:status'],
	['github', 'repo', 'security_events'],
	['github', 'admin:org', 'write:org'],
	['github', 'admin:org', 'read:org'],
	['github', 'project', 'read:project'],
	['gitlab', 'api', 'read_api'],
	['gitlab', 'api', 'read_repository'],
	['gitlab', 'write_repository', 'read_repository'],
	['sentry', 'org:admin', 'org:read'],
	['sentry', 'event:write', 'event:read'],
	['google', 'https://www.googleapis.com/auth/drive', 'drive.readonly'],
	['google', 'gmail.modify', 'https://www.googleapis.com/auth/gmail.send'],
	['atlassian', 'read:jira-work', 'read:issue:jira'],
	['atlassian', 'write:confluence-content', 'read:page:confluence'],
	['posthog', '*', 'feature_flag:write'],
	['cloudflare', 'workers:write', 'workers:read'],
	['figma', 'files:read', 'file_content:read'],
	['postgres', 'pg_read_all_data', 'SELECT'],
	['neon', '*', 'write'],
];

const NOT_COVERED: readonly (readonly [string, string, string])[] = [
	['github', 'public_repo', 'repo'],
	['github', 'read:org', 'write:org'],
	['github', 'repo', 'delete_repo'],
	['github', 'repo', 'workflow'],
	['gitlab', 'read_api', 'api'],
	['gitlab', 'api', 'sudo'],
	['sentry', 'event:read', 'event:write'],
	['sentry', 'team:admin', 'org:read'],
	['slack', 'channels:read', 'channels:history'],
	['atlassian', 'read:jira-work', 'write:issue:jira'],
	['atlassian', 'read:jira-work', 'read:page:confluence'],
	['grafana', 'dashboards:write', 'dashboards:read'],
	['airtable', 'data.records:write', 'data.records:read'],
	['postgres', 'SELECT', 'INSERT'],
];

function model(issuer: string): ScopeModel {
	return SCOPE_MODELS[issuer]!;
}

describe('does a granted scope cover a needed one', () => {
	for (const [issuer, granted, needed] of COVERED)
		test(`${issuer}: ${granted} covers ${needed}`, () => assert.ok(covers(model(issuer), granted, needed)));
	for (const [issuer, granted, needed] of NOT_COVERED)
		test(`${issuer}: ${granted} does not cover ${needed}`, () => assert.ok(!covers(model(issuer), granted, needed)));
});

test('what is granted beyond the need, in the issuer’s words', () => {
	assert.deepEqual(beyond(model('github'), ['repo', 'admin:org', 'gist'], ['repo', 'read:org']), ['admin:org', 'gist']);
	assert.deepEqual(beyond(model('github'), ['public_repo', 'repo:status'], ['repo']), []);
	assert.deepEqual(beyond(model('gitlab'), ['read_api', 'self_rotate'], ['read_api']), []);
	assert.deepEqual(beyond(model('google'), ['openid', 'https://www.googleapis.com/auth/drive'], ['drive.readonly']), [
		'https://www.googleapis.com/auth/drive',
	]);
	assert.deepEqual(beyond(model('posthog'), ['*'], ['insight:read']), ['*']);
	assert.deepEqual(beyond(model('atlassian'), ['read:issue:jira', 'offline_access'], ['read:jira-work']), []);
});

test('a scope that the model does not know is never called excess', () => {
	assert.deepEqual(beyond(model('github'), ['moon:landing', '', '__proto__', 'constructor'], []), []);
	assert.deepEqual(beyond(model('cloudflare'), ['Workers Scripts Read'], []), []);
});

test('the most that scopes allow', () => {
	for (const [issuer, scopes, access] of [
		['github', ['read:org', 'user:email'], 'read'],
		['github', ['repo'], 'write'],
		['github', ['repo', 'admin:org'], 'admin'],
		['gitlab', ['read_api', 'self_rotate'], 'read'],
		['gitlab', ['api'], 'write'],
		['gitlab', ['api', 'sudo'], 'admin'],
		['slack', ['channels:history', 'search:read'], 'read'],
		['slack', ['chat:write.customize'], 'write'],
		['slack', ['admin.users:read'], 'admin'],
		['google', ['openid'], undefined],
		['google', ['https://www.googleapis.com/auth/cloud-platform'], 'admin'],
		['grafana', ['dashboards:read', 'datasources:query'], 'read'],
		['grafana', ['users:write'], 'admin'],
		['grafana', ['users:read'], 'read'],
		['postgres', ['SELECT', 'SUPERUSER'], 'admin'],
		['atlassian', ['read:jira-work', 'search:confluence'], 'read'],
		['atlassian', ['manage:jira-configuration'], 'admin'],
	] as const)
		assert.equal(accessOf(model(issuer), scopes), access, `${issuer}: ${scopes.join(' ')}`);
});

test('fine-grained permissions are a scheme of their own', () => {
	const permissions = scopeModel('github', { id: 'github-app-user' })!;
	assert.ok(covers(permissions, 'issues:write', 'issues:read'));
	assert.deepEqual(beyond(permissions, ['metadata:read', 'issues:write', 'contents:read'], ['issues:read']), [
		'issues:write',
		'contents:read',
	]);
	assert.equal(scopeModel('github', { id: 'github-pat-classic' }), SCOPE_MODELS.github);
	assert.equal(scopeModel('constructor'), undefined);
});

test('every need of the data is in words that the issuer’s model knows', () => {
	for (const known of KNOWN_SERVERS) {
		const own = SCOPE_MODELS[known.issuer];
		if (!own) continue;
		for (const row of known.groups.flatMap(({ rows }) => rows)) {
			for (const scope of row.needs.split(/, |\|/).filter((one) => one !== '')) {
				if (/ role$/.test(scope) || own.harmless?.includes(scope)) continue;
				assert.ok(own.knows(scope), `${known.id}: ${scope}`);
			}
		}
	}
});
