import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import type { Position } from '../servers.ts';
import { classify } from './classify.ts';

const PAT = token('github-pat');
const RANDOM = token('generic');

/** What is found, as `kind confidence [secret]`, the secret shown by the name of its token. */
function found(value: string, position: Position = 'env', name?: string, serverName?: string): string[] {
	const context = { position, ...(name ? { name } : {}), ...(serverName ? { serverName } : {}) };
	return classify(value, context).map(({ kind, confidence, from, to }) => {
		const secret = value.slice(from, to);
		const shown = secret === PAT ? 'PAT' : secret === RANDOM ? 'RANDOM' : 'other';
		return `${kind.id} ${confidence} ${shown}`;
	});
}

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
		['{"Authorization":"Bearer PAT"}', 'env', 'OPENAPI_MCP_HEADERS', 'JSON in a value'],
		['GITHUB_TOKEN=PAT npx -y server', 'arg', undefined, 'a shell string'],
		["exec server --token 'PAT'", 'arg', undefined, 'a quoted word'],
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

	it('several secrets, in order', () => {
		assert.deepEqual(found(`A_TOKEN=${PAT} B_TOKEN=${RANDOM} run`, 'arg'), [
			'github-pat-classic certain PAT',
			'unidentified-key likely RANDOM',
		]);
	});
});

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

	it('are silent without a password, with a default one, a reference or a placeholder', () => {
		for (const password of [
			'',
			':postgres',
			':password',
			':$' + '{DB_PASSWORD}',
			':<password>',
			':***',
			':your_password',
		]) {
			assert.deepEqual(found(`postgresql://postgres${password}@localhost:5432/db`, 'arg'), [], password);
		}
		assert.deepEqual(found('user:pass@tcp(host)/db', 'env', 'MYSQL_DSN'), []);
	});
});

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
});

describe('what is public or stands for a secret', () => {
	it('is recognised and marked', () => {
		for (const name of ['supabase-publishable', 'supabase-anon']) {
			const [hit, ...rest] = classify(token(name), { position: 'env', name: 'SUPABASE_KEY' });
			assert.equal(hit?.kind.public, true);
			assert.deepEqual(rest, []);
		}
	});

	const SILENT: readonly (readonly [string, string])[] = [
		['GITHUB_TOKEN', '$' + '{input:github_token}'],
		['GITHUB_TOKEN', '$' + '{env:GITHUB_TOKEN}'],
		['API_KEY', '$' + '{input:acme-a8f3b2c1d4e7}'],
		['GITHUB_TOKEN', '$GITHUB_TOKEN'],
		['GITHUB_TOKEN', '%GITHUB_TOKEN%'],
		['GITHUB_TOKEN', 'cred://keychain/github/gh'],
		['GITHUB_TOKEN', 'op://dev/github/token'],
		['GITHUB_TOKEN', `ghp_${'x'.repeat(36)}`],
		['GITHUB_TOKEN', 'ghp_your_token_here'],
		['GITLAB_TOKEN', 'glpat-...'],
		['AWS_ACCESS_KEY_ID', 'AKIA' + 'IOSFODNN7' + 'EXAMPLE'],
		['API_KEY', 'YOUR_API_KEY'],
		['SLACK_MCP_XOXB_TOKEN', 'xoxb-your-bot-token'],
		['GOOGLE_APPLICATION_CREDENTIALS', '/home/me/keys/service-account.json'],
		['AUTH_URL', 'https://auth.example.com/token'],
		['API_TOKEN', 'Bearer token or API key'],
		['MAX_TOKENS', '4096000000'],
	];
	for (const [name, value] of SILENT) {
		it(`${name}=${value.slice(0, 40)}`, () => assert.deepEqual(found(value, 'env', name), []));
	}

	it('an id that names a key stays weak', () => {
		const [hit] = classify(token('aws-key-id'), { position: 'env', name: 'AWS_ACCESS_KEY_ID' });
		assert.equal(hit?.confidence, 'weak');
		assert.match(hit.inside?.notes?.[0] ?? '', /^AWS account \d{12}$/);
	});

	it('a token typed by hand is weak', () => {
		assert.deepEqual(found(`ghp_${'1234567890'}${'abcdefghijklmnopqrstuvwxyz'}`), ['github-pat-classic weak other']);
	});
});
