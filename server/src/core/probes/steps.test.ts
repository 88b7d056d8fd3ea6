// Issuers that are asked in more than one step.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { around, contextOf, grantOf, ok, read } from '../../../../test/support/probes.ts';
import { probeFor } from './index.ts';
import type { ProbeResponse } from './probe.ts';

describe('Atlassian: which host answers tells whether a token has scopes', () => {
	const site = 'https://acme.atlassian.net';
	const me = ok({ displayName: 'Jane' });
	const env = around({ JIRA_URL: site, JIRA_USERNAME: 'jane@acme.example' });

	it('the site: none', () => {
		const grant = grantOf('atlassian-api-token', me, { base: site });
		assert.match(grant.notes![0]!, /^has no scopes/);
	});

	it('the gateway, asked after the site did not accept it: some', () => {
		const probe = probeFor('atlassian-api-token')!;
		const context = contextOf('atlassian-api-token', { base: site, around: env });
		const refused: ProbeResponse = { status: 401, headers: {}, text: '' };
		const tenant = ok({ cloudId: '11111111-2222-3333-4444-555555555555' });
		const second = probe.next!([refused], context)!;
		assert.deepEqual([second.path, second.auth], ['/_edge/tenant_info', { how: 'none' }]);
		const third = probe.next!([refused, tenant], context)!;
		assert.equal(third.base, 'https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555');
		assert.equal(probe.next!([refused, tenant, me], context), undefined);
		assert.equal(probe.next!([refused, ok({ cloudId: '../../evil' })], context), undefined);
		assert.match(grantOf('atlassian-api-token', me, { base: site }, [refused, tenant]).notes![0]!, /^has scopes/);
		assert.equal(read('atlassian-api-token', refused, { base: site }, [refused, tenant]).state, 'invalid');
		assert.equal(read('atlassian-api-token', refused, { base: site }).state, 'not-told');
	});

	it('Data Center: a bearer, and all rights of its owner', () => {
		const base = 'https://jira.acme.example';
		const request = probeFor('atlassian-api-token')!.request(contextOf('atlassian-api-token', { base, around: env }));
		assert.ok('path' in request && request.auth.how === 'bearer' && request.path === '/rest/api/2/myself');
		assert.match(
			grantOf('atlassian-api-token', ok({ name: 'jane', displayName: 'Jane' }), { base }).notes![0]!,
			/^a Data Center token/,
		);
	});

	it('in the cloud it needs the e-mail address beside it', () => {
		assert.ok('missing' in probeFor('atlassian-api-token')!.request(contextOf('atlassian-api-token', { base: site })));
	});
});

describe('an authorization server (RFC 7662)', () => {
	const base = 'https://id.example/oidc';
	const context = contextOf('jwt', { base, companions: new Set(['OAUTH_CLIENT_ID', 'OAUTH_CLIENT_SECRET']) });
	const next = (introspection_endpoint: unknown) => probeFor('jwt')!.next!([ok({ introspection_endpoint })], context);

	it('is asked at its own host only', () => {
		assert.equal(next('https://id.example/oidc/introspect')!.path, '/oidc/introspect');
		for (const url of [
			'https://evil.example/i',
			'https://id.example.evil/i',
			'https://id.example@evil.example/i',
			'https://id.example/../x?y',
			7,
		])
			assert.equal(next(url), undefined);
	});

	it('tells scopes and dates of an active token', () => {
		const answer = {
			active: true,
			scope: 'read write',
			client_id: 'c',
			sub: 'u',
			iat: 1_767_225_600,
			exp: 1_767_229_200,
			aud: 'api',
		};
		assert.deepEqual(grantOf('jwt', ok(answer), { base }, [ok({})]), {
			precision: 'known',
			scopes: ['read', 'write'],
			account: 'u',
			resources: ['audience api'],
			createdAt: Date.UTC(2026, 0, 1),
			expiresAt: Date.UTC(2026, 0, 1, 1),
			notes: ['issued to the client c'],
		});
		assert.equal(read('jwt', ok({ active: false }), { base }, [ok({})]).state, 'invalid');
	});
});
