import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { safeEnvironment } from '../workload/environment.ts';
import { findExecutable, windowsExtensions } from '../workload/executable.ts';
import type { Runtime } from './scripts.ts';

/** The oldest Node that runs the bundles. */
const OLDEST = 22;

/** Where Node usually is, for a machine that gets one later. The launcher checks its version itself. */
const USUAL = ['/usr/local/bin/node', '/opt/homebrew/bin/node', '/usr/bin/node'];

/**
 * What can run the launcher, best first: the program that runs us (the editor's executable as Node, or Node), then a Node on
 * PATH, then the usual places.
 */
export async function findRuntimes(environment: NodeJS.ProcessEnv = process.env): Promise<Runtime[]> {
	const own: Runtime = { path: process.execPath, kind: process.versions.electron ? 'electron' : 'node' };
	const onPath = await nodeOnPath(environment);
	const usual = process.platform === 'win32' ? [] : USUAL;
	const nodes = [...(onPath ? [onPath] : []), ...usual].map((path): Runtime => ({ path, kind: 'node' }));
	return [own, ...nodes].filter(
		(runtime, index, all) => all.findIndex((other) => other.path === runtime.path) === index,
	);
}

async function nodeOnPath(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
	const safe = safeEnvironment(environment);
	const extensions = process.platform === 'win32' ? { extensions: windowsExtensions(safe.PATHEXT) } : {};
	const node = findExecutable('node', { path: safe.PATH ?? safe.Path ?? '', cwd: '/', ...extensions });
	if (!node) return undefined;
	try {
		const { stdout } = await promisify(execFile)(node.path, ['--version'], { env: safe, timeout: 5_000 });
		return Number.parseInt(stdout.slice(1), 10) >= OLDEST ? node.path : undefined;
	} catch {
		return undefined;
	}
}
