import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialectById } from '../dialects/index.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { readDocument } from '../read.ts';
import { SecretValue } from '../secret-value.ts';
import { applyChanges } from '../text.ts';
import { planMove } from './move.ts';
import type { MovePlan } from './planned.ts';
import { isRefusal, type Refusal } from './target.ts';

// In these texts SECRET stands for the credential; REF is the reference that takes its place.
const REF = 'cred://keychain/search/key';

function credentialIn(document: ConfigDocument): Credential {
	const server = document.servers[0]!;
	const parts = [...server.args, ...server.headers, ...(server.url ? [server.url] : [])];
	const part = parts.find(({ value }) => value.includes('SECRET'))!;
	const from = part.value.indexOf('SECRET');
	return {
		server,
		part,
		span: part.node.spanOf(from, from + 6),
		secret: SecretValue.of('SECRET'),
		fingerprint: 'f',
		classification: { issuer: 'search', from, to: from + 6 } as Credential['classification'],
		confidence: 'certain',
		label: 'key #f',
	};
}

function plan(entry: object | string): { readonly text: string; readonly plan: MovePlan | Refusal } {
	const text = typeof entry === 'string' ? entry : `{"servers":{"x":${JSON.stringify(entry)}}}`;
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	return { text, plan: planMove(document, credentialIn(document)) };
}

function moved(entry: object | string): { readonly text: string; readonly stored: string; readonly caveat: string } {
	const { text, plan: made } = plan(entry);
	if (isRefusal(made)) throw new Error(made.refused);
	const after = applyChanges(text, made.changes(REF, 'mcp-hygiene'));
	return { text: after, stored: made.stored.reveal(), caveat: made.caveat ?? '' };
}

/** The arguments after the move of a URL, and what is stored. */
function movedUrl(url: string, more: object = {}): readonly string[] {
	const { text, stored } = moved({ type: 'http', url, ...more });
	return [...JSON.parse(text).servers.x.args, stored];
}

function refusal(entry: object): string {
	const { plan: made } = plan(entry);
	return isRefusal(made) ? made.refused : 'not refused';
}

test('query: the last parameter goes to the launcher, and the URL ends before it', () => {
	const { text, stored, caveat } = moved(`{
  "servers": {
    "x": {
      // search of the team
      "type": "http",
      "url": "https://x.example/mcp?api_key=SECRET"
    }
  }
}`);
	assert.equal(stored, 'SECRET');
	assert.equal(
		text,
		`{
  "servers": {
    "x": {
      // search of the team
      "type": "stdio",
      "command": "mcp-hygiene",
      "args": ["connect", "https://x.example/mcp", "--query", "api_key=${REF}"]
    }
  }
}`,
	);
	assert.match(caveat, /inside of the URL, so its own logs/);
});

test('query: the order of the parameters stays', () => {
	const rest = 'https://x.example/mcp?a=1&key=&b=2#top';
	assert.deepEqual(movedUrl('https://x.example/mcp?a=1&key=SECRET&b=2#top'), [
		'connect',
		rest,
		'--query',
		`key=${REF}`,
		'SECRET',
	]);
	assert.equal(movedUrl('https://x.example/mcp?a=1&key=SECRET')[1], 'https://x.example/mcp?a=1');
});

test('query and path: the whole value is stored, to the letter', () => {
	assert.equal(movedUrl('https://x.example/mcp?key=user%2BSECRET').at(-1), 'user%2BSECRET');
	assert.deepEqual(movedUrl('https://x.example/s/u-SECRET/mcp?a=1'), [
		'connect',
		'https://x.example/s/{secret}/mcp?a=1',
		'--path',
		`secret=${REF}`,
		'u-SECRET',
	]);
});

test('user: it becomes Basic authentication', () => {
	const args = ['connect', 'https://x.example/mcp', '--basic', REF];
	assert.deepEqual(movedUrl('https://me%40x:SECRET@x.example/mcp'), [...args, 'me@x:SECRET']);
	assert.deepEqual(movedUrl('https://SECRET@x.example/mcp'), [...args, 'SECRET:']);
});

test('headers come along', () => {
	assert.deepEqual(movedUrl('https://x.example/mcp?key=SECRET', { headers: { 'X-Mode': 'a' } }).slice(4, 6), [
		'--header',
		'X-Mode=a',
	]);
});

test('the URL of a connect entry', () => {
	const { text } = moved({
		command: 'mcp-hygiene',
		args: ['connect', 'https://x.example/mcp?key=SECRET', '--bearer', REF],
	});
	assert.deepEqual(JSON.parse(text).servers.x.args, [
		'connect',
		'https://x.example/mcp',
		'--bearer',
		REF,
		'--query',
		`key=${REF}`,
	]);
});

test('a literal header of a connect entry', () => {
	const { text, stored } = moved({
		command: 'mcp-hygiene',
		args: ['connect', 'https://x.example/mcp', '--header', 'x-key=SECRET'],
	});
	assert.deepEqual([JSON.parse(text).servers.x.args[3], stored], [`x-key=${REF}`, 'SECRET']);
});

test('a vendor that is known to take a header is named', () => {
	assert.match(
		moved({ url: 'https://mcp.exa.ai/mcp?exaApiKey=SECRET' }).caveat,
		/known to take it in the header x-api-key/,
	);
});

test('another secret of the entry is told, because it becomes an argument until it is moved', () => {
	const token = 'Zq83hTbW0pLk92XsVn4c';
	const entry = { url: `https://x.example/mcp?key=SECRET&api_key=${token}` };
	assert.match(moved(entry).caveat, /another secret, which the process list shows until you move it/);
	const header = { url: `https://x.example/mcp?api_key=${token}`, headers: { Authorization: 'Bearer SECRET' } };
	assert.match(moved(header).caveat, /another secret/);
	assert.equal(moved({ url: 'https://x.example/mcp', headers: { Authorization: 'Bearer SECRET' } }).caveat, '');
});

test('what cannot be moved says why', () => {
	const at = (url: string, more: object = {}) => refusal({ url, ...more });
	assert.match(at('https://x.example/mcp?key=SECRET&key=2'), /stands there twice/);
	assert.match(at('https://x.example/mcp?k%20y=SECRET'), /name of its parameter/);
	assert.match(at('https://SECRET.x.example/mcp'), /part of the host’s name/);
	assert.match(at('https://x.example/mcp#key=SECRET'), /never sent/);
	assert.match(at('${env:HOST}/mcp?key=SECRET'), /only the host fills in/);
	assert.match(at('postgres://u:SECRET@x/db'), /http\(s\)/);
	assert.match(at('https://u:SECRET%@x.example/'), /not escaped/);
	assert.match(
		at('https://u:SECRET@x.example/', { headers: { Authorization: 'b' } }),
		/also sends an Authorization header/,
	);
	assert.match(at('https://x.example/mcp?key=SECRET', { headers: { A: 'two words' } }), /header `A`/);
	assert.match(at('https://x.example/sse?key=SECRET', { type: 'sse' }), /speaks streamable HTTP/);
	assert.match(
		refusal({ command: 'mcp-hygiene', args: ['connect', '${env:B}/mcp?key=SECRET'] }),
		/only the host fills in/,
	);
});
