import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { refusing } from '../../../test/support/refusing.ts';
import { token } from '../../../test/support/tokens.ts';
import { launcherHelp } from '../launcher/help.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

const server = (value: string) => `{ "command": "npx", "args": ["srv@1.0.0"], "env": { "GITHUB_TOKEN": "${value}" } }`;
at.put('w/.vscode/mcp.json', `{ "servers": { "gh": ${server('{{github-pat}}')} } }`);
at.put('w/sub/.mcp.json', `{ "mcpServers": { "other": ${server('{{github-pat}}')} } }`);
at.put('clean/.mcp.json', `{ "mcpServers": { "gh": ${server('\\${GITHUB_TOKEN}')} } }`.replace('\\', ''));
at.put('home/.cursor/mcp.json', `{ "mcpServers": { "mine": ${server('{{github-pat:2}}')} } }`);

test('a folder: every config below it, exit 1 for findings, secrets counted and not copies', async () => {
	const { code, out } = await at.run('scan', 'w');
	assert.equal(code, 1);
	assert.match(out, /^w\/\.vscode\/mcp\.json:1:\d+ error /m);
	assert.match(out, /1 secret in 2 places \(2 configs read\)/);
	assert.match(out, /is also used by server "other" in w\/sub\/\.mcp\.json/);
	assert.ok(!out.includes(token('github-pat')));
});

test('nothing found is exit 0', async () => {
	const { code, out } = await at.run('scan', 'clean');
	assert.deepEqual([code, out], [0, 'No secret found in 1 config.\n']);
});

test('--user adds the person’s own configs', async () => {
	const { out } = await at.run('scan', '--user');
	assert.match(out, /home\/\.cursor\/mcp\.json:1:\d+ error /);
	assert.doesNotMatch(out, /w\/\.vscode/);
});

test('--user looks where HOME sends the hosts as well, and says so', async () => {
	at.put('elsewhere/.cursor/mcp.json', `{ "mcpServers": { "mine": ${server('{{github-pat:3}}')} } }`);
	at.put('codex/config.toml', '[mcp_servers.a]\ncommand = "x"\nenv = { GITHUB_TOKEN = "{{github-pat:4}}" }\n');
	const home = join(at.folder, 'elsewhere');
	const { out, err } = await at.runIn({ HOME: home, CODEX_HOME: join(at.folder, 'codex') }, 'scan', '--user');
	for (const file of ['home/.cursor/mcp.json', 'elsewhere/.cursor/mcp.json', 'codex/config.toml'])
		assert.match(out, new RegExp(`^${file}:\\d+:\\d+ error `, 'm'));
	assert.equal(
		err,
		`mcp-hygiene: HOME is ${home} and your account's home ${join(at.folder, 'home')}; your configs are looked for in both.\n`,
	);
	assert.equal((await at.runIn({ HOME: join(at.folder, 'home') }, 'list', '--user')).err, '');
	assert.match((await at.runIn({ HOME: home }, 'list', '--user')).out, /elsewhere\/\.cursor\/mcp\.json/);
	for (const folder of ['elsewhere', 'codex']) rmSync(join(at.folder, folder), { recursive: true });
});

test('standard input, with the format said', async () => {
	const { code, out } = await at.runOn(
		`{ "mcpServers": { "a": ${server('{{github-pat}}')} } }`,
		'scan',
		'-',
		'--dialect',
		'portable',
		'--format',
		'json',
	);
	assert.equal(code, 1);
	assert.equal(JSON.parse(out).findings[0].path, '<stdin>');
});

test('a named file of any name is read if it holds servers; what holds none needs --dialect', async () => {
	at.put('config.json', `{ "servers": { "gh": ${server('{{github-pat}}')} } }`);
	assert.equal((await at.run('scan', 'config.json')).code, 1);
	at.put('data.json', '{ "a": 1 }');
	const without = await at.run('scan', 'data.json');
	assert.equal(without.code, 2);
	assert.match(without.err, /holds no servers that are found .* such as --dialect portable\.\n$/);
	assert.equal((await at.run('scan', 'data.json', '--dialect', 'vscode')).code, 0);
});

