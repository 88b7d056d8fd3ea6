import { commandLine, type Shell, shellOf } from '../command-line.ts';
import type { McpServer, Part } from '../servers.ts';

/** What a shell takes a command text after: `-c`, `-lc`, `/c`, `-Command`. */
const TEXT_FLAG = /^(?:-[a-z]{0,4}c|\/[ck]|-c(?:o(?:m(?:m(?:a(?:nd?)?)?)?)?)?)$/i;
/** Programs start others within a few words: `wsl -d Ubuntu -e bash -lc "..."`. */
const MOST_WORDS = 12;

interface ShellText {
	readonly shell: Shell;
	/** Index in `args` of the first word that the shell reads. */
	readonly from: number;
}

/** The shell that a server is started by, and where the text for it begins. */
export function shellTextOf(server: McpServer): ShellText | undefined {
	const { command, args } = commandLine(server);
	let shell = command && shellOf(command.value);
	for (const [i, arg] of args.slice(0, MOST_WORDS).entries()) {
		if (shell && TEXT_FLAG.test(arg.value)) return { shell, from: i + 1 };
		shell = shellOf(arg.value) ?? shell;
	}
	return undefined;
}

/** Is this argument a text of several words that a shell reads? One word behind `cmd /c` is an argument like any other. */
export function isShellText(part: Part, server: McpServer): boolean {
	if (!/\s/.test(part.value.trim())) return false;
	const text = shellTextOf(server);
	return text !== undefined && commandLine(server).args[text.from]?.node === part.node;
}
