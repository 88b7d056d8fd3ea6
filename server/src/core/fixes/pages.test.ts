import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waysIn } from '../../../../test/support/ways.ts';

describe('what has to be done at the issuer', () => {
	const page = (written: string) => waysIn(written).ways.find((way) => way.kind === 'open-page');
	const list = (written: string) => waysIn(written).ways.find((way) => way.kind === 'copy-text');
	const github = (env: string) =>
		`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}", ${env} } } } }`;

	test('GitHub: permissions in the address and as a list', () => {
		const written = github('"GITHUB_TOOLSETS": "issues", "GITHUB_READ_ONLY": "1"');
		assert.equal(
			page(written)?.url,
			'https://github.com/settings/personal-access-tokens/new?name=mcp-gh&expires_in=90&issue_fields=read&issue_types=read&issues=read',
		);
		assert.equal(list(written)?.text, 'issue_fields: read\nissue_types: read\nissues: read');
	});

	test('GitHub: a classic token where no other will do', () => {
		assert.equal(
			page(github('"GITHUB_TOOLSETS": "notifications"'))?.url,
			'https://github.com/settings/tokens/new?scopes=notifications&description=mcp-gh',
		);
	});

	test('GitLab: filled in, at its own address', () => {
		const gitlab = (env: string) =>
			`{ "servers": { "gl": { "command": "npx", "args": ["@zereight/mcp-gitlab"], "env": { "GITLAB_PERSONAL_ACCESS_TOKEN": "{{gitlab-pat}}"${env} } } } }`;
		assert.equal(
			page(gitlab(''))?.url,
			'https://gitlab.com/-/user_settings/personal_access_tokens?name=mcp-gl&scopes=api',
		);
		assert.equal(list(gitlab(''))?.text, 'api');
		assert.equal(
			page(gitlab(', "GITLAB_READ_ONLY_MODE": "true", "GITLAB_API_URL": "https://git.acme.test/api/v4"'))?.url,
			'https://git.acme.test/-/user_settings/personal_access_tokens?name=mcp-gl&scopes=read_api',
		);
	});

	test('an installation of one’s own has its own page, and one that cannot be read here has none', () => {
		assert.match(
			page(github('"GITHUB_HOST": "https://git.acme.test:8443"'))!.url,
			/^https:\/\/git\.acme\.test:8443\/settings\//,
		);
		assert.match(page(github('"GITHUB_HOST": "https://acme.ghe.com"'))!.url, /^https:\/\/acme\.ghe\.com\/settings\//);
		assert.match(page(github('"GITHUB_API_URL": "https://api.github.com"'))!.url, /^https:\/\/github\.com\/settings\//);
		assert.equal(page(github('"GITHUB_HOST": "${env:OUR_GITHUB}"')), undefined);
		const sentry = `{ "servers": { "s": { "command": "npx", "args": ["@sentry/mcp-server", "--host=sentry.acme.test"], "env": { "SENTRY_ACCESS_TOKEN": "{{sentry-user}}" } } } }`;
		assert.equal(page(sentry)?.url, 'https://sentry.acme.test/settings/account/api/auth-tokens/');
	});

	test('Postgres: a role that only reads', () => {
		const written = `{ "servers": { "pg": { "command": "npx", "args": ["@modelcontextprotocol/server-postgres", "{{dsn}}"] } } }`;
		assert.equal(list(written)!.title, 'Copy a read-only role for "pg", as SQL');
		assert.match(
			list(written)!.text,
			/^CREATE ROLE mcp_ro LOGIN NOSUPERUSER[\s\S]*default_transaction_read_only = on;$/,
		);
	});

	test('a token that is known to be no larger than needed is left alone', () => {
		const written = `{ "servers": { "gl": { "command": "npx", "args": ["@zereight/mcp-gitlab"], "env": { "GITLAB_READ_ONLY_MODE": "true", "T": "{{gitlab-pat}}" } } } }`;
		const grant = { source: 'issuer', asOf: 0, precision: 'known', scopes: ['read_api'] } as const;
		assert.deepEqual(waysIn(written, 'vscode', grant).ways, []);
		assert.ok(waysIn(written, 'vscode', { ...grant, scopes: ['api'] }).ways.length > 0);
	});
});
