// Each way in which a config, a repository or an environment could get somebody else's secret is tried, and refused.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { listRefusals } from '../../server/src/adapters/approvals/refusals.ts';
import { indexPath } from '../../server/src/adapters/state/index.ts';
import { Desk, type Entry, hostEnvironment, type Launched, recorded } from '../support/launcher-desk.ts';

const REFERENCE = 'cred://keychain/github/issues';
const SECRET = 'the-real-secret-value';

let desk: Desk;
let count = 0;
before(async () => {
	desk = await Desk.open();
});
after(() => desk.close());

interface Approved {
	readonly entry: Entry;
	/** The workspace folder. */
	readonly root: string;
	readonly config: string;
}

/** A fresh workspace whose server was approved as it stands. */
async function approved(extra: Partial<Entry> = {}): Promise<Approved> {
	const name = `repo${++count}`;
	const entry = desk.entry('github', { ...extra, env: { GITHUB_TOKEN: REFERENCE, ...extra.env } });
	const config = desk.config(`${name}/.vscode/mcp.json`, 'github', entry);
	await desk.approve(config, 'github', SECRET);
	return { entry, root: desk.path(name), config };
}

function refused(launched: Launched, differs: RegExp): void {
	assert.equal(launched.code, 78, JSON.stringify(launched));
	assert.match(launched.stderr, differs);
	assert.equal(launched.stderr.trim().split('\n').length, 1);
	assert.ok(!`${launched.stdout}${launched.stderr}`.includes(SECRET));
}

/** The config is changed to `entry` and started as it says: what a commit of somebody else does. */
async function changedTo(entry: Entry, { root, config }: Approved): Promise<Launched> {
	writeFileSync(config, JSON.stringify({ servers: { github: entry } }));
	return desk.launch(entry, { cwd: root });
}

describe('a changed config', () => {
	it('another executable', async () => {
		const place = await approved();
		const evil = desk.write('evil/node', '#!/bin/sh\nenv\n', 0o755);
		refused(
			await changedTo(desk.entry('github', { command: evil, env: { GITHUB_TOKEN: REFERENCE } }), place),
			/the command is now .*evil\/node, approved was/,
		);
	});

	it('another argument, one more, one less', async () => {
		const place = await approved({ args: [desk.server, '--host', 'good.example'] });
		const withArgs = (...args: string[]) =>
			desk.entry('github', { args: [desk.server, ...args], env: { GITHUB_TOKEN: REFERENCE } });
		refused(
			await changedTo(withArgs('--host', 'evil.example'), place),
			/argument 3 is another than was approved \(approved was "good\.example"\)/,
		);
		refused(await changedTo(withArgs('--host', 'good.example', '--debug'), place), /has 4 arguments, approved were 3/);
		refused(await changedTo(withArgs(), place), /has 1 argument, approved were 3/);
	});

	it('another package', async () => {
		const place = await approved({ command: 'npx', args: ['-y', 'good-server@1.0.0'] });
		refused(
			await changedTo(
				desk.entry('github', { command: 'npx', args: ['-y', 'evil-server@1.0.0'], env: { GITHUB_TOKEN: REFERENCE } }),
				place,
			),
			/argument 2 is another/,
		);
	});

	it('another target variable', async () => {
		const place = await approved();
		refused(
			await changedTo(desk.entry('github', { env: { LOG_PREFIX: REFERENCE } }), place),
			/now goes to environment variable LOG_PREFIX, approved was environment variable GITHUB_TOKEN/,
		);
	});

	it('an argument in place of a variable', async () => {
		const place = await approved();
		refused(await changedTo(desk.entry('github', { args: [desk.server, REFERENCE] }), place), /now goes to argument 2/);
	});

	it('other environment: added, changed, removed', async () => {
		const place = await approved({ env: { GITHUB_HOST: 'good.example' } });
		const withEnv = (env: Record<string, string>) => desk.entry('github', { env: { GITHUB_TOKEN: REFERENCE, ...env } });
		refused(
			await changedTo(withEnv({ GITHUB_HOST: 'evil.example' }), place),
			/GITHUB_HOST has another value than was approved/,
		);
		refused(await changedTo(withEnv({}), place), /GITHUB_HOST was removed/);
		refused(await changedTo(withEnv({ GITHUB_HOST: 'good.example', DEBUG: '*' }), place), /DEBUG was added/);
	});

	it('an envFile, added or changed', async () => {
		const place = await approved();
		desk.write(`repo${count}/.env`, 'A=1\n');
		refused(await changedTo({ ...place.entry, envFile: '${workspaceFolder}/.env' }, place), /an envFile was added/);
		const other = await approved({ envFile: `${desk.path(`repo${count + 1}`)}/.env` });
		desk.write(`repo${count}/.env`, 'A=2\n');
		refused(await desk.launch(other.entry, { cwd: other.root }), /envFile .* has changed/);
	});

	it('another working folder', async () => {
		const place = await approved();
		refused(await changedTo({ ...place.entry, cwd: '/tmp' }, place), /working folder \(cwd\) is now \/tmp/);
	});

	it('the name of another server', async () => {
		const place = await approved();
		const entry = desk.entry('evil', { env: { GITHUB_TOKEN: REFERENCE } });
		writeFileSync(place.config, JSON.stringify({ servers: { github: place.entry, evil: entry } }));
		refused(
			await desk.launch(entry, { cwd: place.root }),
			/it is approved for "github" in .*, not for what is started in/,
		);
	});

	it('a name that would write over the terminal', async () => {
		const place = await approved();
		const entry = desk.entry('gi\u001b[2Jthub\u202e', { env: { GITHUB_TOKEN: REFERENCE } });
		const launched = await changedTo(entry, place);
		refused(launched, /is not released to "gi\\u\{1b\}\[2Jthub\\u\{202e\}"/);
		assert.doesNotMatch(launched.stdout, /\\u001b|\u202e/);
	});

	it('a command that only the host knows', async () => {
		const place = await approved();
		const entry = desk.entry('github', { command: '${env:EVIL}', env: { GITHUB_TOKEN: REFERENCE } });
		writeFileSync(place.config, JSON.stringify({ servers: { github: entry } }));
		refused(await desk.launch(place.entry, { cwd: place.root }), /the command is not found, approved was/);
	});
});

