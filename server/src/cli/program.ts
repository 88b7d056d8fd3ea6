import { plain } from '../core/report/words.ts';
import { launcherHelp } from '../launcher/help.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { messageOf } from './error.ts';
import { HELP, helpOf } from './help.ts';

/** Code is loaded when it is called for: `run` must not pay for rules, nor `scan` for the keychain. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
	scan: async () => (await import('./scan.ts')).scan,
	list: async () => (await import('./commands.ts')).list,
	declare: async () => (await import('./commands.ts')).declare,
	store: async () => (await import('./commands.ts')).store,
	approve: async () => (await import('./commands.ts')).approve,
	revoke: async () => (await import('./commands.ts')).revoke,
	rotate: async () => (await import('./commands.ts')).rotate,
	bindings: async () => (await import('./commands.ts')).bindings,
	doctor: async () => (await import('./commands.ts')).doctor,
	rules: async () => (await import('./commands.ts')).rules,
	run: async () => (await import('./launch.ts')).run,
	connect: async () => (await import('./launch.ts')).connect,
};

/** Runs one command line and answers with its exit code. Never throws: whatever goes wrong is one line on stderr. */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
	const [name, ...args] = argv;
	if (name === undefined) {
		context.err(HELP);
		return EXIT.failure;
	}
	if (name === 'help' || name === '--help' || name === '-h') {
		context.out(helpOf(args[0] ?? ''));
		return EXIT.ok;
	}
	const help = launcherHelp(name, args);
	if (help !== undefined) {
		context.err(help);
		return EXIT.ok;
	}
	if (wantsHelp(name, args)) {
		context.out(helpOf(name));
		return EXIT.ok;
	}
	if (name === '--version' || name === '-V') {
		context.out(`${context.version}\n`);
		return EXIT.ok;
	}
	const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
	if (!load) return unknownCommand(context);
	try {
		return await (await load())(args, context);
	} catch (error) {
		context.err(`mcp-hygiene ${name}: ${plain(messageOf(error))}\n`);
		return EXIT.failure;
	}
}

/** Not for `run`: what follows there belongs to the server. */
function wantsHelp(name: string, args: readonly string[]): boolean {
	return name !== 'run' && name !== 'connect' && args.includes('--help');
}

function unknownCommand(context: Context): number {
	context.err(`mcp-hygiene: there is no such command. Known: ${Object.keys(COMMANDS).join(', ')}, help.\n`);
	return EXIT.failure;
}
