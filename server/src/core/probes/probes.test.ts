import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { full, ok, SITES } from '../../../../test/support/probes.ts';
import { ISSUERS } from '../issuers/index.ts';
import { PROBES, probeFor, revokeFor, rotateFor, silenceOf } from './index.ts';
import { SILENT } from './silent.ts';

it('of a key that opens one service and nothing else, its form does not say that it has the reach of its owner', () => {
	const kinds = ISSUERS.flatMap(({ kinds }) => kinds);
	const single = kinds.filter(
		({ id, issuer, scope }) =>
			/one service|quota/.test(scope) || /one service/.test((SILENT[id] ?? SILENT[issuer])?.why ?? ''),
	);
	assert.ok(single.length >= 12);
	assert.deepEqual(
		single.filter(({ breadth }) => breadth === 'user').map(({ id }) => id),
		[],
	);
});

describe('every probe', () => {
	const cases = PROBES.flatMap((probe) => probe.kinds.map((kind) => ({ probe, kind })));

	it('is for kinds of its issuer, and each kind has one probe at most', () => {
		const kinds = new Map(ISSUERS.flatMap((issuer) => issuer.kinds.map((kind) => [kind.id, issuer.id])));
		for (const { kind } of cases) assert.ok(kinds.has(kind), kind);
		assert.equal(new Set(cases.map(({ kind }) => kind)).size, cases.length);
		const foreign = cases.filter(
			({ probe, kind }) => kinds.get(kind) !== probe.issuer && !['bitbucket', 'jwt'].includes(probe.issuer),
		);
		assert.deepEqual(foreign, []);
	});

	it('reads only: GET, HEAD, or a POST whose page says that it is a read', () => {
		for (const { probe, kind } of cases) {
			const request = probe.request(full(probe, kind));
			if ('missing' in request) continue;
			if ('statement' in request) {
				assert.doesNotMatch(
					request.statement,
					/\b(?:INSERT INTO|UPDATE\s|DELETE FROM|CREATE\s|ALTER|DROP|SET|CALL|COPY|;)/,
				);
				assert.match(request.statement, /^(?:WITH|SELECT) /);
				continue;
			}
			assert.ok(
				['GET', 'HEAD'].includes(request.method) || (request.method === 'POST' && request.pureRead.length > 10),
				kind,
			);
			assert.match(request.base, /^https:\/\//);
			assert.match(request.path, /^\/[\x21-\x7e]*$/);
		}
	});

	it('says that a token is dead, that it may not ask, that it must wait, and that the issuer is down', () => {
		for (const { probe, kind } of cases) {
			const states = [401, 429, 500].map(
				(status) => probe.read({ status, headers: {}, text: '{}' }, full(probe, kind), []).state,
			);
			const isSite = probe.issuer === 'atlassian';
			assert.deepEqual(states, [isSite ? 'not-told' : 'invalid', 'rate-limited', 'unavailable'], kind);
		}
	});

	it('takes nothing from an answer in another form', () => {
		const junk = [
			'',
			'null',
			'[]',
			'{}',
			'"x"',
			'{"a":{}}',
			'[null,1,"x",{}]',
			'{"scopes":"repo"}',
			'<html></html>',
			'{'.repeat(5000),
		];
		for (const { probe, kind } of cases)
			for (const text of junk) {
				const outcome = probe.read({ status: 200, headers: {}, text }, full(probe, kind), []);
				// An empty object is Grafana's answer to a token without permissions; an empty list is Supabase's without projects.
				if (outcome.state === 'told')
					assert.ok(['grafana', 'supabase'].includes(probe.issuer), `${kind} believed ${text.slice(0, 40)}`);
			}
	});

	it('never throws, whatever an issuer answers, and says nothing of it in a message', () => {
		const value = fc.json({ maxDepth: 4 });
		const header = fc.dictionary(
			fc.constantFrom('x-oauth-scopes', 'github-authentication-token-expiration', 'x-credential-type', 'retry-after'),
			fc.string(),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...cases),
				fc.integer({ min: 100, max: 599 }),
				value,
				header,
				fc.array(value, { maxLength: 2 }),
				({ probe, kind }, status, text, headers, more) => {
					const context = full(probe, kind);
					const earlier = more.map((other) => ok(other));
					const outcome = probe.read({ status, headers, text }, context, earlier);
					probe.next?.([{ status, headers, text }, ...earlier], context);
					if (outcome.state === 'told')
						assert.equal(outcome.grant.scopes.length === 0 || outcome.grant.precision !== 'unknown', true);
					else assert.match(outcome.message, /^[^\n]{10,400}$/);
					for (const act of [probe.revoke, probe.rotate]) {
						const done = act?.read({ status, headers, text }, context);
						if (done) assert.match(done.message, /^[^\n]{10,400}$/);
					}
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('believes a success only: no status but a success confirms an act', () => {
		for (const { probe, kind } of cases)
			for (const status of [100, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503])
				for (const act of [probe.revoke, probe.rotate])
					assert.notEqual(
						act?.read(
							{ status, headers: {}, text: '{"ok":true,"revoked":true,"tokenId":"x","token":"yyyyyyyyyy"}' },
							full(probe, kind),
						).state,
						'confirmed',
					);
	});

	it('sends an act to the base that was agreed to', () => {
		for (const { probe, kind } of cases)
			for (const act of [revokeFor(kind)?.revoke, rotateFor(kind)?.rotate]) {
				const request = act?.request(full(probe, kind));
				if (request && !('missing' in request)) assert.equal(request.base, probe.bases(kind, SITES)[0]!.url);
			}
	});
});

describe('issuers that do not tell', () => {
	it('have a reason each, and only known names', () => {
		const names = new Set([
			...ISSUERS.map(({ id }) => id),
			...ISSUERS.flatMap(({ kinds }) => kinds.map(({ id }) => id)),
		]);
		for (const [name, { why, source }] of Object.entries(SILENT)) {
			assert.ok(names.has(name), name);
			assert.ok(!probeFor(name), `${name} can be asked`);
			assert.match(why, /^[A-Z].{20,300}\.$/);
			assert.match(source ?? 'read 2026-11', /read 20\d\d-\d\d$/);
		}
		assert.match(silenceOf('stripe-secret-live', 'stripe')!.why, /^Stripe/);
		assert.match(silenceOf('zuplo-api-key', 'zuplo')!.why, /^No safe question/);
		assert.equal(silenceOf('github-pat-classic', 'github'), undefined);
	});
});
