import assert from 'node:assert/strict';
import { it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { crc32, gradeChecksum } from './checksums.ts';
import { knownKind } from './index.ts';

it('computes the CRC-32 of zlib', () => {
	assert.equal(crc32('123456789'), 0xcbf43926);
});

const CASES = [
	['github-pat', 'github-pat-classic'],
	['github-refresh', 'github-refresh'],
	['github-fine-grained', 'github-pat-fine-grained'],
	['gitlab-routable', 'gitlab-pat-routable'],
	['atlassian', 'atlassian-api-token'],
	['bitbucket', 'bitbucket-access-token'],
] as const;

for (const [name, id] of CASES) {
	it(`${id}: tells a right checksum from an altered token`, () => {
		const kind = knownKind(id);
		const right = token(name);
		const middle = Math.floor(right.length / 2);
		const altered = right.slice(0, middle) + (right[middle] === 'a' ? 'b' : 'a') + right.slice(middle + 1);
		assert.equal(gradeChecksum(kind.checksum!, right, kind.prefix!), 'valid');
		assert.equal(gradeChecksum(kind.checksum!, altered, kind.prefix!), 'invalid');
	});
}

it('checks Bech32 as the examples of BIP-173 do', () => {
	for (const right of ['A12UEL5L', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw']) {
		assert.equal(gradeChecksum('bech32', right, ''), 'valid');
		assert.equal(gradeChecksum('bech32', right.replace(/.$/, 'q'), ''), 'invalid');
	}
});

it('checks Cloudflare and Grafana tokens', () => {
	const body = 'Zq'.repeat(20);
	const hex = crc32(body).toString(16).padStart(8, '0');
	assert.equal(gradeChecksum('crc32-hex-8', `cfut_${body}${hex}`, 'cfut_'), 'valid');
	const start = `glsa_${'Yr'.repeat(16)}`;
	const [a, b, c, d] = crc32(start).toString(16).padStart(8, '0').match(/../g)!;
	assert.equal(gradeChecksum('grafana-crc32', `${start}_${d}${c}${b}${a}`, 'glsa_'), 'valid');
	assert.equal(gradeChecksum('grafana-crc32', `${start}_${a}${b}${c}${d}`, 'glsa_'), 'invalid');
});
