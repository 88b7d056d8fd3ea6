// What `npm test` and `npm start` need beyond node_modules: installed where we can, named in one line where we cannot.
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { postgresPrograms } from '../test/support/harness/postgres-programs.ts';
import { cache } from './paths.ts';
import { findProgram, must, ScriptError } from './process.ts';

const CODE_SERVER_VERSION = '4.139.1';
/** code-server refuses to install under any other major version of Node. */
const CODE_SERVER_NODE = 24;
const codeServerFolder = `${cache}/tools/code-server-${CODE_SERVER_VERSION}`;
const codeServerEntry = `${codeServerFolder}/node_modules/code-server/out/node/entry.js`;

export interface ToolWishes {
	/** VS Code as a server, from npm. */
	readonly codeServer?: boolean;
	/** A browser without a screen, and a font for it. */
	readonly chromium?: boolean;
	/** A real Secret Service on a bus of our own. */
	readonly keyring?: boolean;
	/** The password manager `pass`, with what it needs. */
	readonly pass?: boolean;
	/** A real database server; its service is not used, only its programs. */
	readonly postgres?: boolean;
}

export interface Tools {
	/** JavaScript file to run with `node`. */
	readonly codeServer: string;
	/** Executable; empty if it was not wished for. */
	readonly chromium: string;
}

