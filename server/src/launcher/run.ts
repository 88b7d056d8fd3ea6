import { realpathSync } from 'node:fs';
import { safeEnvironment } from '../adapters/workload/environment.ts';
import { findExecutable, windowsExtensions } from '../adapters/workload/executable.ts';
import { approvals } from './approvals.ts';
import { type Asked, readRunArguments } from './asked.ts';
import { foundAt, type Start, start } from './start.ts';
import type { LauncherWorld } from './world.ts';

/** `mcp-hygiene run [--server NAME] -- COMMAND [ARG...]`: checks, resolves, starts. */
export async function runServer(args: readonly string[], world: LauncherWorld, watch: Watch): Promise<void> {
	const asked = readRunArguments(args, world.environment, realpathSync(process.cwd()));
	await start(asked.references.length === 0 ? plainStart(asked) : await watch(() => boundStart(asked, world)));
}

/** Bounds the time of what may block for ever. */
export type Watch = <T>(work: () => Promise<T>) => Promise<T>;

/** The keychain reads in a thread of its own, while what compares is loaded in this one. */
async function boundStart(asked: Asked, world: LauncherWorld): Promise<Start> {
	const index = approvals(
		world,
		asked.references.map(({ reference }) => reference),
		asked.server,
	);
	const [{ bound }, approved] = await Promise.all([import('./bound.ts'), index]);
	return bound(asked, approved, world);
}

/** No reference, no secret: the server gets what the host handed to it, as without us. */
function plainStart(asked: Asked): Start {
	const environment = Object.fromEntries(
		Object.entries(asked.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
	const search = { path: safeEnvironment(environment).PATH ?? '', cwd: asked.cwd };
	const extensions = process.platform === 'win32' ? { extensions: windowsExtensions(environment.PATHEXT) } : {};
	return {
		path: foundAt(findExecutable(asked.commandLine[0]!, { ...search, ...extensions }), asked),
		words: asked.commandLine,
		environment,
	};
}
