import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { refusedIn } from '../../../../test/support/moved.ts';
import { expand } from '../../../../test/support/tokens.ts';
import { findCredentials } from '../credentials/find.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { Fingerprinter } from '../secret-value.ts';
import { planMove } from './move.ts';
import { planPrompt } from './prompt.ts';
import { isRefusal } from './target.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32));

/** Why the first credential cannot be moved; `planned` if it can. */
function verdict(dialect: DialectId, text: string): string {
	const document = readDocument('file:///w/x', expand(text), dialectById(dialect), 'user');
	const plan = planMove(document, findCredentials(document, fingerprinter)[0]!);
	return isRefusal(plan) ? plan.refused : 'planned';
}

const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;
const ENTRY = '{"command":"npx","env":{"GH_TOKEN":"{{github-pat}}"}}';

test('JSON5 is not edited', () => {
	assert.match(
		verdict('openclaw', "{mcp:{servers:{a:{command:'x',env:{T:'{{github-pat}}'}}}}}"),
		/OpenClaw keeps its servers in JSON5.*store put/,
	);
});

test('parts of a server under other names are not edited', () => {
	const opencode = '{"mcp":{"a":{"type":"local","command":["npx"],"environment":{"GH_TOKEN":"{{github-pat}}"}}}}';
	assert.match(verdict('opencode', opencode), /opencode writes the parts of a server in its own way/);
	const zed = '{"context_servers":{"a":{"command":{"path":"npx","env":{"GH_TOKEN":"{{github-pat}}"}}}}}';
	assert.match(verdict('zed', zed), /Zed writes the parts/);
	const list = '{"mcpServers":{"a":{"command":"x","env":["GH_TOKEN={{github-pat}}"]}}}';
	assert.match(verdict('cursor', list), /Cursor writes the parts/);
});

test('two entries of one name are told apart by their projects only', () => {
	const projects = `{"mcpServers":{"a":${ENTRY}},"projects":{"/p":{"mcpServers":{"a":{"command":"y"}}}}}`;
	assert.equal(verdict('claude-code', projects), 'planned');
	assert.match(verdict('claude-code', `{"mcpServers":{"a":${ENTRY},"a":{"command":"y"}}}`), /same name/);
});

test('a name with a slash in it is a name', () => {
	assert.equal(verdict('claude-code', `{"projects":{"/p/q":{"mcpServers":{"a/b":${ENTRY}}}}}`), 'planned');
});

test('hosts with the usual fields are edited', () => {
	for (const id of ['windsurf', 'cline', 'gemini', 'kiro', 'junie', 'generic', 'claude-settings'] as const)
		assert.equal(verdict(id, `{"mcpServers":{"a":${ENTRY}}}`), 'planned', id);
});

test('no password inputs where VS Code does not read them', () => {
	const document = readDocument('file:///w/x', expand(`{"mcpServers":{"a":${ENTRY}}}`), dialectById('kiro'), 'user');
	const plan = planPrompt(document, findCredentials(document, fingerprinter)[0]!);
	assert.ok(isRefusal(plan) && /no password inputs/.test(plan.refused));
});

describe('an entry in TOML that cannot be edited', () => {
	const headers = '[mcp_servers.h.http_headers]\nAuthorization = "Bearer {{github-pat}}"\n';

	it('with fields that Codex takes beside a URL only', () =>
		assert.match(
			refusedIn('codex', `[mcp_servers.h]\nurl = "https://a.example"\nenv_http_headers = { X = "Y" }\n${headers}`),
			/`env_http_headers`, which Codex takes beside a URL only/,
		));

	it('around an error, because what comes after it is a guess', () =>
		assert.match(
			refusedIn('codex', `model = \n[mcp_servers.g]\ncommand = "a"\nenv.T = "{{github-pat}}"\n`),
			/syntax error in line 1/,
		));

	it('with a variable that it passes on and that decides which code runs', () =>
		assert.match(
			refusedIn(
				'codex',
				'[mcp_servers.g]\ncommand = "a"\nenv_vars = ["NODE_OPTIONS"]\nenv = { T = "{{github-pat}}" }\n',
			),
			/`NODE_OPTIONS`/,
		));

	it('in dotted keys inside of braces', () =>
		assert.match(
			refusedIn('codex', 'mcp_servers = { g.command = "a", g.env.T = "{{github-pat}}" }\n'),
			/spelled in a way that no edit here can follow/,
		));
});

describe('an entry in YAML that cannot be edited', () => {
	const SHARED = /used in several places/;

	it('because its variables are an alias', () =>
		assert.match(
			refusedIn('librechat', 'x: &e { T: {{github-pat}} }\nmcpServers: { g: { command: a, env: *e } }\n'),
			SHARED,
		));

	it('because another entry merges it in', () =>
		assert.match(
			refusedIn(
				'hermes',
				'mcp_servers:\n  g: &g\n    command: a\n    env: { T: {{github-pat}} }\n  h:\n    <<: *g\n    enabled: false\n',
			),
			SHARED,
		));

	it('because the text itself is one that others use', () =>
		assert.match(refusedIn('goose', 'x: &t {{github-pat}}\nextensions: { g: { cmd: a, envs: { T: *t } } }\n'), SHARED));

	it('because the host makes something of its tag', () =>
		assert.match(
			refusedIn('hermes', 'mcp_servers:\n  g:\n    command: a\n    env:\n      T: !decrypt {{github-pat}}\n'),
			/spelled in a way/,
		));

	it('because the options of its requests say more', () =>
		assert.match(
			refusedIn(
				'continue',
				lines(
					'mcpServers:',
					'  - name: h',
					'    url: https://api.example.com/mcp',
					'    requestOptions:',
					'      verifySsl: false',
					'      headers: { Authorization: "Bearer {{github-pat}}" }',
				),
			),
			/spelled in a way/,
		));

	it('because the file has an error', () =>
		assert.match(
			refusedIn('goose', 'extensions:\n  g:\n    cmd: "a\n    envs: { T: {{github-pat}} }\n'),
			/syntax error/,
		));
});