/** A Debian package and the sign that it, or what it stands for, is there. */
interface Need {
	readonly package: string;
	readonly present: () => boolean;
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const NEEDS: Readonly<Record<keyof ToolWishes, readonly Need[]>> = {
	// code-server compiles a few native modules while it installs.
	codeServer: [
		{ package: 'build-essential', present: () => programs('g++', 'make') },
		{ package: 'python3', present: () => programs('python3') },
		{ package: 'libkrb5-dev', present: () => programs('krb5-config') || existsSync('/usr/include/krb5.h') },
	],
	chromium: [
		{ package: 'chromium', present: () => findBrowser() !== undefined },
		{ package: 'fonts-dejavu-core', present: () => existsSync('/usr/share/fonts') },
	],
	keyring: [
		{ package: 'gnome-keyring', present: () => programs('gnome-keyring-daemon') },
		{ package: 'dbus', present: () => programs('dbus-daemon', 'dbus-send') },
		{ package: 'libsecret-tools', present: () => programs('secret-tool') },
	],
	pass: [
		{ package: 'pass', present: () => programs('pass') },
		{ package: 'gnupg', present: () => programs('gpg', 'gpg-agent') },
		{ package: 'git', present: () => programs('git') },
		{ package: 'procps', present: () => programs('ps') },
	],
	postgres: [{ package: 'postgresql', present: () => postgresPrograms() !== undefined }],
};

/** Installs what is missing. @throws ScriptError one line that names what is missing and the command that installs it. */
export async function ensureTools(wishes: ToolWishes): Promise<Tools> {
	await ensurePrograms(wishes);
	if (wishes.codeServer && !existsSync(codeServerMarker())) await installCodeServer();
	return { codeServer: codeServerEntry, chromium: findBrowser() ?? '' };
}

/** The quick part of {@link ensureTools}: the machine's own programs, and what code-server needs to be installed. */
export async function ensurePrograms(wishes: ToolWishes): Promise<void> {
	const installed = existsSync(codeServerMarker());
	const wished = (Object.keys(NEEDS) as (keyof ToolWishes)[]).filter((tool) => wishes[tool]);
	await ensurePackages(wished.filter((tool) => !(tool === 'codeServer' && installed)).flatMap((tool) => NEEDS[tool]));
}

/** Path of a Chromium; undefined if none is installed. */
export function findBrowser(): string | undefined {
	return findProgram(...BROWSERS);
}

async function ensurePackages(needs: readonly Need[]): Promise<void> {
	const missing = needs.filter((need) => !need.present()).map((need) => need.package);
	if (missing.length === 0) return;
	if (process.platform !== 'linux') {
		throw new ScriptError(
			`This needs a Linux machine with ${missing.join(', ')}. Elsewhere, \`npm run test:unit\` and \`npm run test:desktop\` work.`,
		);
	}
	const isRoot = process.getuid?.() === 0;
	if (!isRoot || !findProgram('apt-get')) {
		throw new ScriptError(
			`Missing: ${missing.join(', ')}. Install with: sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
		);
	}
	console.log(`Installing Debian packages: ${missing.join(' ')}`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await must('The package lists could not be read', 'apt-get', ['update'], { env, output: 'quiet' });
	const install = ['install', '-y', '--no-install-recommends', ...missing];
	await must(`Could not install ${missing.join(' ')}`, 'apt-get', install, { env, output: 'quiet' });
	const still = needs.filter((need) => !need.present()).map((need) => need.package);
	if (still.length > 0) throw new ScriptError(`Installed, but still not usable: ${still.join(', ')}`);
}

async function installCodeServer(): Promise<void> {
	if (Number(process.versions.node.split('.')[0]) !== CODE_SERVER_NODE) {
		throw new ScriptError(`code-server needs Node ${CODE_SERVER_NODE} to install; this is ${process.version}.`);
	}
	console.log(`Installing code-server ${CODE_SERVER_VERSION} into .cache/tools, once (about two minutes)`);
	rmSync(codeServerFolder, { recursive: true, force: true });
	mkdirSync(codeServerFolder, { recursive: true });
	writeFileSync(`${codeServerFolder}/package.json`, '{ "private": true }\n');
	const args = ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--no-update-notifier'];
	const [npm, ...npmArgs] = npmCommand();
	await must('code-server could not be installed', npm, [...npmArgs, ...args, `code-server@${CODE_SERVER_VERSION}`], {
		cwd: codeServerFolder,
		env: environmentForNpm(),
		output: 'quiet',
	});
	await must('code-server was installed but does not start', process.execPath, [codeServerEntry, '--version'], {
		output: 'quiet',
	});
	writeFileSync(codeServerMarker(), '');
}

/** Written last, so that an interrupted installation is begun anew. */
function codeServerMarker(): string {
	return `${codeServerFolder}/.complete`;
}

/** The npm that runs this script, or the one on PATH. */
function npmCommand(): readonly [string, ...string[]] {
	const running = process.env.npm_execpath;
	return running?.endsWith('.js') ? [process.execPath, running] : ['npm'];
}

function environmentForNpm(): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = {};
	for (const [name, value] of Object.entries(process.env)) {
		// What the outer npm says of our own package, and of the Node that runs it, would mislead the inner one; registry and
		// proxy settings stay.
		if (/^npm_(package|lifecycle|config_(local_prefix|global_prefix|prefix|nodedir|global|user_agent)$)/.test(name))
			continue;
		env[name] = value;
	}
	const node = realpathSync(process.execPath);
	const installation = dirname(dirname(node));
	env.PATH = `${dirname(node)}:${process.env.PATH ?? ''}`;
	// The headers beside our Node: node-gyp would download them otherwise.
	if (existsSync(`${installation}/include/node/node.h`)) env.npm_config_nodedir = installation;
	// npm 12 runs no install script that it was not told of, and code-server builds VS Code's native modules in nested ones.
	env.npm_config_dangerously_allow_all_scripts = 'true';
	// node-gyp compiles the files of a module one after the other by itself.
	env.JOBS ??= 'max';
	// SQLite is one file of C that takes the compiler ten times as long with -O3, and holds a few settings here.
	env.CFLAGS ??= '-O0';
	env.npm_config_update_notifier = 'false';
	env.npm_config_audit = 'false';
	env.npm_config_fund = 'false';
	return env;
}

function programs(...names: readonly string[]): boolean {
	return names.every((name) => findProgram(name) !== undefined);
}
