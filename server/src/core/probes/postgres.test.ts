import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contextOf, grantOf, ok, read } from '../../../../test/support/probes.ts';
import { probeFor } from './index.ts';
import { NO_SURROUNDINGS } from './surroundings.ts';

const KIND = 'postgres-url-password';
const probe = probeFor(KIND)!;

/** Where the password of this URL goes; it stands between `:` and `@`, and is cut out here as a finding cuts it out. */
function baseOf(inside: string) {
	return probe.bases(KIND, { ...NO_SURROUNDINGS, inside })[0];
}

function questionOf(inside: string) {
	const around = { ...NO_SURROUNDINGS, inside };
	const request = probe.request(contextOf(KIND, { around, base: baseOf(inside)?.url ?? '' }));
	assert.ok('statement' in request, JSON.stringify(request));
	const { base, user, database, encryption } = request;
	return [base, user, database, encryption];
}

describe('where a database password goes', () => {
	it('is what its own URL says', () => {
		const shop = 'postgres://db.internal:5433';
		assert.deepEqual(questionOf('postgres://app:@db.internal:5433/shop?sslmode=require'), [
			shop,
			'app',
			'shop',
			'unchecked',
		]);
		assert.deepEqual(questionOf('--dsn=postgresql+asyncpg://a%40b:@DB.internal:5433'), [
			shop,
			'a@b',
			'a@b',
			'unchecked',
		]);
		assert.deepEqual(questionOf('psql "postgres://app:@[2001:db8::1]/x?sslmode=verify-full" -c q'), [
			'postgres://[2001:db8::1]:5432',
			'app',
			'x',
			'full',
		]);
	});

	it('is nowhere, where the text leaves it open', () => {
		for (const inside of [
			'',
			'postgres://app:@a.internal,b.internal/shop',
			'postgres://app:@/shop?host=/var/run/postgresql',
			'postgres://app:@db.internal/shop?host=evil.example',
			'postgres://app:@db.internal/shop?sslmode=require&hostaddr=192.0.2.1',
			'postgres://app:@db.internal/shop?%68ost=evil.example',
			'postgres://app:@db.internal/shop?sslmode=perhaps',
			'postgres://app:@db.internal:port/shop',
			'postgres://app:@db.internal:543210/shop',
			'postgres://app:x@db.internal/shop',
			'postgres://%zz:@db.internal/shop',
			'jdbc:postgresql://db.internal/shop?user=app&password=',
		])
			assert.equal(baseOf(inside), undefined, inside);
	});

	it('is reached with the encryption that the URL asks for, and in clear only where it says so or on this machine', () => {
		const encryption = (host: string, query: string) => questionOf(`postgres://app:@${host}/shop${query}`)[3];
		for (const [query, far, near] of [
			['', 'unchecked', 'none'],
			['?sslmode=prefer', 'unchecked', 'none'],
			['?sslmode=allow', 'unchecked', 'none'],
			['?sslmode=require', 'unchecked', 'unchecked'],
			['?ssl=true', 'unchecked', 'unchecked'],
			['?sslmode=verify-ca', 'authority', 'authority'],
			['?sslmode=VERIFY-FULL', 'full', 'full'],
			['?sslmode=disable', 'none', 'none'],
		] as const) {
			assert.equal(encryption('db.internal', query), far, query);
			assert.equal(encryption('127.0.0.1', query), near, query);
		}
	});

	it('says what the encryption does not do', () => {
		assert.match(baseOf('postgres://app:@db.internal/shop?sslmode=disable')!.warning!, /not encrypted/);
		assert.match(baseOf('postgres://app:@db.internal/shop')!.warning!, /nobody checks that it is db\.internal/);
		assert.equal(baseOf('postgres://app:@db.internal/shop?sslmode=verify-full')!.warning, undefined);
		assert.equal(baseOf('postgres://app:@localhost/shop')!.warning, undefined);
	});
});

describe('what a role may do', () => {
	const role = (name: string, more: Record<string, string | null> = {}) => ({
		role: name,
		self: 'f',
		database: 'shop',
		superuser: 'f',
		until: null,
		...more,
	});
	const grant = (...roles: readonly object[]) => grantOf(KIND, ok(roles));

	it('is everything, for a superuser', () => {
		assert.deepEqual(grant(role('boss', { self: 't', superuser: 't', createdb: 't', insert: 't' })), {
			precision: 'known',
			scopes: ['SUPERUSER'],
			access: 'admin',
			account: 'boss',
			resources: ['database shop'],
			neverExpires: true,
		});
	});

	it('is at least its attributes, memberships and privileges, and ends with VALID UNTIL', () => {
		const { scopes, precision, notes, expiresAt } = grant(
			role('app', { self: 't', createdb: 't', select: 't', insert: 't', update: null, until: '1830297600' }),
			role('pg_monitor'),
			role('team', { bypassrls: 't' }),
		);
		assert.deepEqual(scopes, ['CREATEDB', 'BYPASSRLS', 'pg_monitor', 'SELECT', 'INSERT']);
		assert.deepEqual([precision, notes, expiresAt], ['at-least', ['member of team'], Date.UTC(2028, 0, 1)]);
	});

	it('is not known, where the server does not say it', () => {
		for (const roles of [[], [role('other')], [{ self: 't' }]]) assert.equal(read(KIND, ok(roles)).state, 'malformed');
		assert.equal(read(KIND, { status: 404, headers: {}, text: '' }).state, 'not-told');
	});
});
