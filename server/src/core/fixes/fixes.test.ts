import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { readDocument } from '../read.ts';
import { SecretValue } from '../secret-value.ts';
import { applyChanges } from '../text.ts';
import { proposeLabel } from './label.ts';
import { planMove } from './move.ts';
import { planPrompt } from './prompt.ts';
import { isRefusal } from './target.ts';

// In these texts SECRET stands for the credential; REF is the reference that takes its place.
const SECRET = 'SECRET';
const REF = 'cred://keychain/github/gh';

function read(text: string, dialect: DialectId = 'vscode'): ConfigDocument {
	return readDocument('file:///w/.vscode/mcp.json', text, dialectById(dialect), 'workspace');
}

function credentialIn(document: ConfigDocument): Credential {
	for (const server of document.servers) {
		for (const part of [...server.env, ...server.headers, ...server.args, ...(server.url ? [server.url] : [])]) {
			const from = part.value.indexOf(SECRET);
			if (from >= 0) return credential(part, from, server);
		}
	}
	const input = document.inputs.flatMap((i) => i.values).find((v) => v.value.includes(SECRET))!;
	return credential(input, input.value.indexOf(SECRET), undefined);
}

function credential(part: Credential['part'], from: number, server: Credential['server']): Credential {
	const classification = { issuer: 'github', from, to: from + SECRET.length } as Credential['classification'];
	const span = part.node.spanOf(from, from + SECRET.length);
	return {
		...(server ? { server } : {}),
		part,
		span,
		secret: SecretValue.of(SECRET),
		fingerprint: 'f',
		classification,
		confidence: 'certain',
		label: 'GitHub token #f',
	};
}

function moved(text: string, dialect: DialectId = 'vscode'): { readonly text: string; readonly stored: string } {
	const document = read(text, dialect);
	const plan = planMove(document, credentialIn(document));
	if (isRefusal(plan)) throw new Error(plan.refused);
	return { text: applyChanges(text, plan.changes(REF, 'mcp-hygiene')), stored: plan.stored.reveal() };
}

function refusal(text: string): string {
	const document = read(text);
	const plan = planMove(document, credentialIn(document));
	return isRefusal(plan) ? plan.refused : 'not refused';
}

function prompted(text: string, dialect: DialectId = 'vscode'): string {
	const document = read(text, dialect);
	const plan = planPrompt(document, credentialIn(document));
	if (isRefusal(plan)) throw new Error(plan.refused);
	return applyChanges(text, plan.changes);
}

test('env: the value becomes the reference, the launcher starts the old command line, comments stay', () => {
	const { text, stored } = moved(`{
	// team servers
	"servers": {
		"gh": {
			"command": "npx", // pinned below
			"args": [
				"-y",
				"srv@1.2.3"
			],
			"env": { "GITHUB_TOKEN": "SECRET", "B": "b" }
		}
	}
}
`);
	assert.equal(stored, 'SECRET');
	assert.equal(
		text,
		`{
	// team servers
	"servers": {
		"gh": {
			"command": "mcp-hygiene", // pinned below
			"args": [
				"run",
				"--server",
				"gh",
				"--",
				"npx",
				"-y",
				"srv@1.2.3"
			],
			"env": { "GITHUB_TOKEN": "${REF}", "B": "b" }
		}
	}
}
`,
	);
});

test('env: one line stays one line, a missing args is added', () => {
	assert.equal(
		moved('{"servers":{"gh":{"command":"srv","env":{"T":"SECRET"}}}}').text,
		`{"servers":{"gh":{"command":"mcp-hygiene", "args": ["run", "--server", "gh", "--", "srv"],"env":{"T":"${REF}"}}}}`,
	);
	assert.equal(
		moved('{"servers":{"gh":{"command":"srv","args":[],"env":{"T":"SECRET"}}}}').text,
		`{"servers":{"gh":{"command":"mcp-hygiene","args":["run", "--server", "gh", "--", "srv"],"env":{"T":"${REF}"}}}}`,
	);
});

test('env: a server that the launcher starts already only gets the reference', () => {
	assert.equal(
		moved('{"servers":{"gh":{"command":"mcp-hygiene","args":["run","--","srv"],"env":{"T":"SECRET"}}}}').text,
		`{"servers":{"gh":{"command":"mcp-hygiene","args":["run","--","srv"],"env":{"T":"${REF}"}}}}`,
	);
});

test('env: a secret inside a larger string is stored as the whole string', () => {
	const { text, stored } = moved('{"servers":{"db":{"command":"srv","env":{"DSN":"postgres://u:SECRET@h/db"}}}}');
	assert.equal(stored, 'postgres://u:SECRET@h/db');
	assert.ok(text.includes(`"DSN":"${REF}"`));
});

test('args: the whole argument becomes the reference', () => {
	const { text, stored } = moved('{"servers":{"gh":{"command":"srv","args":["--token=SECRET","x"]}}}');
	assert.equal(stored, '--token=SECRET');
	assert.equal(
		text,
		`{"servers":{"gh":{"command":"mcp-hygiene","args":["run", "--server", "gh", "--", "srv", "${REF}","x"]}}}`,
	);
});

