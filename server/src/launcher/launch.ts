import { writeSync } from 'node:fs';
import { nativeKeychain } from '../adapters/keychain/native.ts';
import { plain } from '../core/plain.ts';
import { launcherHelp } from './help.ts';
import { answerFirstRequest, complain, EXIT_REFUSED } from './refuse.ts';
import { runServer } from './run.ts';
import { KEYCHAIN_DEADLINE_MS, underWatchdog } from './watchdog.ts';
import { launcherWorld } from './world.ts';

const EXIT_USAGE = 64;
const OLDEST_NODE = 22;
const USAGE = 'usage: mcp-hygiene run [--server NAME] -- COMMAND [ARG...] | mcp-hygiene connect URL [OPTION VALUE]...';

/** The launcher: one of its three programs. Ends the process itself, unless a server runs in its place. */
export async function launch(argv: readonly string[], stateDir: string): Promise<void> {
	const [program, ...args] = argv;
	if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
		complain(`Node.js ${process.versions.node} is too old. Install Node.js ${OLDEST_NODE} or newer.`);
		process.exit(EXIT_REFUSED);
	}
	const help = launcherHelp(program ?? '', args);
	if (help !== undefined) {
		writeSync(2, help);
		process.exit(0);
	}
	switch (program) {
		case 'run':
			return failingClosed(async () => runServer(args, launcherWorld(stateDir), watched));
		case 'connect':
			return failingClosed(async () => {
				// A bundle of its own: it carries the MCP library, which `run` does not need.
				const { connectServer } = await import('./connect/check.ts');
				return connectServer(args, launcherWorld(stateDir), watched);
			});
		case 'keychain':
			return keychainProgram();
		default:
			complain(USAGE);
			process.exit(EXIT_USAGE);
	}
}

/** Ends when its stdin does; a call that never returns must not keep it alive after whoever asked is gone. */
async function keychainProgram(): Promise<void> {
	const { serveKeychain } = await import('../adapters/keychain/program.ts');
	// Ctrl-C in the terminal of whoever asked reaches this program too, in the middle of a write that must not be lost.
	for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
	process.stdin.once('end', () => setTimeout(() => process.kill(process.pid, 'SIGKILL'), KEYCHAIN_DEADLINE_MS).unref());
	await serveKeychain(process.stdin, process.stdout, nativeKeychain());
}

const FROZEN =
	'the OS keychain does not answer. An unlock window may be waiting for you; unlock the keychain, then start the server again.';

function watched<T>(work: () => Promise<T>): Promise<T> {
	return underWatchdog(FROZEN, () => answerFirstRequest(FROZEN), work);
}

/** Whatever goes wrong before the server runs: one line on stderr, an error to the first request, and no server. */
async function failingClosed(work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		if (error instanceof Error && error.name === 'UsageError') {
			complain(error.message);
			process.exit(EXIT_USAGE);
		}
		const line = plain(lineFor(error));
		complain(line);
		await answerFirstRequest(`mcp-hygiene: ${line}`);
		process.exit(EXIT_REFUSED);
	}
}

/** By name: what a bundle of its own throws has classes of its own. */
const OURS = new Set(['Refused', 'StoreError', 'IndexError', 'ConfigError']);

/** Only our own errors are quoted: others could hold anything. */
function lineFor(error: unknown): string {
	const isOurs = error instanceof Error && OURS.has(error.name);
	return isOurs
		? error.message
		: 'the server is not started, because of an error inside mcp-hygiene. Run "mcp-hygiene doctor".';
}