test('a named file that nobody knows how to read is told apart, with the dialect that helps', async () => {
	const said = async (path: string, text: string) => {
		at.put(path, text);
		const { code, err } = await at.run('scan', path);
		assert.equal(code, 2);
		return err.replace('mcp-hygiene scan: ', '');
	};
	const servers = `{ "mcpServers": { "gh": ${server('{{github-pat}}')} } }`;
	assert.equal(
		await said('notes.txt', servers),
		'notes.txt holds servers, but no MCP host reads a file of this name. Say how to read it, such as --dialect generic.\n',
	);
	assert.equal((await at.run('scan', 'notes.txt', '--dialect', 'generic')).code, 1);
	for (const name of ['.env', '.env.local', 'dev.env'])
		assert.equal(
			await said(name, 'GITHUB_TOKEN={{github-pat}}\n'),
			`${name} is read along with the config that names it. To look at it by itself, add --dialect dotenv.\n`,
		);
	assert.equal((await at.run('scan', 'dev.env', '--dialect', 'dotenv', '--fail-on', 'note')).code, 1);
	for (const name of ['notes.txt', '.env', '.env.local', 'dev.env']) rmSync(join(at.folder, name));
});

test('rules: in columns, and one of them with all there is to say', async () => {
	const lines = (await at.run('rules')).out.trimEnd().split('\n');
	const columns = new Set(lines.map((line) => /^\S+ +(?=error|warning|note)/.exec(line)![0].length));
	assert.equal(columns.size, 1, 'the level starts at one column');
	const { code, out } = await at.run('rules', 'tracked-config');
	assert.equal(code, 0);
	assert.match(
		out,
		/^tracked-config: A file with a credential is in git, or not ignored by it\n {2}level {4}error where /,
	);
	assert.match(out, /\n {2}rests on CWE-538 [\s\S]+\n {2}page {5}docs\/rules\/tracked-config\.md, https:/);
	assert.equal(JSON.parse((await at.run('rules', 'tracked-config', '--format', 'json')).out).length, 1);
	const wrong = await at.run('rules', 'traked-config');
	assert.deepEqual(
		[wrong.code, wrong.err],
		[2, 'mcp-hygiene rules: There is no such rule. Did you mean tracked-config? See "mcp-hygiene help".\n'],
	);
});

test('--fail-on and --rule decide the exit code', async () => {
	const off = ['inlined-credential', 'user-wide-token', 'shared-credential'].flatMap((id) => ['--rule', `${id}=off`]);
	assert.equal((await at.run('scan', 'w', ...off)).code, 0);
	assert.equal((await at.run('scan', 'w', ...off, '--rule', 'inlined-credential=note')).code, 0);
	assert.equal((await at.run('scan', 'w', ...off, '--rule', 'inlined-credential=note', '--fail-on', 'note')).code, 1);
	assert.equal(
		(await at.run('scan', 'w', ...off, '--rule', 'inlined-credential=warning', '--fail-on', 'error')).code,
		0,
	);
});

test('what cannot be read is told on stderr, ends with 2, and hides no finding elsewhere', async () => {
	const { code, out, err } = await at.run('scan', 'absent/.mcp.json', 'w/.vscode/mcp.json');
	assert.equal(code, 2);
	assert.match(err, /absent\/\.mcp\.json does not exist/);
	assert.match(out, /1 secret in 1 place/);
	writeFileSync(join(at.folder, 'clean/mcp.json'), new Uint8Array(11 * 1024 * 1024));
	assert.match((await at.run('scan', 'clean')).err, /larger than 10 MB/);
	rmSync(join(at.folder, 'clean/mcp.json'));
});