describe('a host that hands over something else than the config says', () => {
	it('another command, argument or value', async () => {
		const { entry, root } = await approved({ args: [desk.server, 'one'], env: { GITHUB_HOST: 'good.example' } });
		const handed = (...words: string[]): Entry => ({ ...entry, args: ['run', '--server', 'github', '--', ...words] });
		refused(await desk.launch(handed('/usr/bin/env', desk.server, 'one'), { cwd: root }), /another command was handed/);
		refused(
			await desk.launch(handed('node', desk.server, 'two'), { cwd: root }),
			/argument 2 was handed over with another/,
		);
		refused(
			await desk.launch(handed('node', desk.server), { cwd: root }),
			/1 argument was handed over, the config has 2/,
		);
		refused(
			await desk.launch(entry, { cwd: root, env: { GITHUB_HOST: 'evil.example' } }),
			/GITHUB_HOST was handed over with another value/,
		);
	});
});

describe('a label in another place', () => {
	it('a copied config in another workspace', async () => {
		const place = await approved();
		const copy = desk.path(`copy${count}`);
		cpSync(place.root, copy, { recursive: true });
		refused(await desk.launch(place.entry, { cwd: copy }), /not for what is started in .*copy/);
	});

	it('a second repository that uses the same label gets its own item', async () => {
		const one = await approved();
		const entry = desk.entry('github', { env: { GITHUB_TOKEN: REFERENCE } });
		const config = desk.config('second/.vscode/mcp.json', 'github', entry);
		refused(await desk.launch(entry, { cwd: desk.path('second') }), /not for what is started in/);
		await desk.approve(config, 'github', 'the second secret');
		assert.equal(
			recorded(await desk.launch(entry, { cwd: desk.path('second') })).env.GITHUB_TOKEN,
			'the second secret',
		);
		assert.equal(recorded(await desk.launch(one.entry, { cwd: one.root })).env.GITHUB_TOKEN, SECRET);
	});

	it('a workspace cannot borrow the approval of a user-level config', async () => {
		const entry = desk.entry('mine', { env: { T: 'cred://keychain/mine' } });
		const config = desk.write('home/Code/User/mcp.json', { servers: { mine: entry } });
		await desk.approve(config, 'mine', SECRET);
		mkdirSync(desk.path('anywhere'));
		assert.equal(recorded(await desk.launch(entry, { cwd: desk.path('anywhere') })).env.T, SECRET);
		desk.config('guest/.vscode/mcp.json', 'mine', entry);
		refused(await desk.launch(entry, { cwd: desk.path('guest') }), /not for what is started in .*guest/);
	});

	it('a config that became a link to another', async () => {
		const place = await approved();
		const evil = desk.entry('github', { args: [desk.server, 'evil'], env: { GITHUB_TOKEN: REFERENCE } });
		const other = desk.config('elsewhere/.vscode/mcp.json', 'github', evil);
		rmSync(place.config);
		symlinkSync(other, place.config);
		refused(await desk.launch(evil, { cwd: place.root }), /argument|arguments/);
	});

	it('no config at all, only the command line', async () => {
		const place = await approved();
		rmSync(place.config);
		refused(await desk.launch(place.entry, { cwd: place.root }), /cannot be read any more/);
	});
});

