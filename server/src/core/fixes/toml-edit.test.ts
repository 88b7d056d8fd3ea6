import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { moveIn } from '../../../../test/support/moved.ts';
import type { DialectId } from '../dialects/dialect.ts';

const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;

/** The edit of the first credential, which another parser reads too. */
function moved(before: string, after: string, dialect: DialectId = 'codex'): void {
	const text = moveIn(dialect, before);
	assert.equal(text, after);
	getStaticTOMLValue(parseTOML(text, { tomlVersion: '1.0' }));
}

describe('a secret of a command in TOML', () => {
	it('below the header of its variables', () =>
		moved(
			lines(
				'# mine',
				'[mcp_servers.gh]',
				'command = "npx" # node',
				'args = ["-y", "srv"]',
				'',
				'[mcp_servers.gh.env]',
				'GH_TOKEN = "{{github-pat}}" # until May',
				'',
				'[tui]',
				'theme = "dark"',
			),
			lines(
				'# mine',
				'[mcp_servers.gh]',
				'command = "LAUNCHER" # node',
				'args = ["run", "--server", "gh", "--", "npx", "-y", "srv"]',
				'',
				'[mcp_servers.gh.env]',
				'GH_TOKEN = "REFERENCE" # until May',
				'',
				'[tui]',
				'theme = "dark"',
			),
		));

	it('in a table in braces, in literal strings', () =>
		moved(
			lines(
				'[mcp_servers."my server"]',
				"command = 'C:\\tools\\srv.exe'",
				"env = { 'GH_TOKEN' = '{{github-pat}}', MODE = 'ro' }",
			),
			lines(
				'[mcp_servers."my server"]',
				"command = 'LAUNCHER'",
				'args = ["run", "--server", "my server", "--", "C:\\\\tools\\\\srv.exe"]',
				"env = { 'GH_TOKEN' = 'REFERENCE', MODE = 'ro' }",
			),
		));

	it('under dotted keys, from the root on', () =>
		moved(
			lines('mcp_servers.gh.command = "srv"', 'mcp_servers.gh.env.GH_TOKEN = """', '{{github-pat}}"""', 'model = "x"'),
			lines(
				'mcp_servers.gh.command = "LAUNCHER"',
				'mcp_servers.gh.args = ["run", "--server", "gh", "--", "srv"]',
				'mcp_servers.gh.env.GH_TOKEN = "REFERENCE"',
				'model = "x"',
			),
		));

	it('in an entry that is in braces as a whole', () =>
		moved(
			'mcp_servers = { gh = { command = "srv", env.GH_TOKEN = "{{github-pat}}" } }\n',
			'mcp_servers = { gh = { command = "LAUNCHER", args = ["run", "--server", "gh", "--", "srv"], env.GH_TOKEN = "REFERENCE" } }\n',
		));

	it('arguments over several lines keep their comments and the comma at the end', () =>
		moved(
			lines(
				'[mcp_servers.gh]',
				'args = [',
				'  # what npx runs',
				'  "-y", # yes',
				'  "srv",',
				']',
				'command = "npx"',
				'env = { T = "{{github-pat}}" }',
			),
			lines(
				'[mcp_servers.gh]',
				'args = [',
				'  # what npx runs',
				'  "run",',
				'  "--server",',
				'  "gh",',
				'  "--",',
				'  "npx",',
				'  "-y", # yes',
				'  "srv",',
				']',
				'command = "LAUNCHER"',
				'env = { T = "REFERENCE" }',
			),
		));
});

