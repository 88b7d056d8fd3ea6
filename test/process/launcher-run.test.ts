import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { Desk, recorded } from '../support/launcher-desk.ts';

const REFERENCE = 'cred://keychain/github/issues';

describe('run', () => {
	let desk: Desk;
	before(async () => {
		desk = await Desk.open();
	});
	after(() => desk.close());

	it('releases an approved credential to the server, under the six variables that SDKs hand over', async () => {
		const entry = desk.entry('github', { env: { GITHUB_TOKEN: REFERENCE, GITHUB_HOST: 'example.com' } });
		await desk.approve(desk.config('repo/.vscode/mcp.json', 'github', entry), 'github', 'välue of\tthe secret');
		const server = recorded(await desk.launch(entry, { cwd: desk.path('repo') }));
		assert.equal(server.env.GITHUB_TOKEN, 'välue of\tthe secret');
		assert.equal(server.env.GITHUB_HOST, 'example.com');
		assert.equal(server.cwd, desk.path('repo'));
	});

	it('hands on arguments as they are: no shell, no splitting', async () => {
		const args = [desk.server, '--a', 'two words', '$HOME', '*', '', 'quote\'"', 'ünïcode'];
		const entry = desk.entry('args', { args, env: { T: REFERENCE } });
		await desk.approve(desk.config('args/.vscode/mcp.json', 'args', entry), 'args');
		assert.deepEqual(recorded(await desk.launch(entry, { cwd: desk.path('args') })).argv, args.slice(1));
	});

	it('replaces a reference that is a whole argument', async () => {
		const entry = desk.entry('arg', { args: [desk.server, '--token', REFERENCE] });
		await desk.approve(desk.config('arg/.vscode/mcp.json', 'arg', entry), 'arg', 'in-argv');
		assert.deepEqual(recorded(await desk.launch(entry, { cwd: desk.path('arg') })).argv, ['--token', 'in-argv']);
	});

	it('resolves two references of one server', async () => {
		const entry = desk.entry('two', { env: { ONE: 'cred://keychain/one', TWO: 'cred://keychain/two' } });
		await desk.approve(desk.config('two/.vscode/mcp.json', 'two', entry), 'two', 'both');
		const { env } = recorded(await desk.launch(entry, { cwd: desk.path('two') }));
		assert.deepEqual([env.ONE, env.TWO], ['both', 'both']);
	});

	it('fills in host variables as the host does', async () => {
		const entry = desk.entry('vars', {
			args: [desk.server, '${workspaceFolder}/x', '${env:ANY}'],
			env: { T: REFERENCE, D: '${workspaceFolder}/data' },
		});
		await desk.approve(desk.config('vars/.vscode/mcp.json', 'vars', entry), 'vars');
		const root = desk.path('vars');
		const asHost = {
			...entry,
			args: entry.args!.map((arg) => arg.replace('${workspaceFolder}', root).replace('${env:ANY}', 'anything')),
			env: { T: REFERENCE, D: `${root}/data` },
		};
		const server = recorded(await desk.launch(asHost, { cwd: root }));
		assert.deepEqual(server.argv, [`${root}/x`, 'anything']);
		assert.equal(server.env.D, `${root}/data`);
	});

	it('finds the command on the PATH that the entry sets', async () => {
		desk.write('path/bin/server', `#!/usr/bin/env node\nrequire(${JSON.stringify(desk.server)})`, 0o755);
		const entry = desk.entry('path', {
			command: 'server',
			args: [],
			env: { T: REFERENCE, PATH: '${workspaceFolder}/bin:${env:PATH}' },
		});
		await desk.approve(desk.config('path/.vscode/mcp.json', 'path', entry), 'path');
		const PATH = `${desk.path('path')}/bin:${process.env.PATH}`;
		const server = recorded(await desk.launch(entry, { cwd: desk.path('path'), env: { PATH } }));
		assert.deepEqual([server.env.PATH, server.env.T], [PATH, 's3cret-value']);
	});

	it('starts an entry without references as if it were not there', async () => {
		const server = recorded(await desk.launch(desk.entry('plain'), { cwd: desk.folder, env: { ANYTHING: 'goes' } }));
		assert.equal(server.env.ANYTHING, 'goes');
	});

	it('keeps the exit code, and dies by the signal that the server dies by', async () => {
		const entry = desk.entry('exit', { env: { T: REFERENCE, EXIT_WITH: '3' } });
		await desk.approve(desk.config('exit/.vscode/mcp.json', 'exit', entry), 'exit');
		assert.equal((await desk.launch(entry, { cwd: desk.path('exit') })).code, 3);

		const child = desk.spawn(entry, { cwd: desk.path('exit') });
		child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"x"}\n');
		await once(child.stdout, 'data');
		child.kill('SIGTERM');
		assert.deepEqual(await once(child, 'exit'), [null, 'SIGTERM']);
	});

	it('is the server afterwards: one process, nothing of ours beside it', async () => {
		const entry = desk.entry('one', { env: { T: REFERENCE } });
		await desk.approve(desk.config('one/.vscode/mcp.json', 'one', entry), 'one');
		const child = desk.spawn(entry, { cwd: desk.path('one') });
		child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"x"}\n');
		const [answer] = await once(child.stdout, 'data');
		assert.equal(JSON.parse(String(answer)).result.pid, child.pid);
		child.stdin.end();
		await once(child, 'exit');
	});

	it('builds the environment of the server instead of handing on its own', async () => {
		const entry = desk.entry('env', { env: { T: REFERENCE, MINE: '1' } });
		await desk.approve(desk.config('env/.vscode/mcp.json', 'env', entry), 'env');
		const { env } = recorded(
			await desk.launch(entry, { cwd: desk.path('env'), env: { OTHER_TOKEN: 'x', LANG: 'C.UTF-8' } }),
		);
		assert.deepEqual([env.OTHER_TOKEN, env.LANG, env.MINE], [undefined, 'C.UTF-8', '1']);
	});
});