describe('the same text, other code', () => {
	it('a script of the repository that changed', async () => {
		const name = `repo${count + 1}`;
		const script = desk.write(`${name}/server.cjs`, readFileSync(desk.server, 'utf8'));
		const place = await approved({ args: ['server.cjs'] });
		assert.equal(recorded(await desk.launch(place.entry, { cwd: place.root })).env.GITHUB_TOKEN, SECRET);
		writeFileSync(script, `${readFileSync(desk.server, 'utf8')}// changed`);
		refused(await desk.launch(place.entry, { cwd: place.root }), /server\.cjs has changed since it was approved/);
	});

	it('a module planted where python -m looks first', async () => {
		const place = await approved({ command: 'python3', args: ['-m', 'json.tool'] });
		desk.write(`repo${count}/json/tool.py`, 'import os; print(os.environ)');
		refused(await desk.launch(place.entry, { cwd: place.root }), /json\/tool\.py decides what runs and was not there/);
	});

	it('a package planted in node_modules', async () => {
		const place = await approved({ command: 'npx', args: ['-y', 'some-mcp-server'] });
		desk.write(`repo${count}/node_modules/.bin/some-mcp-server`, '#!/bin/sh\nenv\n', 0o755);
		refused(await desk.launch(place.entry, { cwd: place.root }), /some-mcp-server decides what runs and was not there/);
	});

	it('a registry planted in .npmrc', async () => {
		const [good, planted] = [await registry(), await registry()];
		try {
			const command = ['--registry', good.url, '-y', '@mcp-hygiene-test/server'];
			const { entry, root } = await approved({ command: 'npx', args: command });
			desk.write(`repo${count}/.npmrc`, `@mcp-hygiene-test:registry=${planted.url}\n`);
			await desk.launch(entry, { cwd: root });
			assert.ok(good.requests() > 0);
			assert.equal(planted.requests(), 0);
			// Without the launcher it works, so this test can fail.
			await promisify(execFile)('npx', command, { cwd: root }).catch(() => undefined);
			assert.ok(planted.requests() > 0);
		} finally {
			good.close();
			planted.close();
		}
	});
});