describe('a secret that goes from the arguments into the environment', () => {
	const docker = 'args = ["run", "-e", "T={{github-pat}}", "i"]';
	const wrapped = 'args = ["run", "--server", "d", "--", "docker", "run", "-e", "T", "i"]';

	it('behind the last variable below their header, before the next table', () =>
		moved(
			lines('[mcp_servers.d]', 'command = "docker"', docker, '[mcp_servers.d.env]', '  A = "1" # a', '# end', '[tui]'),
			lines(
				'[mcp_servers.d]',
				'command = "LAUNCHER"',
				wrapped,
				'[mcp_servers.d.env]',
				'  A = "1" # a',
				'  T = "REFERENCE"',
				'# end',
				'[tui]',
			),
		));

	it('below a header with nothing under it', () =>
		moved(
			lines('[mcp_servers.d.env] # none', '[mcp_servers.d]', 'command = "docker"', docker),
			lines('[mcp_servers.d.env] # none', 'T = "REFERENCE"', '[mcp_servers.d]', 'command = "LAUNCHER"', wrapped),
		));

	it('into braces, filled or empty', () => {
		moved(
			lines('[mcp_servers.d]', 'env = { A = "1" }', 'command = "docker"', docker),
			lines('[mcp_servers.d]', 'env = { A = "1", T = "REFERENCE" }', 'command = "LAUNCHER"', wrapped),
		);
		moved(
			lines('[mcp_servers.d]', 'env = {}', 'command = "docker"', docker),
			lines('[mcp_servers.d]', 'env = { T = "REFERENCE" }', 'command = "LAUNCHER"', wrapped),
		);
	});

	it('beside dotted keys', () =>
		moved(
			lines('[mcp_servers.d]', 'command = "docker"', 'env . A = "1"', docker, '[mcp_servers.d.tools.t]'),
			lines(
				'[mcp_servers.d]',
				'command = "LAUNCHER"',
				'env . A = "1"',
				'env . T = "REFERENCE"',
				wrapped,
				'[mcp_servers.d.tools.t]',
			),
		));

	it('into a table of its own, in the entry and not in a table below it', () =>
		moved(
			lines('[mcp_servers.d]', 'command = "docker"', docker, '', '[mcp_servers.d.tools.t]', 'approval_mode = "auto"'),
			lines(
				'[mcp_servers.d]',
				'command = "LAUNCHER"',
				wrapped,
				'env = { T = "REFERENCE" }',
				'',
				'[mcp_servers.d.tools.t]',
				'approval_mode = "auto"',
			),
		));

	it('at the end of a file without a last line break', () =>
		assert.equal(
			moveIn('codex', `[mcp_servers.d]\r\ncommand = "docker"\r\n${docker}`),
			`[mcp_servers.d]\r\ncommand = "LAUNCHER"\r\n${wrapped}\r\nenv = { T = "REFERENCE" }`,
		));
});

describe('a secret in a header in TOML', () => {
	const connect = 'args = ["connect", "https://api.example.com/mcp", "--bearer", "REFERENCE", "--header", "X-Mode=ro"]';
	const url = 'url = "https://api.example.com/mcp" # them';

	it('in braces', () =>
		moved(
			lines('[mcp_servers.h]', url, 'http_headers = { Authorization = "Bearer {{github-pat}}", X-Mode = "ro" }'),
			lines('[mcp_servers.h]', 'command = "LAUNCHER" # them', connect),
		));

	it('below a header of their own, which goes', () =>
		moved(
			lines(
				'[mcp_servers.h]',
				url,
				'enabled_tools = ["a"]',
				'# who we are',
				'[mcp_servers.h.http_headers]',
				'Authorization = "Bearer {{github-pat}}" # mine',
				'X-Mode = "ro"',
				'',
				'[tui]',
			),
			lines(
				'[mcp_servers.h]',
				'command = "LAUNCHER" # them',
				connect,
				'enabled_tools = ["a"]',
				'# who we are',
				'# mine',
				'',
				'[tui]',
			),
		));

	it('under dotted keys', () =>
		moved(
			lines(
				'[mcp_servers.h]',
				'http_headers.Authorization = "Bearer {{github-pat}}"',
				url,
				'http_headers.X-Mode = "ro"',
			),
			lines('[mcp_servers.h]', 'command = "LAUNCHER" # them', connect),
		));

	it('in a list of tables, whose kind of transport follows', () =>
		moved(
			lines(
				'[[mcp_servers]]',
				'name = "h"',
				'transport = "streamable-http"',
				url,
				'[mcp_servers.headers]',
				'Authorization = "Bearer {{github-pat}}"',
				'X-Mode = "ro"',
			),
			lines('[[mcp_servers]]', 'name = "h"', 'transport = "stdio"', 'command = "LAUNCHER" # them', connect),
			'mistral-vibe',
		));
});

describe('a key that the host sends as a bearer token', () => {
	it('becomes one of the bridge, also where the host would not take it from the file', () =>
		moved(
			lines('[mcp_servers.h]', 'url = "https://api.example.com/mcp"', "bearer_token = '{{github-pat}}' # mine"),
			lines(
				'[mcp_servers.h]',
				'command = "LAUNCHER"',
				'args = ["connect", "https://api.example.com/mcp", "--bearer", "REFERENCE"] # mine',
			),
		));
});
