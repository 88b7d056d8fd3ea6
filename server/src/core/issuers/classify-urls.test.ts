import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { found } from '../../../../test/support/classified.ts';
import { token } from '../../../../test/support/tokens.ts';
import { classify } from './classify.ts';

describe('connection URLs', () => {
	it('hold a password, and the user is a note', () => {
		for (const [name, id, user] of [
			['dsn', 'postgres-url-password', 'app'],
			['dsn-mongodb', 'mongodb-url-password', 'app'],
			['dsn-redis', 'redis-url-password', 'default'],
		] as const) {
			const value = token(name);
			const [hit] = classify(value, { position: 'arg' });
			assert.equal(hit?.kind.id, id);
			assert.deepEqual(hit.inside?.notes, [`user ${user}`]);
			assert.equal(value.slice(hit.from - 1, hit.from) + value[hit.to], ':@');
		}
	});

	it('are silent without a password, with a reference or a placeholder', () => {
		for (const password of ['', ':password', ':$' + '{DB_PASSWORD}', ':<password>', ':***', ':your_password']) {
			assert.deepEqual(found(`postgresql://postgres${password}@localhost:5432/db`, 'arg'), [], password);
		}
		assert.deepEqual(found('user:pass@tcp(host)/db', 'env', 'MYSQL_DSN'), []);
	});

	it('with a run in the password are likely, with little else a note', () => {
		const graded = (password: string) => found(`mysql://shop:${password}@db.shop.test/db`, 'arg');
		assert.deepEqual(graded(['passW0rd', '123'].join('')), ['mysql-url-password likely other']);
		assert.deepEqual(graded(['qwerty', '123456', '789012'].join('')), ['mysql-url-password weak other']);
	});

	it('with a password that everybody knows are a note of their own, unless it is an example', () => {
		const [hit, ...rest] = classify('postgresql://postgres:postgres@127.0.0.1:5432/db', { position: 'arg' });
		assert.deepEqual(rest, []);
		assert.deepEqual([hit?.kind.id, hit?.issuerName, hit?.confidence], ['default-password', 'PostgreSQL', 'weak']);
		assert.deepEqual(found('mysql://root:123456@10.0.0.5/db', 'arg'), ['default-password weak other']);
		assert.deepEqual(found('123456', 'env', 'MYSQL_PASSWORD'), ['default-password weak other']);
		assert.deepEqual(found('redis://default:guest@localhost', 'env', 'CACHE'), []);
		assert.deepEqual(found('postgresql://user:user@localhost/db', 'arg'), []);
		assert.deepEqual(found('neo4j', 'env', 'NEO4J_PASSWORD'), ['default-password weak other']);
		assert.deepEqual(found('secret', 'header', 'X-Odoo-Password'), ['default-password weak other']);
		assert.deepEqual(found('password', 'env', 'NEO4J_PASSWORD'), []);
		assert.deepEqual(found('postgresql://user:secret@localhost/db', 'arg'), ['default-password weak other']);
		assert.deepEqual(found('postgresql://user:password@localhost/db', 'arg'), []);
	});
});

describe('URLs of which a part of the path is the key', () => {
	const hex = (length: number) => token('generic-hex').slice(0, length);
	const key = token('generic').slice(0, 32);
	const URLS = [
		['infura', `https://mainnet.infura.io/v3/${hex(32)}`],
		['infura', `wss://sepolia.infura.io/ws/v3/${hex(32)}`],
		['alchemy', `https://eth-mainnet.g.alchemy.com/v2/${key}`],
		['quicknode', `https://quiet-blue-river.solana-mainnet.quiknode.pro/${hex(40)}`],
		['ankr', `https://rpc.ankr.com/eth/${hex(64)}`],
		['make', `https://hook.eu1.make.com/${hex(32)}`],
	] as const;
	for (const [issuer, url] of URLS) {
		it(`${issuer}: ${url.slice(0, 30)}`, () => {
			for (const [value, position, name] of [
				[url, 'env', 'RPC_URL'],
				[url, 'arg', undefined],
				[`--rpc-url=${url}/`, 'arg', undefined],
			] as const) {
				const [hit, ...rest] = classify(value, { position, ...(name ? { name } : {}) });
				assert.equal(hit?.issuer, issuer);
				assert.equal(value.slice(hit.from, hit.to), url);
				assert.deepEqual(rest, []);
			}
		});
	}

	it('the secret address of a calendar', () => {
		const address = `private-${hex(32)}/basic.ics`;
		const calendar = `https://calendar.google.com/calendar/ical/c_${hex(64)}%40group.calendar.google.com`;
		const [hit] = classify(`${calendar}/${address}`, { position: 'env', name: 'ICAL_URL' });
		assert.equal(hit?.kind.id, 'google-calendar-address');
		assert.equal(hit.to - hit.from, address.length);
		assert.deepEqual(found(`${calendar}/public/basic.ics`, 'env', 'ICAL_URL'), []);
	});

	it('is none with a demo or a placeholder in its place', () => {
		for (const url of [
			'https://eth-mainnet.g.alchemy.com/v2/demo',
			'https://mainnet.infura.io/v3/YOUR-API-KEY',
			'https://rpc.ankr.com/eth',
			`https://mainnet.infura.io/v3/${'0'.repeat(32)}`,
			'https://eth-mainnet.g.alchemy.com/v2/your-alchemy-api-key-goes-here',
		])
			assert.deepEqual(found(url, 'env', 'RPC_URL'), [], url);
	});
});