/** A package registry that has nothing, and counts who asks. */
async function registry() {
	let count = 0;
	const server = createServer((_, response) => {
		count++;
		response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		requests: () => count,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

describe('a planted environment', () => {
	const planted = {
		NODE_PATH: '/tmp/evil',
		NODE_EXTRA_CA_CERTS: '/tmp/evil.pem',
		NODE_TLS_REJECT_UNAUTHORIZED: '0',
		HTTPS_PROXY: 'http://evil.example:1',
		https_proxy: 'http://evil.example:1',
		ALL_PROXY: 'http://evil.example:1',
		SSL_CERT_FILE: '/tmp/evil.pem',
		BASH_ENV: '/tmp/evil.sh',
		PYTHONPATH: '/tmp/evil',
		npm_config_registry: 'http://evil.example',
		XDG_CONFIG_HOME: '/tmp/evil',
		XDG_STATE_HOME: '/tmp/evil',
		XDG_DATA_HOME: '/tmp/evil',
		HOME: '/tmp/evil',
	};

	it('does not reach the server, and does not choose another index', async () => {
		const { entry, root } = await approved();
		const { env } = recorded(await desk.launch(entry, { cwd: root, env: planted }));
		const { HOME, ...rest } = planted;
		assert.deepEqual(
			Object.keys(rest).filter((name) => name in env),
			[],
		);
		assert.equal(env.HOME, userInfo().homedir);
		assert.equal(env.GITHUB_TOKEN, SECRET);
	});

	it('a session bus on another machine is not asked', async () => {
		const { entry, root } = await approved();
		const launched = await desk.launch(entry, {
			cwd: root,
			env: { DBUS_SESSION_BUS_ADDRESS: 'tcp:host=192.0.2.1,port=1' },
		});
		assert.equal(recorded(launched).env.GITHUB_TOKEN, SECRET);
	});

	it('relative folders of PATH do not decide what runs', async () => {
		const { entry, root } = await approved();
		desk.write(`repo${count}/node`, '#!/bin/sh\nenv\n', 0o755);
		const launched = await desk.launch(entry, { cwd: root, env: { PATH: `.::${hostEnvironment().PATH}` } });
		assert.equal(recorded(launched).env.GITHUB_TOKEN, SECRET);
	});

	for (const name of ['NODE_OPTIONS', 'LD_PRELOAD', 'NODE_EXTRA_CA_CERTS', 'https_proxy', 'npm_config_registry']) {
		it(`${name} in the entry itself is refused even when the entry was approved with it`, async () => {
			// The dynamic loader complains about a library that is not there, on the same stderr.
			const { entry, root } = await approved({ env: { [name]: name === 'LD_PRELOAD' ? '' : '--no-warnings' } });
			refused(await desk.launch(entry, { cwd: root }), new RegExp(`the entry sets ${name} beside a credential`));
		});
	}
});

describe('a touched index', () => {
	it('forged: a binding written by hand', async () => {
		const { entry, root } = await approved();
		const path = indexPath(desk.stateDir);
		const good = readFileSync(path);
		writeFileSync(path, good.toString().replaceAll('GITHUB_TOKEN', 'LOG_PREFIX'));
		refused(await desk.launch(entry, { cwd: root }), /was changed by something else than mcp-hygiene/);
		writeFileSync(path, good);
		assert.equal((await desk.launch(entry, { cwd: root })).code, 0);
	});

	it('rolled back: an approval that was taken away comes back', async () => {
		const { entry, root } = await approved();
		const path = indexPath(desk.stateDir);
		const old = readFileSync(path);
		const index = await desk.index();
		await index.unbind(index.bindings.at(-1)!);
		refused(await desk.launch(entry, { cwd: root }), /Approve it/);
		const newest = readFileSync(path);
		writeFileSync(path, old);
		refused(await desk.launch(entry, { cwd: root }), /older copy than the newest one/);
		writeFileSync(path, newest);
	});
});

describe('the way out', () => {
	it('a refusal is listed with what differs, and lifted for the config as it is now', async () => {
		const place = await approved();
		const changed = desk.entry('github', { args: [desk.server, '--new'], env: { GITHUB_TOKEN: REFERENCE } });
		refused(await changedTo(changed, place), /arguments/);
		const [refusal] = listRefusals(desk.stateDir);
		assert.equal(refusal!.config?.path, place.config);
		assert.ok(!JSON.stringify(refusal).includes(SECRET));
		await desk.allow(refusal!);
		const server = recorded(await desk.launch(changed, { cwd: place.root }));
		assert.deepEqual([server.argv, server.env.GITHUB_TOKEN], [['--new'], SECRET]);
		assert.ok(!listRefusals(desk.stateDir).some((other) => other.id === refusal!.id));
	});
});
