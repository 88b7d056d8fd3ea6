import { type Command, EXIT } from './context.ts';

/** `run` and `connect` are the launcher's; it exits by itself, with the server's code. */
export const run: Command = (args, context) => start('run', args, context.stateDir);
export const connect: Command = (args, context) => start('connect', args, context.stateDir);

async function start(mode: 'run' | 'connect', args: readonly string[], stateDir: string): Promise<number> {
	const { launch } = await import('../launcher/launch.ts');
	await launch([mode, ...args], stateDir);
	return EXIT.ok;
}
