import { commandLine, programName } from '../command-line.ts';
import type { Credential } from '../finding.ts';
import type { McpServer, Part } from '../servers.ts';
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
					`${subject(credential)} is ${place(credential)}${isOfEnv(credential) ? '. ' : `: while the server runs, the process list shows it${log}. `}` +
					`${advice(credential)}${storedHint(credential, context.knowledge)}`,
			};
		}
	},
};

function advice(credential: Credential): string {
	const { server, part } = credential;
	if (server?.launcher?.mode === 'connect') return 'Store it in the OS keychain and write its cred:// reference here.';
	if (isOfEnv(credential))
		return 'Take it out of the arguments of `env`, and put it into env of the entry from the OS keychain.';
	if (server && isContainer(server) && /^(?:--env=|-e=?)?[A-Za-z_][A-Za-z0-9_]{0,127}=/.test(part.value)) {
		return 'Write `-e NAME` without the value, and put the value into env from the OS keychain.';
	}
	const source = server && sourceAdvice(part, server);
	if (source) return source;
	return 'If the server reads it from an environment variable too, put it into env from the OS keychain.';
}

/** `env NAME=value server`: the program replaces itself by the server, so no process shows it for longer than a moment. */
function isOfEnv({ server, part }: Credential): boolean {
	const { command, args } = server ? commandLine(server) : NOTHING;
	if (!command || programName(command.value) !== 'env') return false;
	const end = args.findIndex(({ value }) => !/^(?:-|[A-Za-z_]\w{0,127}=)/.test(value));
	const at = args.findIndex(({ node }) => node === part.node);
	return at >= 0 && (end < 0 || at < end);
}

const NOTHING = { command: undefined, args: [] };

/** Options that name where a runner downloads from. */
const REGISTRY = /^(?:-i|--(?:registry|index|default-index|index-url|extra-index-url|find-links))(?:=|$)/;

/** The runner takes these for the download, and the server never sees them. */
function sourceAdvice({ name = '', value }: Part, server: McpServer): string | undefined {
	const program = programName(commandLine(server).command?.value ?? '');
	if (!/^(?:npx|npm|bunx|pnpm|yarn|uvx?|pipx)$/.test(program)) return undefined;
	if (/^(?:--from=)?git\+/.test(value))
		return 'The server does not read it: let a credential helper of git hand it over for the download.';
	return REGISTRY.test(name) || REGISTRY.test(value)
		? 'The server does not read it: put it into your own `.npmrc`, `.netrc` or keyring, from which the download takes it.'
		: undefined;
}

function isContainer(server: McpServer): boolean {
	const { command } = commandLine(server);
	return command !== undefined && /^(?:docker|podman|nerdctl)$/.test(programName(command.value));
}
