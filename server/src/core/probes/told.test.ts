import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { grantOf, NOW, ok, read, TOKEN } from '../../../../test/support/probes.ts';

describe('what an issuer tells, in the form that it documents', () => {
	it('GitHub: scopes of a classic token stand in a header', () => {
		const headers = {
			'x-oauth-scopes': 'repo, read:org',
			'github-authentication-token-expiration': '2026-12-01 10:00:00 UTC',
		};
		assert.deepEqual(grantOf('github-pat-classic', ok({ login: 'mona' }, headers)), {
			precision: 'known',
			scopes: ['repo', 'read:org'],
			account: 'mona',
			expiresAt: Date.UTC(2026, 11, 1, 10),
		});
	});

	it('GitHub: an empty header is no scope, no expiry header is no expiry', () => {
		const grant = grantOf('github-pat-classic', ok({ login: 'mona' }, { 'x-oauth-scopes': '' }));
		assert.deepEqual([grant.precision, grant.scopes, grant.neverExpires], ['known', [], true]);
	});

	it('GitHub: permissions of a fine-grained token are unknown, its expiry has a time zone', () => {
		const headers = { 'github-authentication-token-expiration': '2026-12-01 10:00:00 +0200', 'x-oauth-scopes': '' };
		const grant = grantOf('github-pat-fine-grained', ok({ login: 'mona' }, headers));
		assert.deepEqual([grant.precision, grant.scopes, grant.expiresAt], ['unknown', [], Date.UTC(2026, 11, 1, 8)]);
	});

	it('GitHub: an installation tells its repositories', () => {
		const grant = grantOf('github-app-installation', ok({ repositories: [{ full_name: 'acme/shop' }, null, 3] }));
		assert.deepEqual([grant.resources, grant.neverExpires], [['repository acme/shop'], undefined]);
	});

	it('GitHub: a 403 can be a limit, a sign-on, or a refusal', () => {
		const states = [{ 'x-ratelimit-remaining': '0' }, { 'x-github-sso': 'required; url=x' }, {}].map(
			(headers) => read('github-pat-classic', { status: 403, headers, text: '{}' }).state,
		);
		assert.deepEqual(states, ['rate-limited', 'refused', 'refused']);
	});

	it('GitLab: everything', () => {
		const answer = {
			id: 4,
			name: 'mcp',
			revoked: false,
			created_at: '2020-07-23T14:31:47.729Z',
			scopes: ['api', 'read_user'],
			user_id: 24,
			last_used_at: '2021-10-06T17:58:37.550Z',
			active: true,
			expires_at: null,
		};
		assert.deepEqual(grantOf('gitlab-pat', ok(answer)), {
			precision: 'known',
			scopes: ['api', 'read_user'],
			createdAt: Date.UTC(2020, 6, 23, 14, 31, 47, 729),
			neverExpires: true,
			lastUsedAt: Date.UTC(2021, 9, 6, 17, 58, 37, 550),
			account: 'user 24',
			notes: ['named "mcp"'],
		});
		assert.equal(read('gitlab-pat', ok({ ...answer, active: false })).state, 'invalid');
		assert.equal(grantOf('gitlab-pat', ok({ ...answer, created_at: '2031-01-01T00:00:00Z' })).createdAt, undefined);
	});

	it('Slack: scopes in a header, errors with status 200', () => {
		const headers = { 'x-oauth-scopes': 'chat:write,channels:read' };
		const grant = grantOf('slack-bot', ok({ ok: true, team: 'Acme', user: 'bot', team_id: 'T1' }, headers));
		assert.deepEqual(
			[grant.scopes, grant.resources, grant.account],
			[['chat:write', 'channels:read'], ['workspace Acme'], 'bot'],
		);
		const states = ['invalid_auth', 'token_revoked', 'ratelimited', 'no_permission'].map(
			(error) => read('slack-bot', ok({ ok: false, error })).state,
		);
		assert.deepEqual(states, ['invalid', 'invalid', 'rate-limited', 'refused']);
	});

	it('Bitbucket: scopes and the kind of credential, without a body', () => {
		const headers = { 'x-oauth-scopes': 'repository:write', 'x-credential-type': 'repo_access_token' };
		assert.deepEqual(grantOf('bitbucket-access-token', ok('', headers)), {
			precision: 'known',
			scopes: ['repository:write'],
			notes: ['credential type repo_access_token'],
		});
	});

	it('Sentry: a bad token gets 200 too', () => {
		const auth = { scopes: ['org:read', 'event:write'] };
		assert.deepEqual(
			grantOf('sentry-user', ok({ version: '0', auth, user: { username: 'jane' } })).scopes,
			auth.scopes,
		);
		assert.equal(read('sentry-user', ok({ version: '0', auth: null, user: null })).state, 'invalid');
		assert.equal(read('sentry-user', ok({ version: '0' })).state, 'malformed');
	});

	it('PostHog: scopes and where they hold', () => {
		const answer = {
			label: 'mcp',
			created_at: '2026-01-01T00:00:00Z',
			last_used_at: null,
			scopes: ['insight:read'],
			scoped_teams: [7],
			scoped_organizations: [],
		};
		const grant = grantOf('posthog-personal', ok(answer));
		assert.deepEqual(
			[grant.scopes, grant.resources, grant.createdAt],
			[['insight:read'], ['project 7'], Date.UTC(2026, 0, 1)],
		);
		assert.equal(grantOf('posthog-personal', ok({ ...answer, scopes: ['*'] })).access, 'admin');
	});

	it('Hugging Face: a role, or fine-grained permissions as far as they are told', () => {
		const auth = {
			type: 'access_token',
			accessToken: { displayName: 'ci', role: 'write', createdAt: '2025-01-01T00:00:00.000Z' },
		};
		const grant = grantOf('huggingface-user', ok({ type: 'user', name: 'jane', auth }));
		assert.deepEqual([grant.scopes, grant.access, grant.createdAt], [['write'], 'write', Date.UTC(2025, 0, 1)]);
		const fineGrained = {
			global: [],
			scoped: [{ entity: { type: 'model', name: 'jane/m' }, permissions: ['repo.content.read'] }],
		};
		const fine = grantOf(
			'huggingface-user',
			ok({ name: 'jane', auth: { accessToken: { role: 'fineGrained', fineGrained } } }),
		);
		assert.deepEqual(
			[fine.precision, fine.scopes, fine.resources],
			['at-least', ['repo.content.read'], ['model jane/m']],
		);
		const bare = grantOf('huggingface-user', ok({ name: 'jane', auth: { accessToken: { role: 'fineGrained' } } }));
		assert.deepEqual([bare.precision, bare.scopes], ['unknown', []]);
	});

	it('Linear: the person; errors stand in a body', () => {
		const viewer = { name: 'Jane', admin: true, organization: { urlKey: 'acme' } };
		const grant = grantOf('linear-api-key', ok({ data: { viewer } }));
		assert.deepEqual([grant.precision, grant.account, grant.resources], ['unknown', 'Jane', ['organization acme']]);
		const errors = [{ message: 'x', extensions: { code: 'AUTHENTICATION_ERROR' } }];
		assert.equal(
			read('linear-api-key', { status: 400, headers: {}, text: JSON.stringify({ errors }) }).state,
			'invalid',
		);
		assert.equal(read('linear-api-key', ok({ errors: [{ message: 'x' }] })).state, 'refused');
	});

	it('Notion, Figma, Airtable, DigitalOcean, npm: whose it is, and no scopes', () => {
		const told = [
			grantOf(
				'notion-integration',
				ok({
					object: 'user',
					name: 'pied piper',
					type: 'bot',
					bot: { owner: { type: 'workspace' }, workspace_name: 'Acme' },
				}),
			),
			grantOf('figma-pat', ok({ id: '1', handle: 'pied piper', email: 'a@b.c' })),
			grantOf('airtable-pat', ok({ id: 'pied piper' })),
			grantOf('digitalocean-pat', ok({ account: { email: 'pied piper', team: { name: 'My Team' } } })),
			grantOf('npm-granular', ok({ username: 'pied piper' })),
		];
		for (const grant of told)
			assert.deepEqual([grant.precision, grant.scopes, grant.account], ['unknown', [], 'pied piper']);
	});

	it('HubSpot, SendGrid, Shopify, Buildkite, Grafana, Datadog: scopes', () => {
		const scopes = ['a:read', 'b:write'];
		const told = [
			grantOf('hubspot-private-app', ok({ userId: 1, hubId: 2, appId: 3, scopes })),
			grantOf('sendgrid-api-key', ok({ scopes })),
			grantOf('shopify-shpat', ok({ access_scopes: [{ handle: 'a:read' }, { handle: 'b:write' }] })),
			grantOf('buildkite-bkua', ok({ uuid: 'x', scopes })),
			grantOf('grafana-service-account', ok({ 'a:read': ['dashboards:*'], 'b:write': null })),
			grantOf(
				'datadog-api-key',
				ok({
					data: { id: 'o', type: 'validate_v2', attributes: { valid: true, api_key_id: 'k', api_key_scopes: scopes } },
				}),
			),
		];
		for (const grant of told) assert.deepEqual(grant.scopes, scopes);
		assert.deepEqual(
			told.map(({ precision }) => precision),
			['known', 'known', 'known', 'at-least', 'known', 'known'],
		);
	});

	it('Vercel: teams and dates', () => {
		const token = {
			id: 'x',
			name: 'mcp',
			type: 'oauth2-token',
			createdAt: Date.UTC(2026, 0, 1),
			activeAt: NOW,
			expiresAt: Date.UTC(2027, 0, 1),
			scopes: [{ type: 'team', teamId: 'team_1' }],
		};
		assert.deepEqual(grantOf('vercel-vcp', ok({ token })), {
			precision: 'unknown',
			scopes: [],
			resources: ['team team_1'],
			createdAt: Date.UTC(2026, 0, 1),
			lastUsedAt: NOW,
			expiresAt: Date.UTC(2027, 0, 1),
			notes: ['named "mcp"'],
		});
	});

	it('Heroku: of the account’s tokens only the one in hand counts', () => {
		const other = {
			id: '1',
			scope: ['global'],
			created_at: '2020-01-01T00:00:00Z',
			access_token: { token: 'other', expires_in: null },
		};
		const own = { ...other, scope: ['read'], access_token: { token: TOKEN, expires_in: 3600 } };
		const grant = grantOf('heroku-api-key', ok([other, own]));
		assert.deepEqual([grant.scopes, grant.expiresAt, grant.access], [['read'], NOW + 3_600_000, undefined]);
		assert.equal(read('heroku-api-key', ok([other])).state, 'not-told');
	});

	it('Cloudflare: expiry', () => {
		const result = { id: 'x', status: 'active', expires_on: '2027-01-01T00:00:00Z' };
		assert.equal(
			grantOf('cloudflare-user-token', ok({ success: true, errors: [], result })).expiresAt,
			Date.UTC(2027, 0, 1),
		);
		assert.equal(
			grantOf('cloudflare-user-token', ok({ success: true, result: { id: 'x', status: 'active' } })).neverExpires,
			true,
		);
		assert.equal(
			read('cloudflare-user-token', ok({ success: true, result: { ...result, status: 'disabled' } })).state,
			'invalid',
		);
	});

	it('Supabase: projects', () => {
		assert.deepEqual(
			grantOf('supabase-access-token', ok([{ id: 'r', name: 'shop', organization_id: 'o' }])).resources,
			['project shop'],
		);
	});

	it('OpenAI and Anthropic: live, and whose', () => {
		const openai = grantOf('openai-project', ok({ object: 'list', data: [] }, { 'openai-organization': 'acme' }));
		const anthropic = grantOf('anthropic-admin', ok({ id: 'x', type: 'organization', name: 'acme' }));
		const key = grantOf('anthropic-api', ok({ data: [], has_more: false }, { 'anthropic-organization-id': 'acme' }));
		for (const grant of [openai, anthropic, key])
			assert.deepEqual([grant.precision, grant.resources], ['unknown', ['organization acme']]);
	});

	it('Google: scopes and expiry, numbers as text', () => {
		const grant = grantOf(
			'google-access-token',
			ok({ azp: 'app', scope: 'openid email', expires_in: '3599', email: 'a@b.c' }),
		);
		assert.deepEqual([grant.scopes, grant.expiresAt], [['openid', 'email'], NOW + 3_599_000]);
		assert.equal(
			read('google-access-token', { status: 400, headers: {}, text: '{"error":"invalid_token"}' }).state,
			'invalid',
		);
	});

	it('AWS: identity from XML', () => {
		const xml = (arn: string) =>
			`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>x</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
		const root = grantOf('aws-secret-access-key', ok(xml('arn:aws:iam::123456789012:root')));
		assert.deepEqual([root.access, root.resources, root.precision], ['admin', ['account 123456789012'], 'unknown']);
		const states = ['InvalidClientTokenId', 'RequestTimeTooSkewed', 'AccessDenied'].map(
			(code) =>
				read('aws-secret-access-key', { status: 403, headers: {}, text: `<Error><Code>${code}</Code></Error>` }).state,
		);
		assert.deepEqual(states, ['invalid', 'refused', 'refused']);
	});

	it('Vault: policies and dates', () => {
		const data = {
			id: TOKEN,
			policies: ['default', 'root'],
			identity_policies: ['dev'],
			creation_time: 1_767_225_600,
			expire_time: null,
			display_name: 'jane',
			num_uses: 2,
			renewable: false,
		};
		const grant = grantOf('vault-hvs', ok({ data }));
		assert.deepEqual(
			[grant.scopes, grant.access, grant.createdAt, grant.neverExpires],
			[['default', 'root', 'dev'], 'admin', Date.UTC(2026, 0, 1), true],
		);
		assert.deepEqual(grant.notes, ['2 uses left']);
	});
});
