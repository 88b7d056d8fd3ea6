import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import type { Position } from '../servers.ts';
import { type ClassifyContext, classify } from './classify.ts';

const RANDOM = token('generic');
const UUID = token('uuid');

/** The secrets found, as they are written. */
function secretsIn(value: string, position: Position, name?: string): string[] {
	const context: ClassifyContext = { position, ...(name ? { name } : {}) };
	return classify(value, context).map(({ from, to }) => value.slice(from, to));
}

describe('a secret without a form of its own', () => {
	const PLACES: readonly (readonly [string, Position, string | undefined, string])[] = [
		['Klaviyo-API-Key RANDOM', 'header', 'Authorization', 'after the scheme of one vendor'],
		['Authorization: Zoho-oauthtoken RANDOM', 'arg', undefined, 'after such a scheme in an argument'],
		['MediaBrowser Token="RANDOM"', 'header', 'Authorization', 'in a parameter of a scheme'],
		['Token token=RANDOM', 'header', 'Authorization', 'in a parameter of a known scheme'],
		['https://mcp.example.com/mcp#token=RANDOM', 'url', undefined, 'in the fragment of a URL'],
		['https://x.azurewebsites.net/runtime/webhooks/mcp/sse?code=RANDOM', 'url', undefined, 'as the code of a function'],
		['API_TOKEN=RANDOM&&', 'arg', undefined, 'before what joins commands'],
		['API_TOKEN=RANDOM&', 'arg', undefined, 'before what joins commands of Windows'],
		['--apikey:RANDOM', 'arg', undefined, 'after a flag with a colon'],
		['/apikey=RANDOM', 'arg', undefined, 'after a flag with a slash'],
		['cache.example.com:6380,password=RANDOM,ssl=True', 'env', 'CACHE', 'between commas'],
		['url: https://example.com\napi_key: RANDOM', 'env', 'CONFIG', 'in a line of YAML'],
		['["RANDOM"]', 'env', 'API_KEYS', 'in a list'],
		['theme=dark; session=RANDOM', 'env', 'X_COOKIE', 'in a cookie'],
	];
	for (const [template, position, name, title] of PLACES) {
		it(title, () => assert.deepEqual(secretsIn(template.replace('RANDOM', RANDOM), position, name), [RANDOM]));
	}

	const CODE = [
		'import os; os.environ["API_TOKEN"]="RANDOM"; import server',
		"import os; os.environ['API_TOKEN'] = 'RANDOM'; import server",
		'os.environ.setdefault("API_TOKEN", "RANDOM")',
		'os.putenv("API_TOKEN","RANDOM")',
		"import os; os.environ.update(API_TOKEN='RANDOM', LOG_LEVEL='debug')",
		'os.environ.get("API_TOKEN", "RANDOM")',
		"ENV['API_TOKEN']='RANDOM'; load 'server.rb'",
		"process.env['API_TOKEN']='RANDOM'; require('./server.js')",
		'process.env.API_TOKEN = "RANDOM"; require("./server.js")',
		'sh -c \'python -c "import os; os.environ[\\"API_TOKEN\\"]=\\"RANDOM\\""\'',
	];
	for (const template of CODE)
		it(`in code: ${template.slice(0, 60)}`, () =>
			assert.deepEqual(secretsIn(template.replace('RANDOM', RANDOM), 'arg'), [RANDOM]));

	it('in a configuration in base64, all of which is the secret', () => {
		const encoded = Buffer.from(JSON.stringify({ apiKey: RANDOM })).toString('base64');
		const url = `https://server.example.com/mcp?config=${encoded}&profile=x`;
		assert.deepEqual(secretsIn(url, 'url'), [encoded]);
		const harmless = Buffer.from(JSON.stringify({ apiKey: 'your-key', model: 'gpt' })).toString('base64');
		assert.deepEqual(secretsIn(`https://server.example.com/mcp?config=${harmless}`, 'url'), []);
	});

	it('in the path of a webhook is a note', () => {
		const url = `https://hooks.example.com/in/${RANDOM}4x8K2b7Q`;
		const [hit] = classify(url, { position: 'env', name: 'ALERT_WEBHOOK_URL' });
		assert.equal(hit?.confidence, 'weak');
		assert.deepEqual(secretsIn(url, 'env', 'ALERT_URL'), []);
	});
});

describe('what only looks so', () => {
	const SILENT: readonly (readonly [string, Position, string | undefined])[] = [
		['Bearer token', 'header', 'Authorization'],
		['USDC,ETH,WBTC', 'env', 'TOKENS'],
		['key=team-a,env=prod', 'env', 'LABELS'],
		['Negotiate authentication', 'header', 'Authorization'],
		['Mode automatic', 'header', 'Authorization'],
		[`project: ${UUID}`, 'env', 'SETTING'],
		[`a=1,trace=${UUID}`, 'env', 'OTEL_RESOURCE_ATTRIBUTES'],
		[`https://mcp.example.com/callback?code=${RANDOM}`, 'url', undefined],
		['/usr/share/key=value', 'arg', undefined],
		[`#${UUID}`, 'arg', undefined],
		['import os; os.environ["API_TOKEN"] = os.environ["GITHUB_TOKEN"]', 'arg', undefined],
		["env(['GITHUB_TOKEN', 'SLACK_BOT_TOKEN'])", 'arg', undefined],
		['process.env.API_TOKEN="your-token-here"', 'arg', undefined],
		["os.environ.get('API_TOKEN', 'none')", 'arg', undefined],
	];
	for (const [value, position, name] of SILENT) {
		it(`${name ?? ''} ${value.slice(0, 30)}`, () => assert.deepEqual(secretsIn(value, position, name), []));
	}
});

describe('a recovery phrase', () => {
	const words = 'ladder couple orbit velvet sunset glance marble tunnel whisper kiwi potato unique'.split(' ');

	it('is the one secret that consists of words', () => {
		assert.deepEqual(secretsIn(words.join(' '), 'env', 'WALLET_MNEMONIC'), [words.join(' ')]);
		assert.deepEqual(secretsIn(words.join(' '), 'env', 'DESCRIPTION'), []);
	});

	it('of a test chain, or of another length, is none', () => {
		assert.deepEqual(secretsIn(`${'test '.repeat(11)}junk`, 'env', 'WALLET_MNEMONIC'), []);
		assert.deepEqual(secretsIn(words.slice(1).join(' '), 'env', 'WALLET_MNEMONIC'), []);
	});
});
