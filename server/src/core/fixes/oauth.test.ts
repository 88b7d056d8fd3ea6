import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edited, ids } from '../../../../test/support/ways.ts';

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
