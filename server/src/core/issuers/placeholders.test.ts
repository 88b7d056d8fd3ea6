import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { isReference, type Stand, standOf } from './placeholders.ts';

/** Grades are left out: what somebody typed may be a poor secret. */
function isPlaceholder(value: string): boolean {
	return (['reference', 'placeholder', 'words'] as const satisfies Stand[]).some((stand) => stand === standOf(value));
}

const DOLLAR = '$';

describe('references', () => {
	for (const text of [
		`${DOLLAR}{X}`,
		`Bearer ${DOLLAR}{env:X}`,
		`${DOLLAR}{input:a-b}`,
		`${DOLLAR}X`,
		'%X%',
		'{{ secrets.X }}',
		'{env:X}',
		'op://vault/item/field',
		'cred://keychain/a/b',
		`${DOLLAR}(pass show x)`,
	]) {
		it(text, () => assert.ok(isReference(text)));
	}
	it('are not mere dollars and braces', () => {
		for (const text of ['a$b', 'pa$$w0rd!7Xq', '{"a":"b"}', '100%']) assert.ok(!isReference(text), text);
	});
});

describe('placeholders', () => {
	const CLASSES: Readonly<Record<string, readonly string[]>> = {
		empty: ['', '  ', '""'],
		brackets: ['<your-token>', '<<PASTE_HERE>>', '[your data]', '__TOKEN__', '(your key)'],
		ellipsis: ['sk-...', 'ntn_****', 'abcd1234…', '***'],
		asking: ['your-token', 'YOUR_API_KEY', 'token_goes_here', 'replace-me', 'changeme', 'insert_key_here', 'yourtoken'],
		naming: ['GITHUB_TOKEN', 'access-token', 'my api key', 'MCP_LD_TOKEN', 'mypassword'],
		'counted bytes': [Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')],
		repeating: ['xxxxxxxxxxxx', 'sk-xxxxxxxxxxxxxxxx', '00000000-0000-0000-0000-000000000000', 'aaaa'],
		counting: ['123456789', 'abcdef123456', 'abc123', 'qwerty', 'ref-abcdefghi123'],
		'a marker between other parts': ['dt0s02.SAMPLE.abcd1234', 'acme_EXAMPLE_k8J2'],
		'words written together': ['ghp_16CharTokenHere', 'sk-EnterYourApiKey42'],
		'the length asked for': ['acme_32randomcharacters', '64-hex-characters', '40CharToken'],
		blank: ['none', 'null', 'TODO', 'dummy', 'n/a'],
		example: [`AKIA${'IOSFODNN7'}EXAMPLE`, 'example-token', 'sample_key'],
		'other languages': ['你的密钥', 'ваш_токен', 'tu_clave', 'votre-cle-api', 'dein_schluessel', 'sua_chave_api'],
		words: [
			'donjuandemarco',
			'correct-horse',
			'product-images',
			'smoke-i18n-admin',
			'k8s-staging',
			'gpt-4o-mini-2024-07-18',
			'llama-3-70b-instruct',
		],
		'naming, with a word such as e2e': ['jira_e2e_pass', 'S3_UPLOAD_KEY', 'oauth2-k8s-token'],
	};
	for (const [title, texts] of Object.entries(CLASSES)) {
		it(title, () => {
			for (const text of texts) assert.ok(isPlaceholder(text), text);
		});
	}

	it('in languages with accents, between signs of percent, a counted UUID, and a name in capitals inside', () => {
		for (const text of [
			'twój_token',
			'wstaw_swój_token',
			'token_tähän',
			'az-ön-tokenje',
			'token_của_bạn',
			'%%TOKEN%%',
			'12345678-1234-1234-1234-123456789012',
			'githubPersonalAccessToken',
			'myServiceApiKey',
		])
			assert.ok(isPlaceholder(text), text);
		for (const text of ['schöner-Garten', 'Straße12!', 'kDjwQpLmXrTvBnHsGzYc', 'x%%Q7rT2%%kL9'])
			assert.ok(!isPlaceholder(text), text);
	});

	it('typed by hand is graded apart', () => {
		for (const text of ['1234567890abcdef1234567890abcdef', 'a1b2c3d4e5f6g7h8i9j0k1l2', 'abcd1234abcd1234abcd1234']) {
			assert.equal(standOf(text), 'typed', text);
		}
		for (const text of [
			'abcd1234efgh5678ijkl9012',
			'XYZ987abc654DEF321ghi098',
			'mnop4321abcd8765wxyz1234efgh5678uvwxyz9876ijkl54',
		]) {
			assert.equal(standOf(text), 'patterned', text);
		}
	});
});

it('what turns round on a keyboard row is no run', () => {
	for (const text of ['Kerere4wewewLsdsds9opopo', '7ghgh_2bvbvbM4rtrtr']) assert.equal(standOf(text), undefined, text);
	for (const text of ['qwertyuiopasdfghjkl', 'zyxwvutsrqponmlkjihg', 'z9y8x7w6v5u4t3s2r1q0', 'aabbccddeeffgghh']) {
		assert.equal(standOf(text), 'typed', text);
	}
});

it('no random token is taken for a placeholder', () => {
	const kinds = [
		'github-pat',
		'gitlab-pat',
		'slack-bot',
		'openai-project',
		'anthropic',
		'google-api-key',
		'generic',
		'generic-hex',
		'uuid',
		'aws-secret',
	];
	for (const kind of kinds) {
		for (let seed = 1; seed <= 300; seed++) {
			const secret = token(kind, seed);
			assert.equal(standOf(secret), undefined, `${kind}:${seed}`);
			assert.ok(!isPlaceholder(token('password', seed)), `password:${seed}`);
		}
	}
});
