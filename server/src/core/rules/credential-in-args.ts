import { commandLine, programName } from '../command-line.ts';
import type { Credential } from '../finding.ts';
import type { McpServer } from '../servers.ts';
import { credentialsOf, foundAt, storedHint } from './position.ts';
import type { Rule } from './rule.ts';
import { isVsCode, levelOf, place, subject } from './words.ts';

/** A literal secret on the command line of a server, where the operating system shows it to every process. */
export const credentialInArgs: Rule = {
	id: 'credential-in-args',
	title: 'A credential stands on a server’s command line',
	defaultLevel: 'error',
	cwe: ['CWE-214'],
	*check(context) {
		const log = isVsCode(context.document) ? ', and VS Code can write it into the server’s log' : '';
		for (const credential of credentialsOf('credential-in-args', context)) {
			yield {
				...foundAt(credential),
				level: levelOf(credential.confidence),
				message:
					`${subject(credential)} is ${place(credential)}: while the server runs, the process list shows it${log}. ` +
					`${advice(credential)}${storedHint(credential, context.knowledge)}`,
			};
		}
	},
};

function advice(credential: Credential): string {
	const { server, part } = credential;
	if (server?.launcher?.mode === 'connect') return 'Store it in the OS keychain and write its cred:// reference here.';
	if (server && isContainer(server) && /^[A-Za-z_][A-Za-z0-9_]{0,127}=/.test(part.value)) {
		return 'Write `-e NAME` without the value, and put the value into env from the OS keychain.';
	}
	return 'If the server reads it from an environment variable too, put it into env from the OS keychain.';
}

function isContainer(server: McpServer): boolean {
	const { command } = commandLine(server);
	return command !== undefined && /^(?:docker|podman|nerdctl)$/.test(programName(command.value));
}