test('a folder that cannot be read is no clean bill, named or below', async () => {
	const closed = join(at.folder, 'clean');
	for (const argument of ['clean', '.']) {
		const { code, err } = await refusing({ [closed]: 'EACCES' }, () => at.run('scan', argument));
		assert.equal(code, 2, argument);
		assert.equal(err, `mcp-hygiene scan: ${closed} cannot be read: permission denied. Check its owner and mode.\n`);
	}
	at.put('odd-name.json', '{ "servers": {} }');
	const file = join(at.folder, 'odd-name.json');
	const { code, err } = await refusing({ [file]: 'EIO' }, () => at.run('scan', 'odd-name.json'));
	assert.deepEqual([code, err], [2, `mcp-hygiene scan: ${file} cannot be read: the disk reports an error.\n`]);
	rmSync(file);
});

test('secret ids mean something within one run only', async () => {
	const ids = async () => {
		const { out } = await at.run('scan', 'w', '--format', 'json');
		return new Set(JSON.parse(out).findings.map((f: { properties: { secretId: string } }) => f.properties.secretId));
	};
	const [first, second] = [await ids(), await ids()];
	assert.equal(first.size, 1);
	assert.notDeepEqual(first, second);
});

test('broken, hostile and odd files are no crash', async () => {
	for (const [i, text] of [
		'',
		'{',
		'['.repeat(100_000),
		'{"servers":{"a":{"env":{"T":"\0"}}}}',
		'{"servers":[1]}',
	].entries()) {
		at.put(`odd/${i}/mcp.json`, text);
	}
	const { code, err } = await at.run('scan', 'odd');
	// A text of which nothing was read must not pass for a clean one.
	assert.deepEqual([code, err], [2, 'mcp-hygiene scan: odd/2/mcp.json is not read: nested deeper than 500 levels.\n']);
});

test('a wrong command line is one line and exit 2, and never repeats a value', async () => {
	const canary = token('github-pat');
	for (const argv of [
		['scan', '--frobnicate'],
		['scan', `--${canary}`],
		['scan', '--format', canary],
		['scan', '--fail-on', canary],
		['scan', '--rule', canary],
		['scan', '--rule', `inlined-credential=${canary}`],
		['scan', '--dialect', canary],
		['store', 'put', 'a/b', canary],
		['store', canary],
		[canary],
		['list', '--format', 'sarif'],
	]) {
		const { code, out, err } = await at.run(...argv);
		assert.equal(code, 2, argv.join(' '));
		assert.equal(out, '');
		assert.match(err, /^mcp-hygiene[^\n]+\n$/);
		assert.ok(!err.includes(canary), err);
	}
});

test('help, version and rules', async () => {
	assert.equal((await at.run('--version')).out, '1.2.3\n');
	assert.match((await at.run('help')).out, /Exit codes/);
	const rules = JSON.parse((await at.run('rules', '--format', 'json')).out);
	assert.ok(
		rules.some((rule: { id: string; level: string }) => rule.id === 'inlined-credential' && rule.level === 'error'),
	);
});

test('COMMAND --help tells of that command alone', async () => {
	const { code, out } = await at.run('scan', 'w', '--help');
	assert.equal(code, 0);
	assert.match(out, /^Usage: mcp-hygiene scan\n\n {2}scan \[PATH\.\.\.\] /);
	assert.match(out, /--staged[\s\S]+Exit codes: 0 nothing found, 1 findings/);
	assert.doesNotMatch(out, /^ {2}list/m);
	assert.equal((await at.run('help', 'scan')).out, out);
	assert.match(
		(await at.run('revoke', '--help')).out,
		/^ {2}revoke NAME[\s\S]+NAME is the code[\s\S]+0 the issuer confirmed/m,
	);
	const whole = (await at.run('help')).out;
	for (const command of ['list', 'declare', 'store', 'approve', 'revoke', 'rotate', 'bindings', 'doctor', 'rules']) {
		const own = (await at.run(command, '--help')).out;
		assert.ok(own.startsWith(`Usage: mcp-hygiene ${command}\n\n  ${command}`) && own.length < whole.length / 2, own);
		for (const line of own.split('\n').filter((one) => one.startsWith('  '))) assert.ok(whole.includes(line), line);
	}
	assert.equal((await at.run('help', 'frobnicate')).out, whole);
});