test('args: docker takes the value from its environment', () => {
	const { text, stored } = moved('{"servers":{"gh":{"command":"docker","args":["run","-e","T=SECRET","img"]}}}');
	assert.equal(stored, 'SECRET');
	assert.equal(
		text,
		`{"servers":{"gh":{"command":"mcp-hygiene","args":["run", "--server", "gh", "--", "docker", "run","-e","T","img"], "env": { "T": "${REF}" }}}}`,
	);
});

test('args: mcp-remote fills its header from the environment', () => {
	const { text, stored } = moved(
		'{"servers":{"j":{"command":"npx","args":["mcp-remote","https://x/mcp","--header","Authorization: Bearer SECRET"]}}}',
	);
	assert.equal(stored, 'Bearer SECRET');
	assert.ok(text.includes('"Authorization:${AUTH_HEADER}"'));
	assert.ok(text.includes(`"env": { "AUTH_HEADER": "${REF}" }`));
});

test('args: a shell string reads the variable, quoted as the shell needs it', () => {
	assert.ok(
		moved('{"servers":{"s":{"command":"sh","args":["-c","T=SECRET exec srv"]}}}').text.includes('T=\\"$T\\" exec srv'),
	);
	assert.ok(
		moved('{"servers":{"s":{"command":"bash","args":["-lc","srv --key \\"SECRET\\""]}}}').text.includes(
			'srv --key \\"${MCP_HYGIENE_SECRET}\\"',
		),
	);
	assert.match(refusal('{"servers":{"s":{"command":"sh","args":["-c","T=\'SECRET\' srv"]}}}'), /single quotes/);
	assert.match(refusal('{"servers":{"s":{"command":"cmd","args":["/c","set T=SECRET && srv"]}}}'), /Windows shell/);
});

test('http: the entry becomes a connect entry; other headers and comments come along', () => {
	const { text, stored } = moved(`{
  "servers": {
    "gh": {
      "type": "http",
      "url": "https://api.githubcopilot.com/mcp/",
      "headers": {
        // narrow
        "X-MCP-Readonly": "true",
        "Authorization": "Bearer SECRET"
      }
    }
  }
}`);
	assert.equal(stored, 'SECRET');
	assert.equal(
		text,
		`{
  "servers": {
    "gh": {
      "type": "stdio",
      "command": "mcp-hygiene",
      // narrow
      "args": ["connect", "https://api.githubcopilot.com/mcp/", "--bearer", "${REF}", "--header", "X-MCP-Readonly=true"]
    }
  }
}`,
	);
});

test('http: another header is stored whole', () => {
	const { text, stored } = moved(
		'{"mcpServers":{"x":{"url":"https://x/mcp","headers":{"X-Api-Key":"SECRET"}}}}',
		'cursor',
	);
	assert.equal(stored, 'SECRET');
	assert.equal(
		text,
		`{"mcpServers":{"x":{"command": "mcp-hygiene","args": ["connect", "https://x/mcp", "--header", "X-Api-Key=${REF}"]}}}`,
	);
});

test('what cannot be moved says why', () => {
	assert.match(
		refusal('{"servers":{"x":{"url":"https://x/","headers":{"A":"SECRET","B":"two words"}}}}'),
		/header `B`/,
	);
	assert.match(
		refusal('{"servers":{"x":{"command":"srv","env":{"A":"${env:USER}:SECRET"}}}}'),
		/only the host fills in/,
	);
	assert.match(refusal('{"servers":{"x":{"env":{"A":"SECRET"}}}}'), /no `command`/);
	assert.match(
		refusal('{"servers":{"x":{"command":"srv","env":{"A":"SECRET","NODE_OPTIONS":"--require x"}}}}'),
		/sets `NODE_OPTIONS`.*passEnvironment/,
	);
});

test('prompt: a password input is added in the style of the file', () => {
	assert.equal(
		prompted(`{
  "servers": {
    "gh": { "url": "https://x/", "headers": { "Authorization": "Bearer SECRET" } }
  }
}`),
		`{
  "inputs": [
    {
      "id": "gh-authorization",
      "type": "promptString",
      "description": "Authorization for the MCP server gh",
      "password": true
    }
  ],
  "servers": {
    "gh": { "url": "https://x/", "headers": { "Authorization": "Bearer \${input:gh-authorization}" } }
  }
}`,
	);
});

test('prompt: the default of an input goes, the input becomes a password', () => {
	assert.equal(
		prompted('{"inputs":[{"id":"t","type":"promptString","default":"SECRET"}],"servers":{}}'),
		'{"inputs":[{"id":"t","type":"promptString","password": true}],"servers":{}}',
	);
});

test('prompt: ids stay unique', () => {
	const text = prompted(
		'{"inputs":[{"id":"a-t","type":"promptString"}],"servers":{"a":{"command":"x","env":{"T":"SECRET"}}}}',
	);
	assert.ok(text.includes('${input:a-t-2}'));
});

test('labels are filed by issuer and server and differ within a file', () => {
	const document = read(
		'{"servers":{"My Server":{"command":"x","env":{"T":"SECRET"}},"o":{"command":"x","env":{"T":"cred://keychain/github/my-server"}}}}',
	);
	assert.equal(proposeLabel([document], credentialIn(document), 'My Server'), 'github/my-server-t');
});
