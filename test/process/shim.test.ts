import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, {
	chmodSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	type RmOptions,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { COPIED, installShim, launcherCommand } from '../../server/src/adapters/shim/install.ts';
import { posixShim, type Runtime, windowsShim } from '../../server/src/adapters/shim/scripts.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { launcherBundle } from '../support/launcher-bundle.ts';

const NODE: Runtime = { path: process.execPath, kind: 'node' };

let bundle: string;
const folder = temporaryFolder("shim it's");
let dist: string;
let stateDir: string;
let linkFolder: string;
before(async () => {
	bundle = await launcherBundle();
});
after(() => folder.remove());
beforeEach(() => {
	rmSync(folder.path, { recursive: true, force: true });
	stateDir = join(folder.path, 'state');
	linkFolder = join(folder.path, 'bin');
	// Beside a node_modules folder, as in an installed extension.
	dist = join(folder.path, 'extension', 'dist');
	mkdirSync(dist, { recursive: true });
	for (const name of COPIED) cpSync(join(bundle, name), join(dist, name));
	writeFileSync(
		join(dist, 'cli.js'),
		'console.log("cli", process.argv.slice(2).join(" "), process.env.ELECTRON_RUN_AS_NODE)',
	);
	symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder.path, 'extension', 'node_modules'));
});

function install(runtimes: readonly Runtime[] = [NODE]) {
	return installShim({ stateDir, distDir: dist, runtimes, linkFolder });
}

function call(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
	return spawnSync(command, [...args], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } });
}

