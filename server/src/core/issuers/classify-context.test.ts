import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { found, PAT, RANDOM } from '../../../../test/support/classified.ts';
import { token } from '../../../../test/support/tokens.ts';
import { type ClassifyContext, classify } from './classify.ts';

describe('names', () => {
	it('choose between kinds of one shape', () => {
		const hex = token('git-sha');
		assert.deepEqual(found(hex, 'env', 'GITHUB_TOKEN'), ['github-pat-40-hex likely other']);
		assert.deepEqual(found(hex, 'env', 'API_TOKEN', 'gitea'), ['gitea-access-token likely other']);
		assert.deepEqual(found(token('aws-secret'), 'env', 'AWS_SECRET_ACCESS_KEY'), [
			'aws-secret-access-key likely other',
		]);
	});

	it('are needed: a UUID, a hash, base64 say nothing by themselves', () => {
		for (const name of ['uuid', 'git-sha', 'sha256', 'generic', 'generic-hex']) {
			assert.deepEqual(found(token(name), 'env', 'SETTING_1'), [], name);
			assert.deepEqual(found(token(name), 'env', 'PROJECT_ID'), [], name);
			assert.deepEqual(found(token(name), 'arg'), [], name);
		}
	});

	it('make a password of it', () => {
		assert.deepEqual(found(token('password'), 'env', 'DB_PASSWORD'), ['unidentified-password likely other']);
		assert.deepEqual(found('sunflower', 'env', 'DB_PASSWORD'), ['unidentified-password weak other']);
	});

	it('make a password of groups of four, as Google and WordPress show theirs', () => {
		const grouped = (text: string) => text.match(/.{4}/g)!.join(' ');
		const letters = 'qkwdplxvbzmjtrhf';
		const mixed = token('generic', 2).slice(0, 24);
		for (const [value, name] of [
			[letters, 'GMAIL_APP_PASSWORD'],
			[mixed, 'WP_API_PASSWORD'],
			[mixed, 'WORDPRESS_APP_PASS'],
		] as const)
			assert.deepEqual(found(grouped(value), 'env', name), ['unidentified-password likely other'], name);
		assert.deepEqual(found(grouped(mixed), 'env', 'SITE_NAME'), []);
	});

	it('make none of groups that show how one looks, or of words', () => {
		for (const value of [
			'xxxx xxxx xxxx xxxx xxxx xxxx',
			'abcd efgh ijkl mnop',
			'abcd EFGH 1234 ijkl MNOP 5678',
			'This Page Will Show Your Site',
			'1234 5678 9012 3456 7890 1234',
		])
			assert.deepEqual(found(value, 'env', 'WP_APP_PASSWORD'), [], value);
	});

	it('beside a number that may be an id, or words with one, are a note', () => {
		assert.deepEqual(found('gen-lang-client-0461829375', 'env', 'ACME_KEY'), ['unidentified-key weak other']);
		assert.deepEqual(found('service:orders:4618293750', 'env', 'ACME_KEY'), ['unidentified-key weak other']);
		assert.deepEqual(found('8195513847023846', 'env', 'ACME_KEY'), ['unidentified-key weak other']);
	});
});

describe('the issuer of bytes that do not tell it', () => {
	const issuerOf = (value: string, context: ClassifyContext) => {
		const [hit] = classify(value, context);
		return hit && [hit.issuer, hit.attributed, hit.confidence].join(' ');
	};

	it('is told by the name, the scheme, the host, or the server', () => {
		const cases: readonly (readonly [string, ClassifyContext, string])[] = [
			[RANDOM, { position: 'env', name: 'LINKEDIN_ACCESS_TOKEN' }, 'linkedin'],
			[RANDOM, { position: 'env', name: 'NEXT_PUBLIC_BOX_API_KEY' }, 'box'],
			[RANDOM, { position: 'header', name: 'X-Figma-Token' }, 'figma'],
			[RANDOM, { position: 'env', name: 'NPMTOKEN' }, 'npm'],
			[RANDOM, { position: 'header', name: 'LinearApiKey' }, 'linear'],
			[RANDOM, { position: 'header', name: 'PRIVATE-TOKEN' }, 'gitlab'],
			[`GenieKey ${RANDOM}`, { position: 'header', name: 'Authorization' }, 'opsgenie'],
			[`ALGOLIA_ADMIN_KEY=${RANDOM}`, { position: 'arg' }, 'algolia'],
			[`https://mcp.attio.com/mcp?api_key=${RANDOM}`, { position: 'url' }, 'attio'],
			[RANDOM, { position: 'env', name: 'API_KEY', serverName: 'coingecko' }, 'coingecko'],
			[RANDOM, { position: 'env', name: 'API_KEY', issuer: 'brightdata' }, 'brightdata'],
			[`${token('aws-secret')}${token('aws-secret', 2)}LkQw5Z==`, { position: 'env', name: 'BW_SESSION' }, 'bitwarden'],
			[RANDOM, { position: 'env', name: 'OP_SESSION_my' }, 'onepassword'],
			[RANDOM, { position: 'env', name: 'LI_AT' }, 'linkedin'],
			[token('jwt'), { position: 'env', name: 'TWENTY_API_KEY' }, 'twenty'],
		];
		for (const [value, context, issuer] of cases) {
			assert.match(issuerOf(value, context) ?? '', new RegExp(`^${issuer} name (?:likely|certain)$`), issuer);
		}
	});

	it('stays open where nothing tells it, and common words do not count inside a name', () => {
		assert.equal(issuerOf(RANDOM, { position: 'env', name: 'API_KEY' }), 'unidentified  likely');
		assert.equal(issuerOf(RANDOM, { position: 'env', name: 'LARGE_BOX_KEY' }), 'unidentified  likely');
	});

	it('is never taken from the name where the bytes tell it', () => {
		assert.equal(issuerOf(PAT, { position: 'env', name: 'LINKEDIN_TOKEN' }), 'github  certain');
	});
});

describe('what a known server says of a field', () => {
	it('makes a UUID or hex a secret', () => {
		const context = { position: 'env', name: 'SETTING', field: 'secret' } as const;
		for (const name of ['uuid', 'generic-hex']) {
			assert.equal(classify(token(name), context)[0]?.confidence, 'likely', name);
			assert.deepEqual(classify(token(name), { position: 'env', name: 'SETTING' }), [], name);
		}
	});

	it('keeps an id silent, but not a token that stands in its place', () => {
		const context = { position: 'env', name: 'APP_KEY', field: 'id' } as const;
		assert.deepEqual(classify(token('uuid'), context), []);
		assert.equal(classify(PAT, context)[0]?.kind.id, 'github-pat-classic');
	});

	it('finds the key in the path of a URL', () => {
		const url = `https://mcp.zapier.com/api/mcp/s/${token('uuid')}/mcp`;
		const [hit] = classify(url, { position: 'url', secretPath: true });
		assert.equal(hit?.kind.id, 'capability-url');
		assert.equal(url.slice(hit.from, hit.to), token('uuid'));
		assert.deepEqual(classify(url, { position: 'url' }), []);
	});

	it('takes words with a random end for a key there, too, but no plain words', () => {
		const kinds = (part: string) =>
			classify(`https://mcp.composio.dev/mail/${part}?agent=x`, { position: 'url', secretPath: true }).map(
				({ kind }) => kind.id,
			);
		assert.deepEqual(kinds('quiet-orange-lamp-K74-qz'), ['capability-url']);
		assert.deepEqual(kinds('customer-relations'), []);
	});
});
