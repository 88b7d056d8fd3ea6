import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { classify } from '../issuers/classify.ts';
import { knownKind } from '../issuers/index.ts';
import { bestGrant, grantOf } from './best.ts';
import { excessOf } from './excess.ts';
import type { Grant, Need, ProbeOutcome } from './grant.ts';

const NOW = Date.UTC(2026, 10, 24);

function need(scopes: readonly string[], access: Need['access'], more: object = {}) {
	return { server: 'one', scopes, access, basis: 'all 3 tools', source: 'test', date: '2026-11-01', ...more };
}

function told(scopes: readonly string[], more: Partial<Grant> = {}): Grant {
	return { source: 'issuer', asOf: NOW, precision: 'known', scopes, ...more };
}

describe('excess is grant minus need', () => {
	const classic = knownKind('github-pat-classic');

	test('scopes that nothing needs, and access beyond the need', () => {
		assert.deepEqual(excessOf(told(['repo', 'admin:org']), need(['repo'], 'write'), classic), {
			scopes: ['admin:org'],
			access: 'admin',
		});
		assert.deepEqual(excessOf(told(['repo', 'read:org']), need(['repo', 'read:org'], 'read'), classic), {
			scopes: [],
			access: 'write',
		});
		assert.deepEqual(excessOf(told(['public_repo']), need(['repo'], 'write'), classic), { scopes: [] });
	});

	test('what a token has at least counts, what may come on top does not', () => {
		const grant = told(['api'], { precision: 'at-least' });
		assert.deepEqual(excessOf(grant, need(['read_api'], 'read'), knownKind('gitlab-pat')), {
			scopes: ['api'],
			access: 'write',
		});
	});

	test('nobody told: what follows from the form', () => {
		for (const grant of [undefined, told([], { precision: 'unknown' })])
			assert.deepEqual(excessOf(grant, need(['repo'], 'write'), classic), {
				scopes: [],
				byForm: 'cannot be limited to a repository',
			});
		assert.deepEqual(excessOf(undefined, need([], 'read'), knownKind('supabase-access-token')), {
			scopes: [],
			access: 'write',
			byForm: 'account-wide by design: it reaches every project of the account',
		});
		assert.equal(excessOf(undefined, need([], 'read'), knownKind('openai-admin')).access, 'admin');
		assert.deepEqual(excessOf(undefined, need([], 'read'), knownKind('github-pat-fine-grained')), { scopes: [] });
	});

	test('an incomplete need makes nothing an excess', () => {
		const partial = need(['feature_flag:read'], 'write', { complete: false });
		assert.deepEqual(excessOf(told(['survey:write']), partial, knownKind('posthog-personal')).scopes, []);
	});

	test('what some use of a tool asks for is no excess', () => {
		const pushes = need(['repo'], 'write', { tolerated: ['workflow'] });
		assert.deepEqual(excessOf(told(['repo', 'workflow']), pushes, classic), { scopes: [] });
	});

	test('permissions of an app token are compared as permissions', () => {
		const apps = need(['repo'], 'write', { permissions: ['issues:write'] });
		assert.deepEqual(
			excessOf(told(['issues:write', 'metadata:read', 'administration:write']), apps, knownKind('github-app-user'))
				.scopes,
			['administration:write'],
		);
	});
});

describe('what a token says of itself', () => {
	const own = (name: string) => grantOf(classify(token(name), { position: 'env', name: 'TOKEN' })[0]!, NOW);

	test('a form alone tells no scope', () => {
		const grant = own('github-pat');
		assert.deepEqual([grant.source, grant.precision, grant.scopes], ['format', 'unknown', []]);
	});

	test('a JWT tells its times, and that it has no end', () => {
		assert.equal(own('jwt').source, 'token');
		assert.equal(new Date(own('jwt').expiresAt!).getUTCFullYear(), 2100);
		assert.equal(own('jwt-no-expiry').neverExpires, true);
		assert.equal(own('jwt').neverExpires, undefined);
	});

	test('and its scopes, which are at least what it may do', () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const jwt = `${part({ alg: 'RS256' })}.${part({ scope: 'read:jira-work write:jira-work', exp: 1_900_000_000 })}.${'s9X'.repeat(15)}`;
		const grant = grantOf(classify(jwt, { position: 'env', name: 'TOKEN' })[0]!, NOW);
		assert.deepEqual([grant.precision, grant.scopes], ['at-least', ['read:jira-work', 'write:jira-work']]);
	});

	test('the service role of Supabase administers', () => {
		assert.equal(own('supabase-service-role').access, 'admin');
	});
});

describe('the best of several statements', () => {
	const format: Grant = {
		source: 'format',
		asOf: NOW,
		precision: 'unknown',
		scopes: [],
		createdAt: 5,
		notes: ['by form'],
	};

	test('the issuer comes first, and is filled up by the others', () => {
		const best = bestGrant(format, { state: 'told', grant: told(['repo'], { expiresAt: 9 }) });
		assert.deepEqual([best?.source, best?.scopes, best?.createdAt, best?.expiresAt], ['issuer', ['repo'], 5, 9]);
	});

	test('an issuer that told only an end leaves the scopes to the person', () => {
		const issuer = told([], { precision: 'unknown', expiresAt: 9 });
		const best = bestGrant(issuer, told(['issues:read'], { source: 'declared' }));
		assert.deepEqual([best?.precision, best?.scopes, best?.expiresAt], ['known', ['issues:read'], 9]);
	});

	test('one who says that it never ends is not filled up with an end', () => {
		const best = bestGrant(told([], { neverExpires: true }), { ...format, expiresAt: 9 });
		assert.deepEqual([best?.neverExpires, best?.expiresAt], [true, undefined]);
	});

	test('a refusal says nothing', () => {
		const refused: ProbeOutcome = { state: 'refused', at: NOW, message: 'Not allowed.' };
		assert.deepEqual(bestGrant(refused, format), format);
		assert.equal(bestGrant(refused, undefined), undefined);
	});
});
