import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDocument } from 'yaml';
import { moveIn, refusedIn } from '../../../../test/support/moved.ts';
import type { DialectId } from '../dialects/dialect.ts';

const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;

/** The edit of the first credential, which another parser reads too. */
function moved(dialect: DialectId, before: string, after: string): void {
	const text = moveIn(dialect, before);
	assert.equal(text, after);
	const { errors, warnings } = parseDocument(text);
	assert.deepEqual([...errors, ...warnings], []);
}

describe('a secret of a command in YAML', () => {
	it('under the names that the host reads, each in the quotes of its neighbours', () =>
		moved(
			'goose',
			lines(
				'extensions:',
				'  gh:',
				'    type: stdio',
				'    cmd: npx # node',
				'    args:',
				'      # quietly',
				'      - -y',
				'      - "srv"',
				'    envs:',
				"      GH_TOKEN: '{{github-pat}}' # until May",
				'    env_keys: []',
			),
			lines(
				'extensions:',
				'  gh:',
				'    type: stdio',
				'    cmd: LAUNCHER # node',
				'    args:',
				'      # quietly',
				'      - run',
				'      - --server',
				'      - gh',
				'      - "--"',
				'      - npx',
				'      - -y',
				'      - "srv"',
				'    envs:',
				"      GH_TOKEN: 'REFERENCE' # until May",
				'    env_keys: []',
			),
		));

	it('with arguments that are not indented', () =>
		moved(
			'hermes',
			lines('mcp_servers:', '  gh:', '    args:', '    - "-y"', '    command: npx', '    env: {T: {{github-pat}}}'),
			lines(
				'mcp_servers:',
				'  gh:',
				'    args:',
				'    - "run"',
				'    - "--server"',
				'    - "gh"',
				'    - "--"',
				'    - "npx"',
				'    - "-y"',
				'    command: LAUNCHER',
				'    env: {T: REFERENCE}',
			),
		));

	it('in a list of servers, without arguments, in a folded text', () =>
		moved(
			'continue',
			lines(
				'mcpServers:',
				'  - command: srv',
				'    name: "yes"',
				'    env:',
				'      T: >- # folded',
				'        {{github-pat}}',
			),
			lines(
				'mcpServers:',
				'  - command: LAUNCHER',
				'    args: [run, --server, "yes", "--", srv]',
				'    name: "yes"',
				'    env:',
				'      T: REFERENCE # folded',
			),
		));

	it('in braces over several lines', () =>
		moved(
			'librechat',
			lines(
				'mcpServers: {',
				'  gh: { command: "npx", args: [ # c',
				'    "-y",',
				'    srv,',
				'  ], env: { T: "{{github-pat}}" } }',
				'}',
			),
			lines(
				'mcpServers: {',
				'  gh: { command: "LAUNCHER", args: [ "run", "--server", "gh", "--", "npx", # c',
				'    "-y",',
				'    srv,',
				'  ], env: { T: "REFERENCE" } }',
				'}',
			),
		));

	it('that a number or a word of YAML stands beside', () =>
		moved(
			'fast-agent',
			lines(
				'mcp:',
				'  servers:',
				'    n:',
				'      command: C:\\x y.exe',
				'      args: []',
				'      env: {T: {{github-pat}}}',
			),
			lines(
				'mcp:',
				'  servers:',
				'    n:',
				'      command: LAUNCHER',
				'      args: [run, --server, "n", "--", "C:\\\\x y.exe"]',
				'      env: {T: REFERENCE}',
			),
		));

	it('anchored, but used nowhere else', () =>
		moved(
			'hermes',
			lines('mcp_servers:', '  gh: &gh', '    command: &c srv', '    env:', '      T: !!str &t {{github-pat}}'),
			lines(
				'mcp_servers:',
				'  gh: &gh',
				'    command: &c LAUNCHER',
				'    args: [run, --server, gh, "--", srv]',
				'    env:',
				'      T: !!str &t REFERENCE',
			),
		));
});

