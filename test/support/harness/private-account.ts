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
	/** The command line that runs a program with these folders in place. */
	command(program: string, args: readonly string[]): readonly [string, ...string[]];
	remove(): void;
}

/** Arguments: pairs of a folder and the one that it lies over, `--`, and the program. */
const MOUNT_AND_RUN =
	'while [ "$1" != -- ]; do mkdir -p "$2" && mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"';

/** @param state lies over the state folder. @param runtime lies over `/run/user/<uid>`. */
export function privateAccount(state: string, runtime: string): PrivateAccount {
	const real = stateDirectory();
	mkdirSync(state, { recursive: true, mode: 0o700 });
	const prefix = ['unshare', ...unshareOptions(), '--', 'sh', '-c', MOUNT_AND_RUN, 'sh'];
	const folders = [state, real, runtime, `/run/user/${userInfo().uid}`, ...overUserPrograms(state), '--'];
	if (spawnSync(prefix[0]!, [...prefix.slice(1), ...folders, 'true']).status === 0) {
		return {
			command: (program, args) => [prefix[0]!, ...prefix.slice(1), ...folders, program, ...args],
			remove: () => undefined,
		};
	}
	if (existsSync(real) && readdirSync(real).length > 0) {
		throw new Error(`Mount namespaces are not allowed here, and the tests must not touch ${real}. Move it away first.`);
	}
	return {
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

function unshareOptions(): readonly string[] {
	if (process.getuid?.() === 0) return ['--mount'];
	return ['--mount', '--map-current-user', '--keep-caps'];
}
