import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import { issuerById } from '../issuers/index.ts';
import { readDocument } from '../read.ts';
import { needOf, type ServerNeed } from './index.ts';
import { KNOWN_SERVERS } from './table.ts';

/** The need of the one server that is written here as an entry of the dialect. */
function need(
	entry: object,
	dialect: DialectId = 'vscode',
	overrides = [] as Parameters<typeof needOf>[2],
): ServerNeed | undefined {
	const root = dialectById(dialect).serverRoots[0]![0]!;
	const text = JSON.stringify({ [root]: { one: entry } });
	const document = readDocument('file:///w/config', text, dialectById(dialect), 'workspace');
	return needOf(document.servers[0]!, document, overrides);
}

const DOCKER = ['run', '-i', '--rm', '-e', 'GITHUB_PERSONAL_ACCESS_TOKEN'];
const IMAGE = 'ghcr.io/github/github-mcp-server';

describe('github-mcp-server', () => {
	const local = (env: object, args: string[] = []) =>
		need({ command: 'github-mcp-server', args: ['stdio', ...args], env });
	const remote = (path: string, headers: object = {}) =>
		need({ type: 'http', url: `https://api.githubcopilot.com${path}`, headers });

	test('without filters its default toolsets need to write, and to delete repositories', () => {
		const found = local({});
		assert.deepEqual(found?.scopes, ['delete_repo', 'read:org', 'repo']);
		assert.equal(found?.access, 'write');
		assert.match(found!.basis, /^\d+ of \d+ tools: those that are on by default$/);
	});

	test('reading only, in each form', () => {
		for (const found of [
			local({ GITHUB_READ_ONLY: '1' }),
			local({}, ['--read-only']),
			remote('/mcp/readonly'),
			remote('/mcp/', { 'X-MCP-Readonly': 'true' }),
			need({ command: 'docker', args: [...DOCKER, '-e', 'GITHUB_READ_ONLY=true', IMAGE] }),
			need({
				command: 'docker',
				args: [...DOCKER, '-e', 'GITHUB_READ_ONLY', IMAGE],
				env: { GITHUB_READ_ONLY: 'true' },
			}),
			need({
				command: 'npx',
				args: ['mcp-remote', 'https://api.githubcopilot.com/mcp/', '--header', 'X-MCP-Readonly: true'],
			}),
			need({ command: 'sh', args: ['-c', 'GITHUB_READ_ONLY=1 exec github-mcp-server stdio'] }),
		]) {
			assert.equal(found?.access, 'read');
			assert.deepEqual(found?.scopes, ['read:org', 'repo']);
			assert.match(found!.basis, /: read-only$/);
		}
	});

	test('what does not clearly narrow does not count', () => {
		for (const found of [
			local({ GITHUB_READ_ONLY: 'false' }),
			local({ GITHUB_READ_ONLY: '${env:READ_ONLY}' }),
			local({}, ['--read-only=false']),
			remote('/mcp/', { 'X-MCP-Readonly': 'off' }),
			need({ command: 'docker', args: [...DOCKER, IMAGE], env: { GITHUB_READ_ONLY: '1' } }),
		])
			assert.equal(found?.access, 'write');
	});

	test('toolsets, in each form', () => {
		for (const found of [
			local({ GITHUB_TOOLSETS: 'issues' }),
			local({}, ['--toolsets=issues']),
			local({}, ['--toolsets', 'issues']),
			remote('/mcp/x/issues'),
			remote('/mcp/', { 'x-mcp-toolsets': 'issues' }),
		]) {
			assert.deepEqual(found?.scopes, ['repo']);
			assert.match(found!.basis, /tools: group issues$/);
			assert.ok(found?.permissions.includes('issues:write'));
			assert.ok(!found?.permissions.includes('issues:read'), 'write includes read');
		}
		assert.deepEqual(remote('/mcp/x/issues/readonly')?.permissions, [
			'issue_fields:read',
			'issue_types:read',
			'issues:read',
		]);
		assert.deepEqual(local({ GITHUB_TOOLSETS: 'gists', GITHUB_READ_ONLY: 'true' })?.scopes, []);
		assert.deepEqual(local({ GITHUB_TOOLSETS: 'code_security' })?.scopes, ['security_events']);
		assert.ok(local({ GITHUB_TOOLSETS: 'all' })?.scopes.includes('notifications'));
		assert.equal(local({ GITHUB_TOOLSETS: 'default,notifications' })?.classicOnly, true);
	});

	test('pushing files may need more, where they are workflows', () => {
		assert.deepEqual(local({ GITHUB_TOOLS: 'push_files' })?.tolerated, ['workflow', 'workflows:write']);
		assert.deepEqual(local({ GITHUB_TOOLS: 'list_issues' })?.tolerated, []);
	});

	test('single tools: alone, and on top of toolsets; old names; without some', () => {
		assert.deepEqual(local({ GITHUB_TOOLS: 'get_gist,create_gist' })?.scopes, ['gist']);
		assert.match(local({ GITHUB_TOOLS: 'list_issues' })!.basis, /^1 of \d+ tools: tools named in the config$/);
		assert.deepEqual(local({ GITHUB_TOOLSETS: 'gists', GITHUB_TOOLS: 'get_project' })?.scopes, [
			'gist',
			'read:project',
		]);
		assert.deepEqual(local({ GITHUB_EXCLUDE_TOOLS: 'delete_repository' })?.scopes, ['read:org', 'repo']);
		assert.deepEqual(local({}, ['--exclude-tools', 'delete_repository,get_teams,get_team_members'])?.scopes, ['repo']);
	});

	test('a choice between scopes adds nothing where one of them is needed anyway', () => {
		assert.deepEqual(local({ GITHUB_TOOLS: 'list_issue_types' })?.scopes, ['read:org']);
		assert.deepEqual(local({ GITHUB_TOOLS: 'list_issue_types,list_issues' })?.scopes, ['repo']);
	});

	test('what the config hides is counted in full', () => {
		assert.ok(local({ GITHUB_TOOLSETS: '${input:toolsets}' })?.scopes.includes('project'));
		assert.ok(need({ command: 'github-mcp-server', args: ['stdio'], envFile: '.env' })?.scopes.includes('project'));
	});

	test('a toolset of a later version makes the need incomplete', () => {
		assert.equal(local({ GITHUB_TOOLSETS: 'issues,moon_landings' })?.complete, false);
		assert.equal(local({ GITHUB_TOOLSETS: 'issues' })?.complete, true);
	});

	test('seen through the launcher', () => {
		const run = need({
			command: 'mcp-hygiene',
			args: ['run', '--server', 'one', '--', 'github-mcp-server', 'stdio', '--toolsets', 'issues'],
			env: { GITHUB_READ_ONLY: 'true', GITHUB_PERSONAL_ACCESS_TOKEN: 'cred://keychain/github/one' },
		});
		assert.deepEqual([run?.access, run?.scopes], ['read', ['repo']]);
		const connect = need({
			command: '/opt/bin/mcp-hygiene',
			args: [
				'connect',
				'https://api.githubcopilot.com/mcp/',
				'--bearer',
				'cred://keychain/github/one',
				'--header',
				'X-MCP-Toolsets=issues',
			],
		});
		assert.match(connect!.basis, /group issues$/);
	});

	test('ghe.com', () => {
		assert.equal(need({ type: 'http', url: 'https://copilot-api.acme.ghe.com/mcp/readonly' })?.access, 'read');
		assert.equal(need({ type: 'http', url: 'https://copilot-api.ghe.com/mcp' }), undefined);
	});
});

