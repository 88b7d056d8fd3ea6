import { isLauncher } from '../bindings/launcher-use.ts';
import { commandLine, isContainerTool, programName, shellOf } from '../command-line.ts';
import type { Credential } from '../finding.ts';
import { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { HOST_REFERENCE, type Refusal, type Target } from './target.ts';

const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** A secret in an argument, by what the program behind it makes of its arguments. */
export function argTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	const { command, args } = commandLine(server);
	const program = command?.value ?? '';
	if (!command || isLauncher(program))
		return { refused: 'The entry has no command line that the launcher could start.' };
	const at = args.findIndex((arg) => arg.pointer === part.pointer);
	const before = args[at - 1]?.value;
	const offset = credential.classification.from;
	const shell = shellOf(program);
	if (shell === 'cmd' || shell === 'powershell') {
		return {
			refused:
				'It stands inside a command string for a Windows shell, which cannot be rewritten safely. Start the program directly and put the secret into `env`.',
		};
	}
	if (shell === 'posix' && !isFish(program) && before !== undefined && /^-[a-z]*c$/.test(before))
		return shellTarget(part, credential, offset);
	if (isContainerTool(program)) {
		const assignment = containerEnv(part, before, offset);
		if (assignment) return assignment;
	}
	if (before === '--header' && args.some((arg) => /^mcp-remote(?:@|$)/.test(arg.value))) {
		const header = bridgeHeader(part);
		if (header) return header;
	}
	if (HOST_REFERENCE.test(part.value)) {
		return {
			refused:
				'The argument also holds a ${...} that only the host fills in; a stored secret has to be the whole argument.',
		};
	}
	return { kind: 'arg', part, stored: SecretValue.of(part.value) };
}

/** `docker run -e NAME=secret`: docker takes the value of a bare `-e NAME` from its own environment. */
function containerEnv(part: Part, before: string | undefined, offset: number): Target | undefined {
	const head = part.value.slice(0, offset);
	const match = /^(--env=|-e=?)?([A-Za-z_][A-Za-z0-9_]{0,127})=$/.exec(head);
	if (!match || (!match[1] && before !== '-e' && before !== '--env')) return undefined;
	const name = match[2]!;
	return {
		kind: 'arg-to-env',
		name,
		part,
		newArg: `${match[1] ?? ''}${name}`,
		stored: SecretValue.of(part.value.slice(offset)),
	};
}

/**
 * `mcp-remote --header "Authorization: Bearer secret"`: the bridge itself fills `${AUTH_HEADER}` from its environment
 * (geelen/mcp-remote README, read 2026-11), and a header without a space survives every host's quoting.
 */
function bridgeHeader(part: Part): Target | undefined {
	const match = /^([A-Za-z0-9-]{1,128}): *(\S[^\r\n]{0,8191})$/.exec(part.value);
	if (!match) return undefined;
	const name =
		match[1]!.toLowerCase() === 'authorization'
			? 'AUTH_HEADER'
			: `${match[1]!.toUpperCase().replaceAll('-', '_')}_HEADER`;
	return { kind: 'arg-to-env', name, part, newArg: `${match[1]}:$\{${name}}`, stored: SecretValue.of(match[2]!) };
}

/** `sh -c "TOKEN=secret program"`: the shell reads `"$TOKEN"` from the environment. */
function shellTarget(part: Part, credential: Credential, offset: number): Target | Refusal {
	const script = part.value;
	const secret = credential.secret.reveal();
	const quote = quoteAt(script, offset);
	if (quote === "'") {
		return {
			refused:
				'It stands in single quotes inside a shell string, where the shell fills in nothing. Start the program directly and put the secret into `env`.',
		};
	}
	const assigned = /(?:^|[\s;&|])([A-Za-z_][A-Za-z0-9_]{0,127})=["']?$/.exec(script.slice(0, offset))?.[1];
	const name = assigned && ENV_NAME.test(assigned) ? assigned : 'MCP_HYGIENE_SECRET';
	const inserted = quote === '"' ? `$\{${name}}` : `"$${name}"`;
	return {
		kind: 'arg-to-env',
		name,
		part,
		newArg: script.slice(0, offset) + inserted + script.slice(offset + secret.length),
		stored: credential.secret,
	};
}

/** The quote that is open at an offset of a shell string. */
function quoteAt(script: string, offset: number): string | undefined {
	let open: string | undefined;
	for (let i = 0; i < offset; i++) {
		const c = script[i]!;
		if (c === '\\' && open !== "'") i++;
		else if (open) {
			if (c === open) open = undefined;
		} else if (c === '"' || c === "'") open = c;
	}
	return open;
}

/** Its own language: a variable is not read as `${NAME}`. */
function isFish(program: string): boolean {
	return programName(program) === 'fish';
}