describe('a secret that goes from the arguments into the environment', () => {
	const entry = (...env: readonly string[]) =>
		lines('extensions:', '  d:', '    cmd: docker', '    args: [run, -e, "T={{github-pat}}", i]', ...env);
	const edited = (...env: readonly string[]) =>
		lines(
			'extensions:',
			'  d:',
			'    cmd: LAUNCHER',
			'    args: [run, --server, d, "--", docker, run, -e, "T", i]',
			...env,
		);

	it('behind the last variable', () =>
		moved(
			'goose',
			entry('    envs:', '        A: x # a', '        # end', '    timeout: 3'),
			edited('    envs:', '        A: x # a', '        T: "REFERENCE"', '        # end', '    timeout: 3'),
		));

	it('before a text of several lines, whose end is not another one’s start', () =>
		moved(
			'goose',
			entry('    envs:', '      A: |+', '        x', '', '    timeout: 3'),
			edited('    envs:', '      T: "REFERENCE"', '      A: |+', '        x', '', '    timeout: 3'),
		));

	it('into braces, filled or empty', () => {
		moved('goose', entry('    envs: { A: x }'), edited('    envs: { T: "REFERENCE", A: x }'));
		moved('goose', entry('    envs: {}'), edited('    envs: {T: "REFERENCE"}'));
	});

	it('where nothing stands behind the key', () => {
		moved(
			'goose',
			entry('    envs: # none', '    timeout: 3'),
			edited('    envs: { T: "REFERENCE" } # none', '    timeout: 3'),
		);
		moved('goose', entry('    envs: ~'), edited('    envs: { T: "REFERENCE" }'));
	});

	it('where there are no variables yet', () =>
		moved('goose', entry('    timeout: 3'), edited('    envs: { T: "REFERENCE" }', '    timeout: 3')));

	it('beside variables that are merged in', () =>
		moved(
			'goose',
			`base: &b { A: x }\n${entry('    envs:', '      <<: *b', '      C: y')}`,
			`base: &b { A: x }\n${edited('    envs:', '      <<: *b', '      C: y', '      T: "REFERENCE"')}`,
		));
});

describe('a secret in a header in YAML', () => {
	it('and what else stands there', () =>
		moved(
			'goose',
			lines(
				'extensions:',
				'  h:',
				'    type: streamable_http',
				'    headers:',
				'      Authorization: Bearer {{github-pat}} # mine',
				'      # how',
				'      X-Mode: ro',
				'    uri: https://api.example.com/mcp # them',
				'    timeout: 300',
			),
			lines(
				'extensions:',
				'  h:',
				'    type: stdio',
				'    # mine',
				'    # how',
				'    args: ["connect", "https://api.example.com/mcp", "--bearer", "REFERENCE", "--header", "X-Mode=ro"]',
				'    cmd: LAUNCHER # them',
				'    timeout: 300',
			),
		));

	it('in options of a request that hold nothing else', () =>
		moved(
			'continue',
			lines(
				'mcpServers:',
				'  - name: h',
				'    type: streamable-http',
				'    url: https://api.example.com/mcp',
				'    requestOptions:',
				'      headers: { Authorization: "Bearer {{github-pat}}" }',
			),
			lines(
				'mcpServers:',
				'  - name: h',
				'    type: stdio',
				'    command: LAUNCHER',
				'    args: ["connect", "https://api.example.com/mcp", "--bearer", "REFERENCE"]',
			),
		));
});

describe('a key that the host sends as a bearer token', () => {
	it('becomes one of the bridge', () =>
		moved(
			'continue',
			lines(
				'mcpServers:',
				'  - name: h',
				'    url: https://api.example.com/mcp',
				'    apiKey: {{github-pat}} # mine',
				'    type: streamable-http',
			),
			lines(
				'mcpServers:',
				'  - name: h',
				'    command: LAUNCHER',
				'    args: ["connect", "https://api.example.com/mcp", "--bearer", "REFERENCE"] # mine',
				'    type: stdio',
			),
		));

	it('beside headers stays, because both would have to become one', () =>
		assert.match(
			refusedIn(
				'continue',
				lines(
					'mcpServers:',
					'  - name: h',
					'    url: https://api.example.com/mcp',
					'    apiKey: {{github-pat}}',
					'    requestOptions: { headers: { X-Mode: ro } }',
				),
			),
			/spelled in a way/,
		));
});