describe('the host’s own filters', () => {
	test('Gemini, Windsurf, Kiro', () => {
		const gemini = need(
			{
				command: 'github-mcp-server',
				includeTools: ['list_issues', 'delete_repository'],
				excludeTools: ['delete_repository'],
			},
			'gemini',
		);
		assert.deepEqual([gemini?.access, gemini?.scopes], ['read', ['repo']]);
		assert.match(gemini!.basis, /^1 of \d+ tools: the host’s includeTools, excludeTools$/);
		assert.deepEqual(need({ command: 'github-mcp-server', disabledTools: ['delete_repository'] }, 'windsurf')?.scopes, [
			'read:org',
			'repo',
		]);
	});

	test('a field that the host of this file does not read narrows nothing', () => {
		assert.ok(
			need({ command: 'github-mcp-server', disabledTools: ['delete_repository'] }, 'vscode')?.scopes.includes(
				'delete_repo',
			),
		);
	});
});

describe('other servers', () => {
	const npx = (name: string, more: object = {}, args: string[] = []) =>
		need({ command: 'npx', args: ['-y', name, ...args], ...more });

	test('GitLab: any tool that writes needs api', () => {
		assert.deepEqual(npx('@zereight/mcp-gitlab@2.0.1')?.scopes, ['api', 'read_api']);
		assert.deepEqual(npx('@zereight/mcp-gitlab', { env: { GITLAB_READ_ONLY_MODE: 'true' } })?.scopes, ['read_api']);
		assert.deepEqual(npx('@zereight/mcp-gitlab', { env: { GITLAB_PERMISSION_MODE: 'readonly' } })?.access, 'read');
		assert.deepEqual(npx('@zereight/mcp-gitlab', {}, ['--permission-mode', 'readonly'])?.access, 'read');
		assert.deepEqual(npx('@zereight/mcp-gitlab', { env: { GITLAB_TOOLSETS: 'ci' } })?.scopes, ['read_api']);
		assert.deepEqual(need({ type: 'http', url: 'https://gitlab.acme.test/api/v4/mcp' })?.scopes, ['mcp']);
	});

	test('Atlassian: tools must pass both lists', () => {
		const found = (env: object) => need({ command: 'uvx', args: ['mcp-atlassian'], env });
		assert.ok(found({})!.scopes.includes('write:jira-work'));
		assert.ok(!found({ READ_ONLY_MODE: 'true' })!.scopes.some((scope) => scope.startsWith('write:')));
		assert.deepEqual(found({ TOOLSETS: 'jira_fields', ENABLED_TOOLS: 'jira_search_fields' })?.scopes, [
			'read:jira-work',
		]);
		assert.deepEqual(found({ TOOLSETS: 'jira_fields', ENABLED_TOOLS: 'jira_create_issue' })?.scopes, []);
	});

	test('Slack: posting is off until it is turned on', () => {
		assert.ok(!npx('slack-mcp-server')!.scopes.includes('chat:write'));
		assert.ok(npx('slack-mcp-server', { env: { SLACK_MCP_ADD_MESSAGE_TOOL: 'C123' } })!.scopes.includes('chat:write'));
		assert.deepEqual(npx('slack-mcp-server', { env: { SLACK_MCP_ENABLED_TOOLS: 'users_search' } })?.scopes, [
			'users:read',
		]);
	});

	test('Sentry: skills, by flag and by query', () => {
		assert.ok(npx('@sentry/mcp-server')!.scopes.includes('project:write'));
		const inspect = ['event:read', 'org:read', 'project:read', 'team:read'];
		assert.deepEqual(npx('@sentry/mcp-server', {}, ['--skills=inspect'])?.scopes, inspect);
		assert.deepEqual(
			need({ type: 'http', url: 'https://mcp.sentry.dev/mcp/acme?skills=inspect,docs' })?.scopes,
			inspect,
		);
		assert.ok(
			!npx('@sentry/mcp-server', {}, ['--disable-skills', 'project-management'])!.scopes.includes('project:write'),
		);
	});

	test('Grafana: categories and --disable-write', () => {
		const found = (...args: string[]) => need({ command: 'mcp-grafana', args })!;
		assert.ok(found().scopes.includes('dashboards:write'));
		assert.ok(!found('--disable-write').scopes.some((scope) => /:(?:write|create)$/.test(scope)));
		assert.deepEqual(found('--enabled-tools=prometheus').scopes, ['datasources:query']);
		assert.ok(
			!found('--disable-dashboard', '--disable-snapshot', '--disable-annotations').scopes.includes('dashboards:write'),
		);
	});

	test('Supabase, Neon, Postgres, MongoDB', () => {
		assert.equal(npx('@supabase/mcp-server-supabase', {}, ['--read-only', '--project-ref=abc'])?.access, 'read');
		assert.equal(
			need({ type: 'http', url: 'https://mcp.supabase.com/mcp?read_only=true&features=docs' })?.readOnlyBy,
			'read_only',
		);
		assert.deepEqual(need({ type: 'http', url: 'https://mcp.neon.tech/mcp?readonly=true' })?.scopes, ['read']);
		assert.deepEqual(npx('@modelcontextprotocol/server-postgres')?.scopes, ['CONNECT', 'SELECT', 'USAGE']);
		assert.equal(need({ command: 'uvx', args: ['postgres-mcp', '--access-mode=restricted'] })?.access, 'read');
		assert.equal(npx('mongodb-mcp-server', {}, ['--readOnly'])?.access, 'read');
	});

	test('Cloudflare, Google Workspace, AWS, Azure, PagerDuty, PostHog', () => {
		assert.ok(
			need({ type: 'http', url: 'https://observability.mcp.cloudflare.com/mcp' })!.scopes.includes(
				'workers_observability:read',
			),
		);
		const google = need({ command: 'uvx', args: ['workspace-mcp', '--tools', 'gmail', 'tasks', '--read-only'] });
		assert.ok(google!.scopes.includes('https://www.googleapis.com/auth/tasks.readonly'));
		assert.ok(google!.scopes.includes('openid'));
		assert.ok(!google!.scopes.some((scope) => scope.endsWith('/drive')));
		assert.equal(need({ command: 'uvx', args: ['awslabs.eks-mcp-server@latest'] })?.access, 'read');
		assert.equal(need({ command: 'uvx', args: ['awslabs.eks-mcp-server@latest', '--allow-write'] })?.access, 'write');
		assert.equal(npx('@azure/mcp@latest', {}, ['server', 'start', '--read-only'])?.access, 'read');
		assert.equal(need({ command: 'uvx', args: ['pagerduty-mcp'] })?.access, 'read');
		assert.deepEqual(need({ type: 'http', url: 'https://mcp.posthog.com/mcp?features=flags' })?.scopes, [
			'feature_flag:read',
			'feature_flag:write',
		]);
	});

	test('a key without scopes is said to be one', () => {
		assert.equal(npx('@brave/brave-search-mcp-server')?.scopeless, true);
	});

	test('silence about servers that are not known', () => {
		assert.equal(npx('some-other-server'), undefined);
		assert.equal(need({ type: 'http', url: 'https://example.test/mcp' }), undefined);
		assert.equal(need({}), undefined);
		assert.equal(need({ type: 'http', url: 'https://api.githubcopilot.com.evil.test/mcp' }), undefined);
	});
});

