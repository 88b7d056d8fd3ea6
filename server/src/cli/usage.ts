import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command line was not understood: one line, exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** `parseArgs`, strict, with its complaints in one line. Never repeats a value, which could be a secret pasted in the wrong place. */
export function parse<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
	try {
		return parseArgs({ args: withNegatives(args, options), options, allowPositionals: true, strict: true });
	} catch (error) {
		throw new UsageError(complaint(error as NodeJS.ErrnoException, args));
	}
}

/** `--old-after -3` as `--old-after=-3`: whoever reads the option then says what is wrong with the number, which is no option. */
function withNegatives(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
	const end = args.includes('--') ? args.indexOf('--') : args.length;
	const joined: string[] = [];
	for (const [i, arg] of args.entries()) {
		const before = i > 0 && i < end && /^-[0-9]/.test(arg) ? args[i - 1]! : '';
		if (before.startsWith('--') && options[before.slice(2)]?.type === 'string')
			joined.splice(-1, 1, `${before}=${arg}`);
		else joined.push(arg);
	}
	return joined;
}

function complaint(error: NodeJS.ErrnoException, args: readonly string[]): string {
	if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
		const known = /'(-{1,2}[A-Za-z-]{1,30})'/.exec(error.message)?.[1];
		const given = args.find((arg) => known !== undefined && (arg === known || arg.startsWith(`${known}=`)));
		return given ? `Unknown option ${known}.` : 'Unknown option.';
	}
	const option = /'((?:-[a-z], )?--[a-z-]{1,30})/.exec(error.message)?.[1];
	if (!option) return 'The options were not understood.';
	return error.message.includes('does not take') ? `${option} takes no value.` : `${option} needs a value.`;
}

/** One of a few words, or a complaint that lists them. */
export function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
	const found = allowed.find((word) => word === value);
	if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}.`);
	return found;
}

export function noPositionals(positionals: readonly string[], command: string): void {
	if (positionals.length > 0) throw new UsageError(`${command} takes no further arguments.`);
}
