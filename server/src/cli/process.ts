import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { isTerminal, writeAll } from './terminal.ts';

/** More than any config, and enough for any secret. */
const MAX_INPUT = 10 * 1024 * 1024;

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The world of a real process. Touches neither standard input nor output before a command asks: the launcher needs them as they are. */
export function processContext(places: Pick<Context, 'home' | 'stateDir' | 'distFolder'>): Context {
	let isHeld = false;
	return {
		...places,
		cwd: process.cwd(),
		platform: process.platform,
		env: process.env,
		get version() {
			return readVersion(places.distFolder);
		},
		now: () => Date.now(),
		out: (text) => writeAll(1, text),
		err: (text) => writeAll(2, text),
		isInteractive: async () => (await isTerminal(0)) && (await isTerminal(2)),
		hasColours: async () => !process.env.NO_COLOR && process.env.TERM !== 'dumb' && (await isTerminal(1)),
		showsProgress: () => isTerminal(2),
		onInterrupt(cleanUp) {
			process.on('SIGINT', () => {
				if (isHeld) return;
				cleanUp();
				process.exit(EXIT.interrupted);
			});
		},
		async uninterrupted(work) {
			const wait = () => undefined;
			isHeld = true;
			for (const signal of ENDING) process.on(signal, wait);
			try {
				return await work();
			} finally {
				isHeld = false;
				for (const signal of ENDING) process.off(signal, wait);
			}
		},
		readInput: () => readAll(process.stdin),
		ask: async (question, options) => (await import('./prompt.ts')).askTerminal(question, options?.hidden ?? false),
		async keychain() {
			const { keychainClient, keychainProgram } = await import('../adapters/keychain/client.ts');
			return keychainClient(keychainProgram(places.distFolder));
		},
	};
}

async function readAll(stream: NodeJS.ReadStream): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		size += (chunk as Buffer).length;
		if (size > MAX_INPUT)
			throw new CommandError('Standard input is larger than 10 MB: no MCP host keeps such a config.');
	}
	return Buffer.concat(chunks);
}

/** From the bundles' own folder, or the package that they lie in; a copy without one has no version to tell. */
function readVersion(distFolder: string): string {
	return versionIn(distFolder) ?? versionIn(dirname(distFolder)) ?? '0.0.0';
}

function versionIn(folder: string): string | undefined {
	try {
		return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: string }).version;
	} catch {
		return undefined;
	}
}