test('the person’s word comes before the data', () => {
	const mine = [{ match: 'server:one', issuer: 'github', scopes: ['read:org'], access: 'read' as const }];
	assert.deepEqual(need({ command: 'github-mcp-server' }, 'vscode', mine)?.scopes, ['read:org']);
	assert.equal(need({ command: 'my-own' }, 'vscode', mine)?.basis, 'your own settings');
	const byPackage = [{ match: '@acme/mcp', scopes: [], access: 'read' as const }];
	assert.equal(need({ command: 'npx', args: ['@acme/mcp@1'] }, 'vscode', byPackage), undefined, 'no issuer, no claim');
});

describe('the data', () => {
	for (const known of KNOWN_SERVERS) {
		test(known.id, () => {
			assert.doesNotThrow(() => issuerById(known.issuer));
			assert.match(known.date, /^20\d\d-\d\d-\d\d$/);
			assert.match(known.source, /\w{4}/);
			assert.ok(known.match.length > 0);
			for (const sentence of [known.advice]) if (sentence) assert.match(sentence, /^[A-Z`].*\.$/);
			for (const { rows } of known.groups)
				for (const row of rows) {
					assert.ok(row.read || row.write);
					for (const permission of row.permissions?.split(', ') ?? [])
						assert.match(permission, /^(?:-|[a-z_]+:(?:read|write|admin))$/);
				}
		});
	}

	test('no name means two servers', () => {
		const matches = KNOWN_SERVERS.flatMap(({ match }) => match);
		assert.deepEqual(
			matches.filter((match, i) => matches.indexOf(match) !== i),
			[],
		);
	});
});
