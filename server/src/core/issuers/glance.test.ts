import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TOKEN_NAMES, token } from '../../../../test/support/tokens.ts';
import { classify } from './classify.ts';
import type { ClassifyContext } from './context.ts';
import { mayHoldSecret } from './glance.ts';
import { KINDS } from './index.ts';
import { secretName } from './names.ts';

const mayHold = (value: string, { position, name, field, secretPath }: ClassifyContext) =>
	mayHoldSecret(value, position, name, field, secretName, secretPath);

describe('a glance', () => {
	it('clears what most values are', () => {
		const cleared = [
			'npx',
			'-y',
			'@scope/server@1.0.3',
			'--log-level',
			'https://api.example.com/v1',
			'/home/me/a.json',
		];
		for (const value of cleared) assert.equal(mayHold(value, { position: 'arg', name: 'X_URL' }), false, value);
		assert.equal(mayHold('${env:GITHUB_TOKEN}', { position: 'env', name: 'GITHUB_TOKEN' }), false);
	});

	it('clears nothing that a telling name or a default could make a secret', () => {
		assert.equal(mayHold('correcthorse', { position: 'env', name: 'PASSWORD' }), true);
		assert.equal(mayHold('correcthorse', { position: 'env', name: 'X', field: 'secret' }), true);
		assert.equal(mayHold('${env:X:-abc}', { position: 'env', name: 'X' }), true);
	});

	it('clears no token of any kind that tells itself', () => {
		for (const name of TOKEN_NAMES) {
			const context = { position: 'env', name: 'SETTING' } as const;
			if (classify(token(name), context).length > 0) assert.ok(mayHold(token(name), context), name);
		}
	});

	it('and the scan can look for every prefix by its first two characters, all of ASCII', () => {
		for (const { prefix } of KINDS) if (prefix !== undefined) assert.match(prefix, /^[ -~]{2,64}$/);
	});

	it('clears no value in which something is found', () => {
		const pieces = [
			...['a', 'Zq3', '-', '_', '.', '/', ':', '://', '@', '=', '?', '&', ';', ',', ' ', '"', "'", '{', '}', '$', '${'],
			...['(', '#', '%', '\\', 'é', '\u00a0', 'x/', 'user:pw@', 'https://', 'env:X', 'TOKEN', 'Bearer ', 'Mid-server-'],
			...['QmFzaWMgYXV0aDpzM2NyM3Q', '9f86d081884c7d659a2feaa0c55ad015', 'K8sQ2mZ7xW4vB1nT6yR3'],
			...TOKEN_NAMES.map((name) => token(name)),
			...KINDS.flatMap(({ prefix, marker }) => [prefix, marker]).filter((one) => one !== undefined),
		];
		const value = fc
			.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 4 })), { minLength: 1, maxLength: 5 })
			.map((parts) => parts.join(''));
		const context = fc.record(
			{
				position: fc.constantFrom<ClassifyContext['position']>('command', 'arg', 'env', 'header', 'url', 'other'),
				name: fc.constantFrom('SETTING', 'API_KEY', 'PASSWORD', 'EXTRA_HEADERS', 'Cookie', 'CLIENT_ID', '--token'),
				serverName: fc.constantFrom('github', 'jira', 'demo'),
				field: fc.constantFrom<'secret' | 'id'>('secret', 'id'),
				issuer: fc.constant('github'),
				secretPath: fc.boolean(),
			},
			{ requiredKeys: ['position'] },
		);
		let cleared = 0;
		fc.assert(
			fc.property(value, context, (text, around) => {
				if (mayHold(text, around)) return;
				cleared++;
				assert.deepEqual(classify(text, around), [], `${text} ${JSON.stringify(around)}`);
			}),
			{ numRuns: 5_000 },
		);
		assert.ok(cleared > 500, `only ${cleared} were cleared`);
	});
});
