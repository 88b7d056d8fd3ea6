import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stringify } from 'yaml';
import { edited, ids } from '../../../../test/support/ways.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import { needOf } from '../needs/index.ts';
import { KNOWN_SERVERS } from '../needs/table.ts';
import { readDocument } from '../read.ts';
import { applyChanges } from '../text.ts';
import { narrowServer } from './narrow-server.ts';

describe('let the server only read', () => {
	test('in its environment, beside what is there', () => {
		const before = `{
	"servers": {
		"gh": {
			"command": "github-mcp-server", // local build
			"args": ["stdio"],
			"env": {
				"GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}"
			}
		}
	}
}`;
		assert.equal(
			edited(before, 'read-only'),
			`{
	"servers": {
		"gh": {
			"command": "github-mcp-server", // local build
			"args": ["stdio"],
			"env": {
				"GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}",
				"GITHUB_READ_ONLY": "true"
			}
		}
	}
}`,
		);
	});

	test('in a container, before the image', () => {
		assert.equal(
			edited(
				`{ "servers": { "gh": { "command": "docker", "args": ["run", "-i", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "ghcr.io/github/github-mcp-server:v1"], "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "gh": { "command": "docker", "args": ["run", "-i", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "-e", "GITHUB_READ_ONLY=true", "ghcr.io/github/github-mcp-server:v1"], "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}" } } } }`,
		);
	});

	test('as a header, which may be there already', () => {
		assert.equal(
			edited(
				`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "Authorization": "Bearer {{github-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "Authorization": "Bearer {{github-pat}}", "X-MCP-Readonly": "true" } } } }`,
		);
		assert.equal(
			edited(
				`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "x-mcp-readonly": "false", "Authorization": "Bearer {{github-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "x-mcp-readonly": "true", "Authorization": "Bearer {{github-pat}}" } } } }`,
		);
	});

	test('as a parameter of the URL, and as a flag', () => {
		assert.equal(
			edited(
				`{ "servers": { "s": { "type": "http", "url": "https://mcp.supabase.com/mcp?project_ref=abc", "headers": { "Authorization": "Bearer {{supabase-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "s": { "type": "http", "url": "https://mcp.supabase.com/mcp?project_ref=abc&read_only=true", "headers": { "Authorization": "Bearer {{supabase-pat}}" } } } }`,
		);
		assert.equal(
			edited(
				`{ "servers": { "s": { "command": "npx", "args": ["-y", "@supabase/mcp-server-supabase"], "env": { "SUPABASE_ACCESS_TOKEN": "{{supabase-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "s": { "command": "npx", "args": ["-y", "@supabase/mcp-server-supabase", "--read-only"], "env": { "SUPABASE_ACCESS_TOKEN": "{{supabase-pat}}" } } } }`,
		);
	});

	test('in place of another value of the flag', () => {
		assert.equal(
			edited(
				`{ "servers": { "pg": { "command": "uvx", "args": ["postgres-mcp", "--access-mode=unrestricted", "{{dsn}}"] } } }`,
				'read-only',
			),
			`{ "servers": { "pg": { "command": "uvx", "args": ["postgres-mcp", "--access-mode=restricted", "{{dsn}}"] } } }`,
		);
	});

	test('by taking away the flag that lets it write', () => {
		assert.equal(
			edited(
				`{ "servers": { "eks": { "command": "uvx", "args": ["awslabs.eks-mcp-server@latest", "--allow-write"], "env": { "AWS_ACCESS_KEY_ID": "{{aws-key-id}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "eks": { "command": "uvx", "args": ["awslabs.eks-mcp-server@latest"], "env": { "AWS_ACCESS_KEY_ID": "{{aws-key-id}}" } } } }`,
		);
	});

	test('through the launcher', () => {
		assert.equal(
			edited(
				`{ "servers": { "gh": { "command": "mcp-hygiene", "args": ["run", "--server", "gh", "--", "github-mcp-server", "stdio"], "env": { "OTHER": "cred://keychain/a/b", "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}" } } } }`,
				'read-only',
			),
			`{ "servers": { "gh": { "command": "mcp-hygiene", "args": ["run", "--server", "gh", "--", "github-mcp-server", "stdio"], "env": { "OTHER": "cred://keychain/a/b", "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}", "GITHUB_READ_ONLY": "true" } } } }`,
		);
		assert.equal(
			edited(
				`{ "servers": { "gh": { "command": "mcp-hygiene", "args": ["connect", "https://api.githubcopilot.com/mcp/", "--bearer", "{{github-pat}}"] } } }`,
				'read-only',
			),
			`{ "servers": { "gh": { "command": "mcp-hygiene", "args": ["connect", "https://api.githubcopilot.com/mcp/", "--bearer", "{{github-pat}}", "--header", "X-MCP-Readonly=true"] } } }`,
		);
	});

	test('not for a server that only reads already, and not for one that cannot', () => {
		assert.ok(
			!ids(
				`{ "servers": { "gh": { "command": "github-mcp-server", "args": ["--read-only"], "env": { "T": "{{github-pat}}" } } } }`,
			).includes('read-only'),
		);
		assert.ok(
			!ids(
				`{ "servers": { "n": { "command": "npx", "args": ["@modelcontextprotocol/server-github"], "env": { "T": "{{github-pat}}" } } } }`,
			).includes('read-only'),
		);
	});
});

describe('in the other formats, as their neighbours are written', () => {
	const readOnly = (dialect: DialectId, text: string) => {
		const document = readDocument('file:///w/config', text, dialectById(dialect), 'workspace');
		const [server] = document.servers;
		return applyChanges(text, narrowServer(document, server!, needOf(server!, document)!)[0]!.changes);
	};

	test('TOML', () => {
		assert.equal(
			readOnly(
				'codex',
				'[mcp_servers.g]\ncommand = "docker"\nargs = [\n  "run",\n  "ghcr.io/github/github-mcp-server",\n]\n',
			),
			'[mcp_servers.g]\ncommand = "docker"\nargs = [\n  "run",\n  "-e",\n  "GITHUB_READ_ONLY=true",\n  "ghcr.io/github/github-mcp-server",\n]\n',
		);
		assert.equal(
			readOnly('codex', '[mcp_servers.g]\nurl = "https://api.githubcopilot.com/mcp/" # x\n[mcp_servers.g.tools.a]\n'),
			'[mcp_servers.g]\nurl = "https://api.githubcopilot.com/mcp/" # x\nhttp_headers = { X-MCP-Readonly = "true" }\n[mcp_servers.g.tools.a]\n',
		);
	});

	test('YAML', () => {
		assert.equal(
			readOnly(
				'goose',
				'extensions:\n  g:\n    cmd: docker\n    args:\n    - run\n    - ghcr.io/github/github-mcp-server # x\n',
			),
			'extensions:\n  g:\n    cmd: docker\n    args:\n    - run\n    - -e\n    - "GITHUB_READ_ONLY=true"\n    - ghcr.io/github/github-mcp-server # x\n',
		);
		assert.equal(
			readOnly(
				'goose',
				'extensions:\n  g:\n    cmd: uvx\n    args:\n      - awslabs.eks-mcp-server@latest\n      - --allow-write\n    timeout: 3\n',
			),
			'extensions:\n  g:\n    cmd: uvx\n    args:\n      - awslabs.eks-mcp-server@latest\n    timeout: 3\n',
		);
	});
});

test('tools that alone need a scope are switched off, beside those that are', () => {
	assert.equal(
		edited(
			`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`,
			'without-tools',
		),
		`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}", "GITHUB_EXCLUDE_TOOLS": "delete_repository" } } } }`,
	);
	assert.equal(
		edited(
			`{ "servers": { "gh": { "command": "github-mcp-server", "args": ["stdio", "--exclude-tools", "fork_repository"], "env": { "T": "{{github-pat}}" } } } }`,
			'without-tools',
		),
		`{ "servers": { "gh": { "command": "github-mcp-server", "args": ["stdio", "--exclude-tools", "fork_repository,delete_repository"], "env": { "T": "{{github-pat}}" } } } }`,
	);
});

/** An entry as a file of each format has it. */
const FORMATS: readonly (readonly [DialectId, (entry: Record<string, unknown>) => string])[] = [
	['vscode', (entry) => JSON.stringify({ servers: { one: entry } }, null, 2)],
	['codex', ({ type: _, headers, ...entry }) => codexToml({ ...entry, ...(headers ? { http_headers: headers } : {}) })],
	['hermes', (entry) => stringify({ mcp_servers: { one: entry } })],
	['librechat', (entry) => `mcpServers:\n  one: ${JSON.stringify(entry)}\n`],
];

function codexToml(entry: Record<string, unknown>): string {
	const inline = (value: unknown): string =>
		typeof value === 'object' && !Array.isArray(value)
			? `{${Object.entries(value!).map(([key, one]) => `${key} = ${inline(one)}`)}}`
			: JSON.stringify(value);
	const lines = Object.entries(entry).map(([key, value]) => `${key} = ${inline(value)}\n`);
	return `[mcp_servers.one]\n${lines.join('')}\n[mcp_servers.one.tools.x]\napproval_mode = "auto"\n`;
}

describe('after the edit the server only reads, in every form of every server that can be told to', () => {
	for (const { id, match, filters } of KNOWN_SERVERS) {
		if (!filters?.readOnly) continue;
		test(id, () => {
			for (const [format, textOf] of FORMATS) {
				let edits = 0;
				for (const entry of match.flatMap(entriesFor)) {
					const text = textOf({ ...entry });
					const document = readDocument('file:///w/config', text, dialectById(format), 'workspace');
					const need = needOf(document.servers[0]!, document)!;
					const way = narrowServer(document, document.servers[0]!, need).find((one) => one.id === 'read-only');
					if (need.access === 'read' || !way) continue;
					edits += 1;
					const edited = applyChanges(text, way.changes);
					const after = readDocument('file:///w/config', edited, document.dialect, 'workspace');
					assert.deepEqual(after.tree.problems, []);
					assert.equal(needOf(after.servers[0]!, after)?.access, 'read', edited);
				}
				assert.ok(edits > 0, `no form of it can be edited for ${format}`);
			}
		});
	}
});

function entriesFor(match: string): object[] {
	if (match.startsWith('https://')) {
		const url = match.replace('*', 'acme');
		return [
			{ type: 'http', url },
			{ url, headers: {} },
			{ command: 'mcp-hygiene', args: ['connect', url] },
			{ command: 'npx', args: ['-y', 'mcp-remote', url] },
		];
	}
	return [
		...(match.includes('/') ? [] : [{ command: match }]),
		{ command: 'npx', args: ['-y', match] },
		{ command: 'npx', args: ['-y', match], env: {} },
		{ command: 'docker', args: ['run', '-i', '--rm', `${match}:latest`] },
		{
			command: 'mcp-hygiene',
			args: ['run', '--server', 'one', '--', 'uvx', match],
			env: { TOKEN: 'cred://keychain/a/b' },
		},
	];
}