test('help on what a host starts is not on its pipe, and what follows -- is the server’s', async () => {
	for (const command of ['run', 'connect']) {
		const { code, out, err } = await at.run(command, '--help');
		assert.deepEqual([code, out], [0, '']);
		assert.match(err, new RegExp(`^Usage: mcp-hygiene ${command}\\n\\n {2}${command} `));
	}
	assert.equal((await at.run('run', '--server', 'a', '--help', '--', 'x')).code, 0);
	assert.equal(launcherHelp('run', ['--server', 'a', '--', 'x', '--help']), undefined);
});

test('a .env file that a container is started with is read too', async () => {
	at.put(
		'docker/.mcp.json',
		'{"mcpServers":{"a":{"command":"docker","args":["run","--env-file","dev.env","image@sha256:1"]}}}',
	);
	at.put('docker/dev.env', 'GITHUB_TOKEN={{github-pat:8}}\n');
	const { out } = await at.run('scan', 'docker', '--format', 'json');
	const places = JSON.parse(out)
		.findings.filter((f: { ruleId: string }) => f.ruleId === 'credential-in-env-file')
		.map(({ path }: { path: string }) => path);
	assert.deepEqual(places, ['docker/.mcp.json', 'docker/dev.env']);
});

test('the list counts what lies in the .env file that a server names', async () => {
	at.put('listed/.cursor/mcp.json', '{ "mcpServers": { "a": { "command": "x", "envFile": ".env" } } }');
	at.put('listed/.env', 'GITHUB_TOKEN={{github-pat:7}}\n');
	const { code, out, err } = await at.run('list', 'listed', '--format', 'json');
	assert.deepEqual([code, err], [0, '']);
	const [record, ...rest] = JSON.parse(out);
	assert.equal(rest.length, 0);
	assert.match(JSON.stringify(record), /listed\/\.env.*env GITHUB_TOKEN/);
});

test('the .env file that a server names is read too, and told in both places', async () => {
	at.put(
		'env/.vscode/mcp.json',
		`{ "servers": { "a": { "command": "x", "envFile": "\${workspaceFolder}/secrets/dev" } } }`,
	);
	at.put('env/secrets/dev', 'GITHUB_TOKEN={{github-pat}}\n');
	const { out } = await at.run('scan', 'env', '--format', 'json');
	const { findings, summary } = JSON.parse(out);
	assert.equal(summary.files, 2);
	const places = findings
		.filter((f: { ruleId: string }) => f.ruleId === 'credential-in-env-file')
		.map((f: { path: string }) => f.path);
	assert.deepEqual(places, ['env/.vscode/mcp.json', 'env/secrets/dev']);
	assert.match(out, /holds 1 secret in plain text\. Move it to the OS keychain and leave its reference in the file/);
	assert.ok(!out.includes(token('github-pat')));
});

test('a config that git has is told as such', async () => {
	at.put('tracked/.mcp.json', `{ "mcpServers": { "gh": ${server('{{github-pat}}')} } }`);
	for (const args of [
		['init', '-q'],
		['add', '-A'],
	])
		execFileSync('git', ['-C', join(at.folder, 'tracked'), ...args]);
	assert.match((await at.run('scan', 'tracked')).out, /tracked by git .*\[tracked-config\]/);
	assert.doesNotMatch((await at.run('scan', 'w')).out, /tracked-config/);
});

