/**
 * A real gnome-keyring on a private session bus, in each state that a person can meet it in. Nothing of the machine's own
 * session is touched: bus, keyring file, home and runtime folder are temporary.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Background, startInBackground } from './child.ts';
import { privateAccount } from './private-account.ts';
import { temporaryFolder, until } from './temporary.ts';

/**
 * - `unlocked`: as after a login
 * - `locked`: the keyring exists, its password was not given, and nobody can answer a prompt; to have an item in it, take
 *   `unlocked`, store, then `lock()`
 * - `none`: a session bus without any Secret Service, as on many servers
 * - `frozen`: the service is there and does not answer
 */
export type KeyringState = 'unlocked' | 'locked' | 'none' | 'frozen';

export const KEYRING_STATES: readonly KeyringState[] = ['unlocked', 'locked', 'none', 'frozen'];

export interface KeyringSession {
	/** The environment for programs of this session: the caller's, with home, runtime folder and bus of the session. */
	readonly env: NodeJS.ProcessEnv;
	readonly home: string;
	/** Holds the socket `bus`, as `/run/user/<uid>` does. */
	readonly runtimeDir: string;
	/** The launcher's state folder, for programs that are started through `command`. */
	readonly stateDir: string;
	/** The command line that runs a program with the session's state folder, and its bus where an account's bus is. */
	command(program: string, args: readonly string[]): readonly [string, ...string[]];
	lock(): void;
	/** By a new daemon, as at the next login: the running one takes no password without a prompt. */
	unlock(): Promise<void>;
	/** The daemon stops answering, until {@link thaw}. */
	freeze(): void;
	thaw(): void;
	stop(): Promise<void>;
}

const PASSWORD = 'correct horse';
const SERVICE = 'org.freedesktop.secrets';

export async function startKeyring(state: KeyringState): Promise<KeyringSession> {
	const folder = temporaryFolder('keyring');
	const home = folder.path;
	const runtimeDir = `${home}/run`;
	mkdirSync(runtimeDir, { mode: 0o700 });
	const env = sessionEnvironment(home, runtimeDir);
	const account = privateAccount(`${home}/state`, runtimeDir);
	const bus = startInBackground('dbus-daemon', ['--nofork', `--config-file=${writeBusConfig(home)}`], { env });
	let daemon: Background | undefined;
	const stop = async () => {
		daemon?.child.kill('SIGCONT');
		await daemon?.stop();
		await bus.stop();
		account.remove();
		folder.remove();
	};
	try {
		await until('the session bus', () => (dbus(env, 'GetId') ? true : undefined));
		if (state !== 'none') daemon = await startDaemon(env);
	} catch (error) {
		await stop();
		throw new Error(`No keyring session: ${bus.output()}`, { cause: error });
	}
	const session: KeyringSession = {
		env,
		home,
		runtimeDir,
		stateDir: account.stateDir,
		command: (program, args) => account.command(program, args),
		lock: () => secretService(env, 'Lock', 'array:objpath:/org/freedesktop/secrets/collection/login'),
		unlock: async () => {
			await daemon?.stop();
			daemon = await startDaemon(env);
		},
		freeze: () => void daemon?.child.kill('SIGSTOP'),
		thaw: () => void daemon?.child.kill('SIGCONT'),
		stop,
	};
	if (state === 'locked') session.lock();
	if (state === 'frozen') session.freeze();
	return session;
}

/** Runs `body` in a session of its own. */
export async function withKeyring<T>(state: KeyringState, body: (session: KeyringSession) => Promise<T>): Promise<T> {
	const session = await startKeyring(state);
	try {
		return await body(session);
	} finally {
		await session.stop();
	}
}

async function startDaemon(env: NodeJS.ProcessEnv): Promise<Background> {
	const args = ['--foreground', '--unlock', '--components=secrets'];
	const daemon = startInBackground('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
	// An empty password would unlock nothing, without a word.
	daemon.child.stdin?.end(PASSWORD);
	try {
		await until('the Secret Service', () => (dbus(env, 'GetNameOwner', `string:${SERVICE}`) ? true : undefined));
		await until('an open keyring', () => (isUnlocked(env) ? true : undefined));
		return daemon;
	} catch (error) {
		await daemon.stop();
		throw new Error(`gnome-keyring did not come up: ${daemon.output()}`, { cause: error });
	}
}

function sessionEnvironment(home: string, runtimeDir: string): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = {
		...process.env,
		HOME: home,
		XDG_DATA_HOME: `${home}/.local/share`,
		XDG_CONFIG_HOME: `${home}/.config`,
		XDG_CACHE_HOME: `${home}/.cache`,
		XDG_STATE_HOME: `${home}/.local/state`,
		XDG_RUNTIME_DIR: runtimeDir,
		DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtimeDir}/bus`,
	};
	// Nobody is there to answer an unlock prompt.
	for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'GNOME_KEYRING_CONTROL', 'SSH_AUTH_SOCK']) delete env[name];
	return env;
}

/** A bus that starts no service by itself, so that `none` stays `none`. */
function writeBusConfig(home: string): string {
	const file = `${home}/bus.conf`;
	writeFileSync(
		file,
		`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
	<type>session</type>
	<listen>unix:path=${home}/run/bus</listen>
	<auth>EXTERNAL</auth>
	<policy context="default">
		<allow send_destination="*" eavesdrop="true"/>
		<allow eavesdrop="true"/>
		<allow own="*"/>
	</policy>
</busconfig>
`,
	);
	return file;
}

function isUnlocked(env: NodeJS.ProcessEnv): boolean {
	const reply = dbusSend(env, [
		`--dest=${SERVICE}`,
		'/org/freedesktop/secrets/collection/login',
		'org.freedesktop.DBus.Properties.Get',
		'string:org.freedesktop.Secret.Collection',
		'string:Locked',
	]);
	return reply !== undefined && /boolean false/.test(reply);
}

function secretService(env: NodeJS.ProcessEnv, method: string, ...args: string[]): void {
	const path = '/org/freedesktop/secrets';
	const reply = dbusSend(env, [`--dest=${SERVICE}`, path, `org.freedesktop.Secret.Service.${method}`, ...args]);
	if (reply === undefined) throw new Error(`The Secret Service refused ${method}`);
}

function dbus(env: NodeJS.ProcessEnv, method: string, ...args: string[]): string | undefined {
	const path = '/org/freedesktop/DBus';
	return dbusSend(env, ['--dest=org.freedesktop.DBus', path, `org.freedesktop.DBus.${method}`, ...args]);
}

function dbusSend(env: NodeJS.ProcessEnv, args: readonly string[]): string | undefined {
	const options = ['--session', '--print-reply', '--reply-timeout=3000'];
	const result = spawnSync('dbus-send', [...options, ...args], { env, encoding: 'utf8', timeout: 10_000 });
	return result.status === 0 ? result.stdout : undefined;
}