describe('run, when it must not start the server', () => {
	let desk: Desk;
	before(async () => {
		desk = await Desk.open();
	});
	after(() => desk.close());

	it('answers the first request with one error, says one line, and exits with 78', async () => {
		const entry = desk.entry('never', { env: { T: REFERENCE } });
		const { code, stdout, stderr } = await desk.launch(entry, { cwd: desk.folder });
		assert.equal(code, 78);
		assert.equal(stderr.trim().split('\n').length, 1);
		assert.match(stderr, /^mcp-hygiene: .*Approve it in the editor, or run "mcp-hygiene approve"/);
		const answer = JSON.parse(stdout);
		assert.equal(answer.id, 7);
		assert.equal(answer.error.message, stderr.trim());
	});

	it('answers whatever the first request is, after notifications, with its own id', async () => {
		const input =
			'{"jsonrpc":"2.0","method":"notifications/x"}\n{"jsonrpc":"2.0","id":"a-b","method":"tools/list"}\n{"jsonrpc":"2.0","id":2,"method":"x"}\n';
		const { stdout } = await desk.launch(desk.entry('never', { env: { T: REFERENCE } }), { cwd: desk.folder, input });
		assert.equal(stdout.trim().split('\n').length, 1);
		assert.equal(JSON.parse(stdout).id, 'a-b');
	});

	it('refuses a reference that is not well formed, without repeating it', async () => {
		const { code, stderr } = await desk.launch(desk.entry('bad', { env: { T: 'cred://keychain/a b' } }), {
			cwd: desk.folder,
		});
		assert.equal(code, 78);
		assert.match(stderr, /environment variable T holds a reference that is not well formed/);
		assert.doesNotMatch(stderr, /a b/);
	});

	it('names a locked and a frozen keychain, each with its way out', async () => {
		const entry = desk.entry('locked', { env: { T: REFERENCE } });
		await desk.approve(desk.config('locked/.vscode/mcp.json', 'locked', entry), 'locked');
		desk.session.lock();
		const locked = await desk.launch(entry, { cwd: desk.path('locked') });
		assert.deepEqual([locked.code, /keyring is locked/.test(locked.stderr)], [78, true]);
		await desk.session.unlock();
		desk.session.freeze();
		const frozen = await desk.launch(entry, { cwd: desk.path('locked') });
		desk.session.thaw();
		assert.deepEqual([frozen.code, /does not answer/.test(frozen.stderr)], [78, true]);
		assert.ok(frozen.took < 12_000, `${frozen.took}`);
		assert.equal(JSON.parse(frozen.stdout).id, 7);
	});

	it('tells its usage to who asks, on stderr, and to nobody else', async () => {
		for (const program of ['run', 'connect']) {
			const asked = await desk.launch({ command: 'mcp-hygiene', args: [program, '--help'] }, { cwd: desk.folder });
			assert.deepEqual([asked.code, asked.stdout], [0, '']);
			assert.match(asked.stderr, new RegExp(`^Usage: mcp-hygiene ${program}\\n`));
		}
	});

	it('tells usage by exit code 64', async () => {
		assert.equal(
			(await desk.launch({ command: 'mcp-hygiene', args: ['run', '--server', 'x'] }, { cwd: desk.folder })).code,
			64,
		);
	});
});
