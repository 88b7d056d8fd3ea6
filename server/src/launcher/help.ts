const RUN = `  run [--server NAME] -- COMMAND [ARG...]
                      resolve references in the environment and start a server
`;
const CONNECT = `  connect URL [--bearer REF] [--header NAME=REF]...
                      talk to a server over HTTP, with headers resolved in memory
      --basic REF         user:password, sent as a header
      --query NAME=REF    a parameter of the URL
      --path NAME=REF     the segment {NAME} of the URL
`;

/** What the launcher does, in the words of the command line's help. */
export const LAUNCHER_HELP: Readonly<Record<string, string>> = { run: RUN, connect: CONNECT };

export const LAUNCHER_EXITS =
	'Of run and connect: the server’s own, 64 for a wrong command line, 78 when it is not started.';

/**
 * The help of one program, if these arguments ask for it: what follows `--` is the server's. It belongs on stderr, because a config could ask
 * as well, and what is on stdout is the host's.
 */
export function launcherHelp(program: string, args: readonly string[]): string | undefined {
	const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
	const text = LAUNCHER_HELP[program];
	if (text === undefined || !own.includes('--help')) return undefined;
	return `Usage: mcp-hygiene ${program}\n\n${text}\nExit codes. ${LAUNCHER_EXITS}\n`;
}
