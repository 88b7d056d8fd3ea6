import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import spawn from 'cross-spawn';
import { installShim, shimPath } from '../adapters/shim/install.ts';
import { findRuntimes } from '../adapters/shim/runtimes.ts';
import { findExecutable, windowsExtensions } from '../adapters/workload/executable.ts';
import { LAUNCHER_NAME } from '../core/bindings/launcher-use.ts';
import type { Context } from './context.ts';
import type { Check } from './doctor-check.ts';

/** Puts the launcher where hosts start it from, as the extension does. */
export async function installLauncher({ stateDir, distFolder }: Context): Promise<void> {
	await installShim({ stateDir, distDir: distFolder, runtimes: await findRuntimes() });
}

/** User configs name the launcher by its stable path, project configs bare: both have to lead somewhere. */
export async function launcherChecks(context: Context): Promise<Check[]> {
	const shim = shimPath(context.stateDir, context.platform);
	if (!existsSync(shim)) {
		return [
			{
				state: 'problem',
				what: 'launcher',
				message: `Not installed at ${shim}. Run "mcp-hygiene doctor --fix", or open the editor with the extension once.`,
			},
		];
	}
	return [startCheck(shim), pathCheck(shim, context)];
}

/** Without a shell: it starts a `.cmd` on Windows too, whatever characters its path holds. */
function startCheck(shim: string): Check {
	const { status } = spawn.sync(shim, ['--version'], { timeout: 10_000, windowsHide: true, stdio: 'ignore' });
	if (status === 0) return { state: 'ok', what: 'launcher', message: `Installed and starts: ${shim}` };
	return {
		state: 'problem',
		what: 'launcher',
		message: `${shim} does not start. Run "mcp-hygiene doctor --fix" with Node 22 or newer.`,
	};
}

function pathCheck(shim: string, { env, cwd, platform }: Context): Check {
	const extensions = platform === 'win32' ? windowsExtensions(env.PATHEXT) : [];
	const found = findExecutable(LAUNCHER_NAME, { path: env.PATH ?? '', cwd, extensions });
	if (!found) {
		const message = `${LAUNCHER_NAME} is not on PATH, so project configs that name it cannot start their servers. Add ${dirname(shim)} to PATH.`;
		return { state: 'problem', what: 'PATH', message };
	}
	if (found.real === realpathSync(shim))
		return { state: 'ok', what: 'PATH', message: `${LAUNCHER_NAME} is the installed launcher.` };
	return {
		state: 'note',
		what: 'PATH',
		message: `${LAUNCHER_NAME} on PATH is ${found.path}, not the installed launcher. Put ${dirname(shim)} before it.`,
	};
}