test('a token in a place for names is shown by no command', async () => {
	const tokens = [3, 4, 5].map((n) => token('github-pat', n));
	const servers = `{ "mcpServers": { "{{github-pat:3}}": ${server('{{github-pat}}')}, "b": { "command": "x", "env": { "{{github-pat:4}}": "{{github-pat}}" } } } }`;
	at.put('names/.mcp.json', servers);
	at.put('names/sub/.mcp.json', servers.replace(':3}}', ':5}}'));
	for (const args of [
		['scan', 'names'],
		['scan', 'names', '--format', 'json'],
		['scan', 'names', '--format', 'sarif'],
		['list', 'names'],
		['list', 'names', '--format', 'json'],
	]) {
		const { out, err } = await at.run(...args);
		assert.match(out, /unreadable name/, args.join(' '));
		for (const secret of [token('github-pat'), ...tokens]) assert.ok(!`${out}${err}`.includes(secret), args.join(' '));
	}
});

test('list: a file that no known host reads says no host', async () => {
	const at = desk();
	at.put('servers.yaml', 'mcpServers: { gh: { command: x, env: { GITHUB_TOKEN: {{github-pat}} } } }\n');
	const { out } = await at.run('list', 'servers.yaml');
	assert.match(out, /used {5}servers\.yaml:1 env GITHUB_TOKEN of server "gh"$/m);
	rmSync(at.folder, { recursive: true });
});

test('list: one block a secret, with places', async () => {
	const { code, out } = await at.run('list', 'w');
	assert.equal(code, 0);
	assert.match(out, /^error: GitHub personal access token \(classic\) #/m);
	assert.match(out, / {2}used {5}w\/\.vscode\/mcp\.json:1 env GITHUB_TOKEN of server "gh"/);
	const [record] = JSON.parse((await at.run('list', 'w', '--format', 'json')).out);
	assert.equal(record.places.length, 2);
	assert.equal(record.age.text, 'unknown');
	assert.ok(!out.includes(token('github-pat')));
});

test('list: git tells since when a secret is there, also where the file spells it with escapes', async () => {
	const escaped = token('github-pat', 9).replace('ghp_', 'ghp\\\\u005f');
	at.put('repo/.mcp.json', `{ "mcpServers": { "gh": ${server(escaped)} } }`);
	const env = {
		PATH: process.env.PATH,
		GIT_COMMITTER_DATE: '2026-01-02T00:00:00Z',
		GIT_AUTHOR_DATE: '2026-01-02T00:00:00Z',
	};
	const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid'];
	for (const args of [
		['init', '-q'],
		['add', '.'],
		[...identity, 'commit', '-q', '-m', 'x'],
	]) {
		execFileSync('git', ['-C', join(at.folder, 'repo'), ...args], { env });
	}
	const { out } = await at.run('list', 'repo');
	assert.match(
		out,
		/age {6}at least 326 days, too old\n {11}git: first seen in commit [0-9a-f]{7} on 2026-01-02 \(it may be older\)/,
	);
});

test('a file name cannot write over the terminal', async () => {
	const { err } = await at.run('scan', 'x\u001b[2J/mcp.json');
	assert.match(err, /x\\u\{1b\}\[2J\/mcp\.json does not exist/);
});

test('a file of which a part is not read does not pass for a clean one', async () => {
	const at = desk();
	const deep = `${'['.repeat(600)}${']'.repeat(600)}`;
	for (const [path, text] of [
		['.codex/config.toml', `a = ${deep}\n`],
		['goose.yaml', `extensions: ${deep}\n`],
		['.vscode/mcp.json', `{"servers": ${deep}}`],
	] as const) {
		at.put(path, text);
		const { code, err } = await at.run('scan', path, ...(path === 'goose.yaml' ? ['--dialect', 'goose'] : []));
		assert.match(err, /ested deeper than 500 levels/, path);
		assert.equal(code, 2, path);
	}
	rmSync(at.folder, { recursive: true });
});
