/**
 * The launcher takes its state folder and the session's bus from the account, not from the environment, because a config can
 * set an environment. So a test cannot redirect them by a variable either: it starts programs in a mount namespace, where a
 * temporary folder lies over each of the two places.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { stateDirectory } from '../../../server/src/adapters/state/directory.ts';

export interface PrivateAccount {
	/** What the launcher takes for its state folder. */
	readonly stateDir: string;
	/** The command line that runs a program with these folders in place. */
	command(program: string, args: readonly string[]): readonly [string, ...string[]];
	remove(): void;
}

const UNSHARE: readonly [string, ...string[]] =
	process.getuid?.() === 0
		? ['unshare', '--mount', '--']
		: ['unshare', '--mount', '--map-current-user', '--keep-caps', '--'];

/** Arguments: pairs of a folder and the one that it lies over, `--`, and the program. */
const MOUNT_AND_RUN =
	'while [ "$1" != -- ]; do mkdir -p "$2" && mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"';

/** Whether a folder can be laid over another one here, for one program. */
export function canLayOver(): boolean {
	return spawnSync(UNSHARE[0], [...UNSHARE.slice(1), 'true']).status === 0;
}

/**
 * Where nothing can be laid over, the account's own folder is used, if it is empty, and emptied afterwards: that is good for
 * one session at a time.
 *
 * @param state lies over the state folder. @param runtime lies over `/run/user/<uid>`.
 */
export function privateAccount(state: string, runtime: string): PrivateAccount {
	const real = stateDirectory();
	if (canLayOver()) {
		mkdirSync(state, { recursive: true, mode: 0o700 });
		const folders = [state, real, runtime, `/run/user/${userInfo().uid}`, ...overUserPrograms(state)];
		return {
			stateDir: state,
			command: (program, args) => [...UNSHARE, 'sh', '-c', MOUNT_AND_RUN, 'sh', ...folders, '--', program, ...args],
			remove: () => undefined,
		};
	}
	if (existsSync(real) && readdirSync(real).length > 0) {
		throw new Error(`Mount namespaces are not allowed here, and ${real} must not be touched. Move it away first.`);
	}
	return {
		stateDir: real,
		command: (program, args) => [program, ...args],
		remove: () => rmSync(real, { recursive: true, force: true }),
	};
}

/** Installing the launcher puts a link into `~/.local/bin`, where there is one. */
function overUserPrograms(state: string): readonly string[] {
	const folder = `${userInfo().homedir}/.local/bin`;
	if (!existsSync(folder)) return [];
	const over = `${state}-programs`;
	mkdirSync(over, { recursive: true });
	return [over, folder];
}
