import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { found, PAT, RANDOM } from '../../../../test/support/classified.ts';
import { token } from '../../../../test/support/tokens.ts';
import type { Position } from '../servers.ts';
import { classify } from './classify.ts';

describe('a token that identifies itself', () => {
	const SELF_IDENTIFYING: readonly (readonly [string, string])[] = [
		['github-pat', 'github-pat-classic'],
		['github-fine-grained', 'github-pat-fine-grained'],
		['github-oauth', 'github-oauth'],
		['github-user', 'github-app-user'],
		['github-installation', 'github-app-installation'],
		['github-refresh', 'github-refresh'],
		['gitlab-pat', 'gitlab-pat'],
		['gitlab-routable', 'gitlab-pat-routable'],
		['gitlab-deploy', 'gitlab-deploy'],
		['gitlab-job', 'gitlab-job'],
		['gitlab-trigger', 'gitlab-trigger'],
		['gitlab-scim', 'gitlab-scim'],
		['atlassian', 'atlassian-api-token'],
		['bitbucket', 'bitbucket-access-token'],
		['bitbucket-app-password', 'bitbucket-app-password'],
		['slack-bot', 'slack-bot'],
		['slack-user', 'slack-user'],
		['slack-app', 'slack-app'],
		['slack-rotated', 'slack-rotated'],
		['slack-refresh', 'slack-refresh'],
		['slack-session', 'slack-session'],
		['slack-webhook', 'slack-webhook'],
		['openai-project', 'openai-project'],
		['openai-service', 'openai-service-account'],
		['openai-admin', 'openai-admin'],
		['openai-legacy', 'openai-legacy'],
		['anthropic', 'anthropic-api'],
		['anthropic-admin', 'anthropic-admin'],
		['anthropic-oauth', 'claude-oauth-access'],
		['anthropic-refresh', 'claude-oauth-refresh'],
		['google-api-key', 'google-api-key'],
		['google-oauth-secret', 'google-oauth-secret'],
		['google-access', 'google-access-token'],
		['google-refresh', 'google-refresh-token'],
		['supabase-pat', 'supabase-access-token'],
		['supabase-secret', 'supabase-secret-key'],
		['supabase-service-role', 'supabase-service-role'],
		['jwt', 'jwt'],
	];
	for (const [name, id] of SELF_IDENTIFYING) {
		it(`${name} is ${id}, whole and alone, under any name`, () => {
			for (const seed of [1, 2, 3]) {
				const secret = token(name, seed);
				const [first, ...rest] = classify(`x ${secret} y`, { position: 'env', name: 'SETTING_1' });
				assert.deepEqual(rest, []);
				assert.equal(first?.kind.id, id);
				assert.equal(first.confidence, 'certain');
				assert.deepEqual([first.from, first.to], [2, 2 + secret.length]);
			}
		});
	}

	it('with a wrong checksum or length is likely, never silent', () => {
		assert.deepEqual(found(token('github-pat-bad-checksum')), ['github-pat-classic likely other']);
		assert.deepEqual(found(`${PAT}Zz9`), ['github-pat-classic likely other']);
		assert.deepEqual(found(PAT.slice(0, 30)), ['github-pat-classic likely other']);
	});

	it('is not seen where only its start is shown, which a right checksum contradicts', () => {
		for (const rest of ['...', '…', '***', '[redacted]']) {
			assert.deepEqual(found(PAT.slice(0, 30) + rest, 'env', 'SETTING_1'), [], rest);
			assert.deepEqual(found(PAT + rest, 'env', 'SETTING_1'), ['github-pat-classic certain PAT'], rest);
		}
	});

	it('need not be of a vendor that is known, if its form says what it is', () => {
		for (const word of ['sk', 'pat', 'secret', 'live', 'apikey', 'api_key']) {
			const [hit] = classify(`acme_${word}_${token('generic').slice(0, 32)}`, { position: 'env', name: 'SETTING_1' });
			assert.deepEqual([hit?.issuer, hit?.confidence, hit?.from], ['unidentified', 'likely', 0], word);
			assert.deepEqual(found(`acme_${word}_${'your_key_here_please'}`, 'env', 'SETTING_1'), [], word);
		}
		assert.deepEqual(found(`pub_live_${token('generic').slice(0, 32)}`, 'env', 'SETTING_1'), []);
	});

	it('is not looked for inside of words', () => {
		assert.deepEqual(found(`a${PAT}`, 'arg'), []);
		assert.deepEqual(found('task-proj-runner'), []);
		assert.deepEqual(found('npm_config_loglevel_v2_10_11'), []);
	});
});

