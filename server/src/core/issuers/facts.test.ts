import assert from 'node:assert/strict';
import { it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { readFacts } from './facts.ts';
import { decodeJwt } from './jwt.ts';

it('reads the times and claims of a JWT', () => {
	const facts = readFacts('jwt', token('supabase-service-role'));
	assert.equal(new Date(facts?.issuedAt ?? 0).toISOString(), '2026-01-01T00:00:00.000Z');
	assert.ok((facts?.expiresAt ?? 0) > (facts?.issuedAt ?? 0));
	assert.deepEqual(facts?.notes?.slice(0, 2), ['issued by supabase', 'role service_role']);
});

it('says that a JWT has no expiry', () => {
	assert.ok(readFacts('jwt', token('jwt-no-expiry'))?.notes?.includes('no expiry inside'));
});

it('survives what only looks like a JWT', () => {
	assert.equal(decodeJwt('eyJ.eyJ.x'), undefined);
	assert.equal(decodeJwt(''), undefined);
});

it('dates an Azure key by its month', () => {
	const key = `${'q'.repeat(52)}JQQJ99BF${'q'.repeat(16)}AZDOqqqq`;
	assert.equal(new Date(readFacts('azure-cask', key)?.issuedAt ?? 0).toISOString().slice(0, 7), '2025-06');
});

it('reads the exact time of a Sentry organization token', () => {
	const json = Buffer.from(JSON.stringify({ iat: 1690880000.5, org: 'acme', url: 'https://sentry.io' })).toString(
		'base64',
	);
	const facts = readFacts('sentry-org', `sntrys_${json}_${'q'.repeat(43)}`);
	assert.equal(facts?.issuedAt, 1690880000500);
	assert.deepEqual(facts?.notes, ['organization acme', 'server https://sentry.io']);
});

it('reads the end of a Snyk token', () => {
	const json = Buffer.from(JSON.stringify({ e: 1776436736, h: 'snyk.io', j: 'q' })).toString('base64url');
	const facts = readFacts('snyk', ['snyk_uat', '12345678', json, 'q'.repeat(40)].join('.'));
	assert.deepEqual(facts, { expiresAt: 1776436736000, notes: ['host snyk.io'] });
});

it('reads the time of creation from the ids inside of keys', () => {
	const ulid = `01HZ${'0'.repeat(22)}`;
	const key = Buffer.from(`key_${ulid},${'q'.repeat(40)}`).toString('base64');
	for (const token of [`sk_live_${key}`, `pdl_live_apikey_${ulid.toLowerCase()}_${'q'.repeat(22)}_abc`]) {
		assert.equal(
			new Date(readFacts('ulid', token)?.issuedAt ?? 0).toISOString().slice(0, 7),
			'2024-05',
			token.slice(0, 4),
		);
	}
	const webhook = `https://discord.com/api/webhooks/${'1041382748' + '12345678'}/${'q'.repeat(68)}`;
	assert.equal(new Date(readFacts('discord-webhook', webhook)?.issuedAt ?? 0).toISOString().slice(0, 7), '2015-10');
});

it('reads from when and until when a signed URL is good', () => {
	const url =
		'bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Date=20261003T101112Z&X-Amz-Expires=43200&Version=1';
	const bedrock = readFacts('presigned-bedrock', `bedrock-api-key-${Buffer.from(url).toString('base64')}`);
	assert.equal(bedrock?.issuedAt, Date.UTC(2026, 9, 3, 10, 11, 12));
	assert.equal(bedrock.expiresAt, Date.UTC(2026, 9, 3, 22, 11, 12));
	const sas = readFacts('azure-sas', '?sv=2024-11-04&st=2026-01-01T00%3A00Z&se=2026-02-01&sr=c&sp=rl&sig=x');
	assert.equal(sas?.issuedAt, Date.UTC(2026, 0, 1));
	assert.equal(sas.expiresAt, Date.UTC(2026, 1, 1));
	assert.deepEqual(sas.notes, ['permissions rl']);
});

it('notes the numbers of a Slack token and never its secret part', () => {
	const secret = token('slack-bot');
	const facts = readFacts('slack', secret);
	assert.equal(facts?.notes?.length, 2);
	assert.ok(!facts?.notes?.some((note) => note.includes(secret.split('-').at(-1)!)));
});
