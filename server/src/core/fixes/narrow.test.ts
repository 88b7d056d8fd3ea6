import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { findCredentials } from '../credentials.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import type { Grant } from '../grant.ts';
import { needOf } from '../needs/index.ts';
import { KNOWN_SERVERS } from '../needs/table.ts';
import { readDocument } from '../read.ts';
import { Fingerprinter } from '../secret-value.ts';
import { applyChanges } from '../text.ts';
import { type Way, waysToLess } from './narrow.ts';
import { narrowServer } from './narrow-server.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(7));

function waysIn(
	written: string,
	dialect: DialectId = 'vscode',
	grant?: Grant,
): { readonly text: string; readonly ways: readonly Way[] } {
	const text = expand(written);
	const document = readDocument('file:///w/config', text, dialectById(dialect), 'workspace');
	const credential =
		findCredentials(document, fingerprinter).find(({ server }) => server) ??
		findCredentials(document, fingerprinter)[0]!;
	const need = credential.server && needOf(credential.server, document);
	return { text, ways: waysToLess(document, credential, need, grant) };
}

/** The text after one way's edit, with the token as its placeholder again. */
function edited(written: string, id: string, dialect: DialectId = 'vscode'): string {
	const { text, ways } = waysIn(written, dialect);
	const way = ways.find((one) => one.id === id);
	assert.ok(way?.kind === 'edit', `no edit ${id} among ${ways.map((one) => one.id)}`);
	const placeholder = /\{\{[a-z0-9-]+\}\}/.exec(written)![0];
	return applyChanges(text, way.changes).replaceAll(expand(placeholder), placeholder);
}

const ids = (written: string, dialect: DialectId = 'vscode') => waysIn(written, dialect).ways.map(({ id }) => id);

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