describe('the installed launcher', () => {
	it('still starts when the extension folder is gone', async () => {
		const { command } = await install();
		rmSync(join(folder.path, 'extension'), { recursive: true });
		assert.equal(call(command, ['run', '--', 'echo', 'two words']).stdout, 'two words\n');
		assert.equal(call(command, ['list', '--format', 'json']).stdout, 'cli list --format json undefined\n');
		// The keyring's binary lies with it: without a bus it says so, and not that a module is missing.
		const keychain = spawnSync(command, ['keychain'], {
			encoding: 'utf8',
			input: '{"op":"get","account":"x"}\n',
			env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' },
		});
		assert.match(keychain.stdout, /"failure":"no-service"/);
	});

	it('is the same after a second installation, and keeps one version back', async () => {
		const { command } = await install();
		const first = statSync(command).mtimeMs;
		await install();
		assert.equal(statSync(command).mtimeMs, first);
		for (const version of ['2', '3']) {
			writeFileSync(join(dist, 'cli.js'), `console.log("cli ${version}")`);
			await install();
			assert.equal(call(command, ['list']).stdout, `cli ${version}\n`);
		}
		assert.equal(readdirSync(join(stateDir, 'lib')).length, 2);
	});

	it('keeps what Node compiled beside the programs, for this person only, and starts where it cannot', async () => {
		const { command } = await install();
		const [version] = readdirSync(join(stateDir, 'lib'));
		const compiled = join(stateDir, 'lib', version!, 'compiled');
		for (const _ of ['first', 'later']) assert.equal(call(command, ['run', '--', 'echo', 'hi']).stdout, 'hi\n');
		assert.equal(statSync(compiled).mode & 0o777, 0o700);
		assert.equal(
			readdirSync(compiled, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length,
			1,
		);
		rmSync(compiled, { recursive: true });
		writeFileSync(compiled, 'not a folder');
		assert.equal(call(command, ['run', '--', 'echo', 'hi']).stdout, 'hi\n');
	});

	it('takes nothing compiled from a folder that others can write into, or that leads elsewhere', async () => {
		const { command } = await install();
		const [version] = readdirSync(join(stateDir, 'lib'));
		const compiled = join(stateDir, 'lib', version!, 'compiled');
		const elsewhere = join(folder.path, 'elsewhere');
		mkdirSync(elsewhere, { mode: 0o700 });
		symlinkSync(elsewhere, compiled);
		assert.equal(call(command, ['run', '--', 'echo', 'hi']).stdout, 'hi\n');
		assert.deepEqual(readdirSync(elsewhere), []);
		rmSync(compiled);
		mkdirSync(compiled);
		chmodSync(compiled, 0o777);
		assert.equal(call(command, ['run', '--', 'echo', 'hi']).stdout, 'hi\n');
		assert.deepEqual(readdirSync(compiled), []);
	});

	it('is installed although an older version cannot be removed', async (t) => {
		await install();
		const stuck = join(stateDir, 'lib', '0123456789abcdef');
		mkdirSync(stuck);
		const { rmSync: remove } = fs;
		t.mock.method(fs, 'rmSync', (path: string, options: RmOptions) => {
			// As Windows does with a program that still runs.
			if (path.startsWith(stuck)) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
			remove(path, options);
		});
		syncBuiltinESMExports();
		try {
			const { command } = await install();
			assert.equal(call(command, ['list']).status, 0);
			assert.ok(!existsSync(stuck), 'what may be half of a version does not have its name');
		} finally {
			t.mock.restoreAll();
			syncBuiltinESMExports();
		}
		await install();
		assert.ok(!existsSync(`${stuck}.gone`));
	});

	it('removes what an installation left that was cut off, and leaves alone one that is under way', async () => {
		const [left, underWay] = ['00000000-0000-4000-8000-000000000000', '11111111-1111-4111-8111-111111111111'].map(
			(id) => join(stateDir, 'lib', `0123456789abcdef.${id}`),
		) as [string, string];
		for (const path of [left, underWay]) mkdirSync(path, { recursive: true, mode: 0o700 });
		const yesterday = new Date(Date.now() - 86_400_000);
		utimesSync(left, yesterday, yesterday);
		await install();
		assert.ok(!existsSync(left));
		assert.ok(existsSync(underWay));
	});

	it('takes the first runtime that exists, and an editor as Node', async () => {
		const { command } = await install([
			{ path: '/nowhere/code', kind: 'electron' },
			{ path: process.execPath, kind: 'electron' },
			NODE,
		]);
		assert.equal(call(command, ['x']).stdout, 'cli x 1\n');
		const none = await install([{ path: '/nowhere/node', kind: 'node' }]);
		const result = call(none.command, ['run', '--', 'echo']);
		assert.deepEqual([result.status, result.stdout], [78, '']);
		assert.match(result.stderr, /Install Node\.js 22 or newer/);
	});

	it('is linked where nobody has the name yet', async () => {
		assert.equal((await install()).link, undefined);
		mkdirSync(linkFolder);
		const { command, link } = await install();
		assert.equal(readlinkSync(link!), command);
		assert.equal(call(link!, ['run', '--', 'echo', 'hi']).stdout, 'hi\n');
		rmSync(link!);
		writeFileSync(link!, 'somebody else');
		assert.equal((await install()).link, undefined);
		assert.ok(lstatSync(link!).isFile());
	});

	it('is named bare in project files and by its path in user files', () => {
		assert.equal(launcherCommand('workspace', '/s'), 'mcp-hygiene');
		assert.equal(
			launcherCommand('user', '/s'),
			process.platform === 'win32' ? '\\s\\bin\\mcp-hygiene.cmd' : '/s/bin/mcp-hygiene',
		);
	});
});

describe('a planted environment', () => {
	it('runs nothing before the launcher, and reaches servers without a credential as before', async () => {
		const { command } = await install();
		const evil = join(folder.path, 'evil.cjs');
		const trace = join(folder.path, 'trace');
		writeFileSync(evil, `require('node:fs').appendFileSync(${JSON.stringify(trace)}, process.argv.join(' ') + '\\n')`);
		const env = {
			NODE_OPTIONS: `--require ${evil}`,
			HTTPS_PROXY: 'http://x',
			BASH_ENV: evil,
			ENV: evil,
			'BASH_FUNC_[%%': `() { echo evil >>${trace}; }`,
		};
		assert.equal(call(command, ['list'], env).stdout, 'cli list undefined\n');
		assert.equal(existsSync(trace), false);
		const { stdout } = call(command, ['run', '--', 'sh', '-c', 'echo $NODE_OPTIONS $HTTPS_PROXY'], env);
		assert.equal(stdout, `--require ${evil} http://x\n`);
		assert.equal(existsSync(trace), false);
	});

	it('HOME and XDG folders do not choose another state directory', async () => {
		const { command } = await install();
		const home = join(folder.path, 'planted');
		mkdirSync(join(home, '.local/share/mcp-hygiene'), { recursive: true });
		writeFileSync(join(home, '.local/share/mcp-hygiene/config.json'), 'not json');
		const { stdout } = call(command, ['run', '--', 'echo', 'started'], {
			HOME: home,
			XDG_STATE_HOME: home,
			XDG_DATA_HOME: `${home}/.local/share`,
		});
		assert.equal(stdout, 'started\n');
	});
});

describe('the scripts', () => {
	it('quote paths', () => {
		assert.match(posixShim({ lib: "/it's/lib", runtimes: [NODE] }), /lib='\/it'\\''s\/lib'/);
	});

	it('for Windows: clears the loader variables, picks the program, passes the exit code on', () => {
		const text = windowsShim({
			lib: 'C:\\Users\\100%\\lib',
			runtimes: [
				{ path: 'C:\\Code.exe', kind: 'electron' },
				{ path: 'C:\\node.exe', kind: 'node' },
			],
		});
		assert.ok(text.split('\r\n').every((line) => !line.includes('\n')));
		assert.match(text, /set "NODE_OPTIONS="\r\n/);
		assert.match(text, /set "MCP_HYGIENE_LIB=C:\\Users\\100%%\\lib"/);
		assert.match(text, /if "%~1"=="run" set "MCP_HYGIENE_PROGRAM=launcher\.js"/);
		assert.match(
			text,
			/set "ELECTRON_RUN_AS_NODE=1"\r\n"C:\\Code\.exe" "%MCP_HYGIENE_LIB%\\%MCP_HYGIENE_PROGRAM%" %\*\r\nexit \/b %ERRORLEVEL%/,
		);
	});

	it('are owned by the person alone', async () => {
		const { command } = await install();
		assert.equal(statSync(stateDir).mode & 0o077, 0);
		assert.match(readFileSync(command, 'utf8'), /^#!\/bin\/sh\n/);
	});
});