describe('every place of a value', () => {
	const PLACES: readonly (readonly [string, Position, string | undefined, string])[] = [
		['PAT', 'env', 'GITHUB_TOKEN', 'the whole value'],
		['  PAT\n', 'env', 'GITHUB_TOKEN', 'blanks around'],
		['Bearer PAT', 'header', 'Authorization', 'after a scheme'],
		['token PAT', 'header', 'Authorization', 'after another scheme'],
		['Authorization: Bearer PAT', 'arg', undefined, 'a header in an argument'],
		['--token=PAT', 'arg', undefined, 'flag and value'],
		['GITHUB_TOKEN=PAT', 'arg', undefined, 'docker -e'],
		['https://x:PAT@github.com/a/b.git', 'arg', undefined, 'the password of a URL'],
		['https://mcp.example.com/sse?api_key=PAT&x=1', 'url', undefined, 'a query parameter'],
		['https://mcp.example.com/PAT/mcp', 'url', undefined, 'a path segment'],
		['$' + '{GITHUB_TOKEN:-PAT}', 'env', 'GITHUB_TOKEN', 'the default of a reference'],
		['$' + '{GITHUB_TOKEN:PAT}', 'env', 'GITHUB_TOKEN', 'the default of fast-agent'],
		['{"Authorization":"Bearer PAT"}', 'env', 'OPENAPI_MCP_HEADERS', 'JSON in a value'],
		['GITHUB_TOKEN=PAT npx -y server', 'arg', undefined, 'a shell string'],
		["exec server --token 'PAT'", 'arg', undefined, 'a quoted word'],
		['GITHUB_TOKEN = "PAT"', 'env', 'GITHUB_TOKEN', 'a whole line of a file, pasted'],
		['Api: PAT', 'env', 'GITHUB_TOKEN', 'behind a label'],
		['"PAT",', 'env', 'GITHUB_TOKEN', 'copied with its quotes and a comma'],
		['PAT"\n}', 'env', 'GITHUB_TOKEN', 'copied with what stood behind it'],
	];
	for (const [template, position, name, title] of PLACES) {
		it(title, () => {
			assert.deepEqual(found(template.replace('PAT', PAT), position, name), ['github-pat-classic certain PAT']);
		});
	}

	for (const [template, position, name, title] of PLACES.filter(
		([text]) => !text.includes('@') && !text.includes('/PAT'),
	)) {
		it(`${title}, with a value of no known format`, () => {
			assert.deepEqual(found(template.replace('PAT', RANDOM), position, name), ['unidentified-key likely RANDOM']);
		});
	}

	it('Basic: the whole base64, named after the token inside', () => {
		const blob = (text: string) => Buffer.from(text).toString('base64');
		assert.deepEqual(found(`Basic ${blob(`me:${PAT}`)}`, 'header', 'Authorization'), [
			'github-pat-classic certain other',
		]);
		assert.deepEqual(found(`Basic ${blob(`me:${token('password')}`)}`, 'header', 'Authorization'), [
			'basic-authorization certain other',
		]);
		assert.deepEqual(found(`Basic ${blob('user:password')}`, 'header', 'Authorization'), []);
	});

	it('an option that only its program explains', () => {
		const cases: readonly (readonly [string, readonly string[]])[] = [
			[`curl -s -u me:${RANDOM} https://api.example.com`, ['unidentified-password likely RANDOM']],
			[`curl --user '${RANDOM}:' https://api.example.com`, ['unidentified-key likely RANDOM']],
			[`mysql -u app -p${RANDOM} orders`, ['unidentified-password likely RANDOM']],
			[`sshpass -p ${RANDOM} ssh host`, ['unidentified-password likely RANDOM']],
			[`redis-cli -h cache -a ${RANDOM} ping`, ['unidentified-password likely RANDOM']],
			[`docker run -p ${RANDOM} image`, []],
			[`some-server -k ${RANDOM}`, []],
			['curl -u $USER:$PASSWORD https://api.example.com', []],
		];
		for (const [text, wanted] of cases) assert.deepEqual(found(text, 'arg'), wanted, text);
	});

	it('a key at the start of a command, or with a remark behind it', () => {
		const hex = token('git-sha');
		assert.deepEqual(found(`${RANDOM} uvx some-server`, 'env', 'API_KEY'), ['unidentified-key likely RANDOM']);
		assert.deepEqual(found(`${RANDOM}  (until 2027, ask Ann)`, 'env', 'API_KEY'), ['unidentified-key likely RANDOM']);
		assert.deepEqual(found(`${PAT} uvx some-server --port 8080`, 'env', 'GITHUB_TOKEN'), [
			'github-pat-classic certain PAT',
		]);
		assert.deepEqual(found(`${hex} npx -y some-server`, 'env', 'GITHUB_TOKEN'), ['github-pat-40-hex likely other']);
	});

	it('words, versions and digests in a text are no keys', () => {
		for (const text of [
			'Bearer token or API key of the account 4711',
			'ask for claude-3-5-sonnet-20241022 or gemini-2.0-flash-exp-1219',
			`ghcr.io/acme/server@sha256:${token('sha256')} with a key`,
			`paste your key here, such as ${RANDOM}`,
			`see https://example.com/keys/${RANDOM} for more`,
		]) {
			assert.deepEqual(found(text, 'env', 'API_KEY'), [], text);
		}
	});

	it('right behind the word that the URLs of Telegram begin with', () => {
		const bot = `712345678:AA${token('generic').slice(0, 33)}`;
		const url = `https://api.telegram.org/bot${bot}/getMe`;
		const [hit, ...rest] = classify(url, { position: 'arg' });
		assert.deepEqual(rest, []);
		assert.deepEqual([hit?.kind.id, url.slice(hit?.from, hit?.to)], ['telegram-bot', bot]);
	});

	it('several secrets, in order', () => {
		assert.deepEqual(found(`A_TOKEN=${PAT} B_TOKEN=${RANDOM} run`, 'arg'), [
			'github-pat-classic certain PAT',
			'unidentified-key likely RANDOM',
		]);
	});
});

describe('a shape that no other value has', () => {
	it('needs no name', () => {
		const hex = token('generic-hex').slice(0, 32);
		assert.deepEqual(found(`${hex}.${RANDOM.slice(0, 16)}`, 'env', 'SETTING_1'), ['zhipu-api-key likely other']);
		const id = Buffer.from('799281494476455987').toString('base64url');
		assert.deepEqual(found(`${id}.${'Yh3kQ2'}.${RANDOM.slice(0, 30)}`, 'env', 'SETTING_1'), [
			'discord-bot certain other',
		]);
	});
});