describe('sign in with OAuth', () => {
	test('the right address already: only the header goes', () => {
		assert.equal(
			edited(
				`{
  "servers": {
    "gh": {
      "type": "http",
      "url": "https://api.githubcopilot.com/mcp/x/issues",
      "headers": {
        "Authorization": "Bearer {{github-pat}}", // mine
        "X-MCP-Readonly": "true"
      }
    }
  }
}`,
				'oauth',
			),
			`{
  "servers": {
    "gh": {
      "type": "http",
      "url": "https://api.githubcopilot.com/mcp/x/issues",
      "headers": {
        // mine
        "X-MCP-Readonly": "true"
      }
    }
  }
}`,
		);
		assert.equal(
			edited(
				`{ "mcpServers": { "l": { "url": "https://mcp.linear.app/mcp", "headers": { "Authorization": "Bearer {{generic}}" } } } }`,
				'oauth',
				'cursor',
			),
			`{ "mcpServers": { "l": { "url": "https://mcp.linear.app/mcp" } } }`,
		);
	});

	test('a local server gives way to the vendor’s, with the same filters, and without inputs that nobody asks for', () => {
		assert.equal(
			edited(
				`{
	"inputs": [
		{ "id": "other", "type": "promptString" },
		{ "id": "level", "type": "promptString" }
	],
	"servers": {
		"gh": {
			"type": "stdio",
			// starts the container
			"command": "docker",
			"args": ["run", "-i", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "-e", "GITHUB_TOOLSETS=issues,labels", "-e", "GITHUB_READ_ONLY=1", "ghcr.io/github/github-mcp-server"],
			"env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat}}", "LOG": "\${input:level}" },
			"gallery": true
		},
		"b": { "command": "b", "env": { "X": "\${input:other}" } }
	}
}`,
				'oauth',
			),
			`{
	"inputs": [
		{ "id": "other", "type": "promptString" }
	],
	"servers": {
		"gh": {
			"type": "http",
			// starts the container
			"url": "https://api.githubcopilot.com/mcp/",
			"headers": { "X-MCP-Toolsets": "issues,labels", "X-MCP-Readonly": "true" },
			"gallery": true
		},
		"b": { "command": "b", "env": { "X": "\${input:other}" } }
	}
}`,
		);
	});

	test('filters become parameters where the vendor has it so, in a file that needs a type', () => {
		assert.equal(
			edited(
				`{
  "mcpServers": {
    "s": {
      "command": "npx",
      "args": ["-y", "@supabase/mcp-server-supabase", "--read-only", "--project-ref=abc"],
      "env": { "SUPABASE_ACCESS_TOKEN": "{{supabase-pat}}" }
    }
  }
}`,
				'oauth',
				'portable',
			),
			`{
  "mcpServers": {
    "s": {
      "type": "http",
      "url": "https://mcp.supabase.com/mcp?read_only=true&project_ref=abc"
    }
  }
}`,
		);
	});

	test('out of the launcher', () => {
		assert.equal(
			edited(
				`{ "servers": { "gh": { "type": "stdio", "command": "mcp-hygiene", "args": ["connect", "https://api.githubcopilot.com/mcp/readonly", "--bearer", "{{github-pat}}", "--header", "X-MCP-Toolsets=issues"] } } }`,
				'oauth',
			),
			`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/readonly", "headers": { "X-MCP-Toolsets": "issues" } } } }`,
		);
	});

	test('not where the host cannot, the server is another, or it talks to a machine of its own', () => {
		const gh = `{ "mcpServers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`;
		assert.ok(!ids(gh, 'claude-desktop').includes('oauth'));
		assert.ok(ids(gh, 'claude-code').includes('oauth'));
		assert.ok(
			!ids(`{ "servers": { "x": { "command": "some-tool", "env": { "T": "{{github-pat}}" } } } }`).includes('oauth'),
		);
		assert.ok(
			!ids(
				`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}", "GITHUB_HOST": "https://git.acme.test" } } } }`,
			).includes('oauth'),
		);
		assert.ok(
			!ids(
				`{ "servers": { "gh": { "command": "github-mcp-server", "args": ["--gh-host", "git.acme.test"], "env": { "T": "{{github-pat}}" } } } }`,
			).includes('oauth'),
		);
		assert.ok(
			!ids(
				`{ "servers": { "j": { "command": "uvx", "args": ["mcp-atlassian"], "env": { "JIRA_URL": "https://jira.acme.test", "JIRA_PERSONAL_TOKEN": "{{atlassian}}" } } } }`,
			).includes('oauth'),
		);
	});
});

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
		assert.equal(
			page(gitlab(', "GITLAB_READ_ONLY_MODE": "true", "GITLAB_API_URL": "https://git.acme.test/api/v4"'))?.url,
			'https://git.acme.test/-/user_settings/personal_access_tokens?name=mcp-gl&scopes=read_api',
		);
	});

	test('Postgres: a role that only reads', () => {
		const written = `{ "servers": { "pg": { "command": "npx", "args": ["@modelcontextprotocol/server-postgres", "{{dsn}}"] } } }`;
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

test('the most certain way comes first', () => {
	assert.deepEqual(
		ids(`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`),
		['read-only', 'without-tools', 'oauth', 'copy-scopes', 'open-page'],
	);
});

test('a file that cannot be edited still has its issuer’s page', () => {
	const broken = `{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } ]`;
	assert.deepEqual(
		waysIn(broken).ways.filter(({ kind }) => kind === 'edit'),
		[],
	);
	assert.ok(waysIn(broken).ways.some(({ kind }) => kind === 'open-page'));
});

describe('after the edit the server only reads, in every form of every server that can be told to', () => {
	for (const { id, match, filters } of KNOWN_SERVERS) {
		if (!filters?.readOnly) continue;
		test(id, () => {
			for (const entry of match.flatMap(entriesFor)) {
				const text = JSON.stringify({ servers: { one: entry } }, null, 2);
				const document = readDocument('file:///w/config', text, dialectById('vscode'), 'workspace');
				const need = needOf(document.servers[0]!, document)!;
				const way = narrowServer(document, document.servers[0]!, need).find((one) => one.id === 'read-only');
				if (need.access === 'read' || !way) continue;
				const after = readDocument('file:///w/config', applyChanges(text, way.changes), document.dialect, 'workspace');
				assert.deepEqual(after.tree.problems, []);
				assert.equal(needOf(after.servers[0]!, after)?.access, 'read', applyChanges(text, way.changes));
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

test('no way holds the token', () => {
	for (const entry of [
		`{ "servers": { "gh": { "command": "github-mcp-server", "env": { "T": "{{github-pat}}" } } } }`,
		`{ "servers": { "gh": { "type": "http", "url": "https://api.githubcopilot.com/mcp/", "headers": { "Authorization": "Bearer {{github-pat}}" } } } }`,
		`{ "servers": { "gh": { "command": "docker", "args": ["run", "-e", "T={{github-pat}}", "ghcr.io/github/github-mcp-server"] } } }`,
	]) {
		const { ways } = waysIn(entry);
		assert.ok(!JSON.stringify(ways).includes(expand('{{github-pat}}').slice(0, 14)));
	}
});
