import type { Shell } from '../command-line.ts';
import type { Credential } from '../finding.ts';
import { credentialsOf, foundAt, storedHint } from './position.ts';
import type { Rule } from './rule.ts';
import { shellTextOf } from './shell-text.ts';
import { levelOf, serverWords, subject } from './words.ts';

/** A literal secret inside the text that `sh -c`, `cmd /c` or PowerShell runs. */
export const credentialInShellString: Rule = {
	id: 'credential-in-shell-string',
	title: 'A credential stands inside a shell command',
	defaultLevel: 'error',
	cwe: ['CWE-214'],
	*check(context) {
		for (const credential of credentialsOf('credential-in-shell-string', context)) {
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message:
					`${subject(credential)} is part of the shell command of ${serverWords(credential.server!)}: the process list and the logs of commands show it, ` +
					`and a shell gives some of its characters a meaning. ${advice(credential)}${storedHint(credential, context.knowledge)}`,
			};
		}
	},
};

const VARIABLE: Readonly<Record<Shell, string>> = { posix: '"$NAME"', cmd: '%NAME%', powershell: '$env:NAME' };

function advice({ server }: Credential): string {
	const variable = VARIABLE[shellTextOf(server!)?.shell ?? 'posix'];
	return `Write ${variable} in its place, and put the value into env from the OS keychain.`;
}
