import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expand, token } from '../../../../test/support/tokens.ts';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { Fingerprinter } from '../secret-value.ts';
import { findCredentials } from './find.ts';

const FINGERPRINTER = new Fingerprinter(new Uint8Array(32));

function credentialsOf(config: string) {
	const text = expand(config);
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	return { text, credentials: findCredentials(document, FINGERPRINTER) };
}

const CONFIG = `{
	"inputs": [{ "id": "k", "type": "promptString", "default": "{{generic-hex:3}}", "description": "key" }, { "id": "t", "type": "promptString", "default": "{{anthropic}}" }],
	"servers": {
		"gh": {
			"command": "docker",
			"args": ["run", "-e", "GITHUB_TOKEN={{github-pat}}", "--api-key", "{{generic}}", "--header", "Authorization: Bearer {{slack-bot}}", "server"],
			"env": { "DB": "{{dsn}}", "REF": "cred://keychain/gh/a", "ANON": "{{supabase-anon}}", "ID": "{{uuid}}" }
		},
		"remote": { "type": "http", "url": "{{url-token}}", "headers": { "X-Api-Key": "\\u0067{{generic:2}}" } }
	}
}`;

it('finds every literal secret of every position, in document order', () => {
	const { credentials } = credentialsOf(CONFIG);
	assert.deepEqual(
		credentials.map(
			({ server, part, classification }) => `${server?.name ?? 'inputs'} ${part.position} ${classification.kind.id}`,
		),
		[
			'inputs input-default anthropic-api',
			'gh arg github-pat-classic',
			'gh arg unidentified-key',
			'gh arg slack-bot',
			'gh env postgres-url-password',
			'remote url unidentified-key',
			'remote header unidentified-key',
		],
	);
});

it('spans the secret alone, also across escapes', () => {
	const { text, credentials } = credentialsOf(CONFIG);
	const shown = credentials.map(({ span }) => text.slice(span.start, span.end));
	assert.equal(shown[1], token('github-pat'));
	assert.equal(shown[3], token('slack-bot'));
	assert.equal(shown[6], `\\u0067${token('generic', 2)}`);
	assert.equal(credentials[6]?.secret.reveal(), `g${token('generic', 2)}`);
});

it('labels without a character of the secret', () => {
	const [, pat] = credentialsOf(CONFIG).credentials;
	assert.match(pat?.label ?? '', /^GitHub personal access token \(classic\) #[0-9a-f]{6}$/);
	assert.ok(
		!JSON.stringify(credentialsOf(CONFIG).credentials.map(({ secret, label }) => ({ secret, label }))).includes(
			token('github-pat'),
		),
	);
});

it('gives the same secret the same fingerprint wherever it stands', () => {
	const { credentials } = credentialsOf(
		'{"servers":{"a":{"env":{"T":"{{github-pat}}"}},"b":{"headers":{"Authorization":"Bearer {{github-pat}}"}}}}',
	);
	assert.equal(credentials.length, 2);
	assert.equal(credentials[0]?.fingerprint, credentials[1]?.fingerprint);
});

it('reads a key that is written twice: both values are secrets in the file', () => {
	const { credentials } = credentialsOf(
		'{"servers":{"a":{"command":"x","env":{"GH_TOKEN":"{{github-pat}}","GH_TOKEN":"{{github-pat:2}}"}}}}',
	);
	assert.equal(credentials.length, 2);
});

it('finds the key in the path of a URL that a bridge gets, as in one of the host itself', () => {
	const url = 'https://mcp.zapier.com/api/mcp/s/{{uuid}}/mcp';
	for (const entry of [
		`"url": "${url}"`,
		`"command": "npx", "args": ["-y", "mcp-remote", "${url}"]`,
		`"command": "npx", "args": ["-y", "supergateway", "--sse", "${url}"]`,
		`"command": "sh", "args": ["-c", "npx -y mcp-remote ${url}"]`,
	]) {
		const { text, credentials } = credentialsOf(`{"servers":{"z":{${entry}}}}`);
		assert.deepEqual(
			credentials.map(({ span, classification: { kind } }) => [kind.id, text.slice(span.start, span.end)]),
			[['capability-url', token('uuid')]],
			entry,
		);
	}
	assert.deepEqual(
		credentialsOf('{"servers":{"z":{"command":"npx","args":["mcp-remote","https://x.test/s/{{uuid}}"]}}}').credentials,
		[],
	);
});

it('a private key is called one, whoever issued it', () => {
	const pem = `-----BEGIN ${'PRIVATE KEY'}-----\\n${token('generic')}${token('generic', 2)}\\n-----END ${'PRIVATE KEY'}-----`;
	const labels = (name: string, value: string) =>
		credentialsOf(`{ "servers": { "a": { "command": "x", "env": { "${name}": "${value}" } } } }`).credentials.map(
			({ label }) => label.replace(/ #.*/, ''),
		);
	assert.deepEqual(labels('GOOGLE_PRIVATE_KEY', pem), ['Google private key in PEM form']);
	assert.deepEqual(labels('SIGNING', pem), ['Unidentified private key in PEM form']);
	const encoded = Buffer.from(pem.replaceAll('\\n', '\n')).toString('base64');
	assert.deepEqual(labels('SIGNING', encoded), ['Unidentified private key in base64']);
});
