// A secret is moved out of a config that is no JSON; then a host starts what another parser reads in it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { parse } from 'yaml';
import { readIndex } from '../../server/src/adapters/state/index.ts';
import type { FixRequest } from '../../server/src/protocol/index.ts';
import { startHttpServer } from '../support/http-server.ts';
import { Desk, type Entry, hostEnvironment, launchedBy, recorded } from '../support/launcher-desk.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

let desk: Desk;
let launcher: string;
before(async () => {
	desk = await Desk.open();
	launcher = desk.write('bin/mcp-hygiene', `#!/bin/sh\nexec ${process.execPath} ${desk.launcher} "$@"\n`, 0o755);
});
after(() => desk.close());

/** Writes the config, moves its one secret to the keychain as the light bulb does, saves the file, and returns its text. */
async function moveSecret(name: string, config: string, rule = 'inlined-credential'): Promise<string> {
	const text = expand(config);
	const path = desk.write(name, text);
	const folder = desk.path('');
	const { world, remove } = temporaryWorld({
		home: desk.path('home'),
		stateDir: desk.stateDir,
		keychain: desk.keychain,
		openIndex: () => desk.index(),
		readIndex: () => readIndex(desk.stateDir, desk.keychain),
		installLauncher: async () => ({ command: launcher, binFolder: desk.path('bin') }),
	});
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	try {
		const uri = pathToFileURL(path).href;
		client.open(uri, text);
		const found = (await client.diagnostics(uri)).find(({ code }) => code === rule)!;
		const requests = (await client.actions(uri, found)).map((a) => a.command?.arguments?.[0] as FixRequest);
		const outcome = await client.fix(requests.find((request) => request?.fix === 'move-to-keychain')!);
		assert.equal(outcome.status, 'done', outcome.message);
		writeFileSync(path, client.text(uri));
	} finally {
		await client.stop();
		remove();
	}
	const saved = readFileSync(path, 'utf8');
	assert.ok(!saved.includes(token('github-pat')));
	return saved;
}

type Config = Record<string, Record<string, Record<string, unknown>>>;
const readToml = (text: string) => getStaticTOMLValue(parseTOML(text)) as Config;

/** As the host starts it: the command itself, under the environment that this host hands to servers. */
function start(entry: Entry, cwd: string, more: Record<string, string> = {}) {
	const [command, ...args] = desk.session.command(entry.command, entry.args ?? []);
	return launchedBy(spawn(command, args, { cwd, env: { ...hostEnvironment(), ...more, ...entry.env }, stdio: 'pipe' }));
}

it('Codex: from a table of variables, with the names that it passes on', async () => {
	const text = await moveSecret(
		'codex/.codex/config.toml',
		`model = "x"\n\n[mcp_servers."my server"] # one\ncommand = "node"\nargs = [\n  '${desk.server}', # the file\n]\nenv_vars = ["HANDED"]\n\n[mcp_servers."my server".env]\nGITHUB_TOKEN = "{{github-pat}}" # until May\nMODE = 'a "b"'\n\n[tui]\ntheme = "dark"\n`,
	);
	const entry = readToml(text).mcp_servers!['my server'] as unknown as Entry;
	const seen = recorded(await start(entry, desk.path('codex'), { HANDED: 'by name', OTHER: 'not' }));
	assert.equal(seen.env.GITHUB_TOKEN, token('github-pat'));
	assert.deepEqual([seen.env.MODE, seen.env.HANDED, seen.env.OTHER], ['a "b"', 'by name', undefined]);

	// What it passes on was approved with it.
	desk.write('codex/.codex/config.toml', text.replace('["HANDED"]', '["HANDED", "MORE"]'));
	const refused = await start(entry, desk.path('codex'), { MORE: 'x' });
	assert.match(refused.stderr, /environment variable MORE/);
});

it('Codex: a person’s own config, whatever folder it works in, and nothing else', async () => {
	const text = await moveSecret(
		'home/.codex/config.toml',
		`[mcp_servers.own]\ncommand = "sh"\nargs = ["-c", "TOKEN={{github-pat}} exec node ${desk.server}"]\n`,
		'credential-in-shell-string',
	);
	const entry = readToml(text).mcp_servers!.own as unknown as Entry;
	assert.equal(recorded(await start(entry, desk.path('tools'))).env.TOKEN, token('github-pat'));
	const other = { ...entry, args: entry.args!.map((arg) => arg.replace('exec', 'exec env')) };
	const refused = await start(other, desk.path('tools'));
	assert.match(refused.stderr, /handed over with another text than the config has/);
});

it('Codex: a header becomes the bridge’s', async () => {
	const remote = await startHttpServer();
	try {
		const text = await moveSecret(
			'bridge/.codex/config.toml',
			`[mcp_servers.h]\nurl = "${remote.origin}/mcp"\n\n[mcp_servers.h.http_headers]\nAuthorization = "Bearer {{github-pat}}"\nX-Mode = "ro"\n`,
		);
		const { command, args } = readToml(text).mcp_servers!.h as unknown as Entry;
		const [program, ...rest] = desk.session.command(command, args!);
		const transport = new StdioClientTransport({
			command: program,
			args: rest,
			env: hostEnvironment(),
			cwd: desk.path('bridge'),
			stderr: 'ignore',
		});
		const client = new Client({ name: 'host', version: '1.0.0' });
		await client.connect(transport as Parameters<Client['connect']>[0]);
		await client.close();
		const { headers } = remote.requests[0]!;
		assert.deepEqual([headers.authorization, headers['x-mode']], [`Bearer ${token('github-pat')}`, 'ro']);
	} finally {
		await remote.close();
	}
});

it('Goose: under its own names, with the names that it takes from its own keyring', async () => {
	const text = await moveSecret(
		'goose/.goose/config.yaml',
		`extensions:\n  gh:\n    type: stdio\n    cmd: node # here\n    args:\n    - ${desk.server}\n    - --read-only\n    envs:\n      GITHUB_TOKEN: {{github-pat}}\n      LEVEL: 'yes'\n    env_keys: [HANDED]\n`,
	);
	const { cmd, args, envs } = (parse(text) as Config).extensions!.gh as {
		cmd: string;
		args: string[];
		envs: Record<string, string>;
	};
	const seen = recorded(await start({ command: cmd, args, env: envs }, desk.path('goose'), { HANDED: 'by name' }));
	assert.equal(seen.env.GITHUB_TOKEN, token('github-pat'));
	assert.deepEqual([seen.argv, seen.env.LEVEL, seen.env.HANDED], [['--read-only'], 'yes', 'by name']);
});

it('Continue: in a list of servers', async () => {
	const text = await moveSecret(
		'continue/.continue/config.yaml',
		`name: mine\nmcpServers:\n  - name: gh\n    command: node\n    args: ["${desk.server}"]\n    env: { GITHUB_TOKEN: "{{github-pat}}" }\n`,
	);
	const [entry] = (parse(text) as { mcpServers: Entry[] }).mcpServers;
	assert.equal(recorded(await start(entry!, desk.path('continue'))).env.GITHUB_TOKEN, token('github-pat'));
});
