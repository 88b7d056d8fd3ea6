import { ownNames } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { isLauncher } from '../launcher-use.ts';
import { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { COMMENT_PROBLEM } from '../syntax/jsonc.ts';
import type { Format } from '../syntax/parse.ts';
import { pointer } from '../syntax/tree.ts';
import { LineIndex } from '../text.ts';
import { urlTarget } from './url-target.ts';

/**
 * Where a moved secret will be handed to the server, and which text has to be stored for that. A reference is a whole
 * value, so a secret inside a larger string is stored as that whole string, unless a part of it can move to the
 * environment.
 */
export type Target =
	/** The env entry becomes the reference; `stored` is its whole value. */
	| { readonly kind: 'env'; readonly name: string; readonly part: Part; readonly stored: SecretValue }
	/** The argument becomes the reference: it stays visible in the process list. */
	| { readonly kind: 'arg'; readonly part: Part; readonly stored: SecretValue }
	/** The argument loses the secret (`newArg`) and the environment gets it: `docker -e NAME`, `"$NAME"` in a shell string. */
	| {
			readonly kind: 'arg-to-env';
			readonly name: string;
			readonly part: Part;
			readonly newArg: string;
			readonly stored: SecretValue;
	  }
	/** The http entry becomes a `connect` entry; `bearer` when the header was `Authorization: Bearer ...`. */
	| {
			readonly kind: 'header';
			readonly name: string;
			readonly bearer: boolean;
			readonly part: Part;
			readonly stored: SecretValue;
	  }
	/** The URL loses the secret, and `connect` puts it back; `part` may be the URL of a `connect` entry already. */
	| {
			readonly kind: 'url';
			readonly option: '--query' | '--path' | '--basic';
			/** Of the parameter or the segment. */
			readonly name?: string;
			/** What stays of the URL. */
			readonly url: string;
			readonly part: Part;
			readonly stored: SecretValue;
	  }
	/** A literal header of a `connect` entry becomes the reference; `before` stays in front of it. */
	| { readonly kind: 'connect-header'; readonly before: string; readonly part: Part; readonly stored: SecretValue };

/** Why a fix is not offered, in words for people. */
export interface Refusal {
	readonly refused: string;
}

export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
	return 'refused' in value;
}

/**
 * Around a syntax error the tree is a guess, and an edit by a guess can tear a string or land behind the end of the file.
 * Undefined when the text can be edited.
 */
export function brokenBecause({ text, tree }: ConfigDocument): Refusal | undefined {
	const problem = tree.problems.find(({ message }) => message !== COMMENT_PROBLEM);
	if (!problem) return undefined;
	const line = new LineIndex(text).position(problem.span.start).line + 1;
	return {
		refused: `The file has a syntax error in line ${line}, so an edit could land in the wrong place. Correct that first.`,
	};
}

/**
 * Edits write some formats, and the fields that hold command, arguments, variables and headers in the host's own documents.
 * Undefined when this host reads them there, as far as this entry goes.
 */
export function unwritableBecause(
	{ dialect, servers }: ConfigDocument,
	{ server }: Credential,
	formats: readonly Format[] = ['json'],
): Refusal | undefined {
	const format = dialect.format ?? 'json';
	if (format !== 'json' && !formats.includes(format)) {
		return {
			refused: `${dialect.name} keeps its servers in ${FORMAT_NAMES[format]}, which this edit is not written for. Store the secret with \`mcp-hygiene store put\` and write the reference by hand.`,
		};
	}
	if (!server) return undefined;
	const { command, args, env, headers } = ownNames(dialect);
	const isUsual =
		(!server.command || isAt(server.command, server, command)) &&
		server.args.every((part) => isAt(part, server, args, part.index ?? 0)) &&
		server.env.every((part) => isAt(part, server, env, part.name)) &&
		server.headers.every((part) => isAt(part, server, ...headers.split('.'), part.name) || isBearerField(part, server));
	if (!isUsual) {
		return {
			refused: `${dialect.name} writes the parts of a server in its own way, which no edit here can follow. Store the secret with \`mcp-hygiene store put\` and write the reference by hand.`,
		};
	}
	if (servers.findLast(({ name }) => name === server.name) !== server) {
		return {
			refused:
				'Another entry in this file has the same name, and the launcher would take that one. Rename one of the two first.',
		};
	}
	return undefined;
}

function isAt(part: Part, server: McpServer, ...path: readonly (string | number)[]): boolean {
	return part.pointer === server.pointer + pointer(...path);
}

/** A field of the entry itself that the host sends as a bearer token, and no member of `headers`. */
export function isBearerField(part: Part, server: McpServer): boolean {
	return part.position === 'header' && part.name !== undefined && isAt(part, server, part.name);
}

const FORMAT_NAMES = { json5: 'JSON5', toml: 'TOML', yaml: 'YAML', dotenv: 'a list of variables' } as const;

const UNBOUND =
	'The URL holds a ${...} that only the host fills in, so the destination cannot be bound. Write the URL out first.';

/** A `${...}` that the host fills in: it would be stored as text and never filled again. */
const HOST_REFERENCE = /\$\{[^{}]{1,256}\}/;

export function targetOf(credential: Credential): Target | Refusal {
	const { server, part } = credential;
	if (!server) return { refused: 'It stands outside of a server entry, so no launcher can hand it over.' };
	if (HOST_REFERENCE.test(part.value) && part.position === 'url') return { refused: UNBOUND };
	if (HOST_REFERENCE.test(part.value) && part.position !== 'arg') {
		return {
			refused:
				'The value also holds a ${...} that only the host fills in; a stored secret has to be the whole value. Split it first.',
		};
	}
	if (part.position === 'env') return { kind: 'env', name: part.name ?? '', part, stored: SecretValue.of(part.value) };
	if (part.position === 'header') return headerTarget(server, part, credential);
	if (part.position === 'url') return urlTarget(server, part, credential);
	if (server.launcher?.mode === 'connect') return connectTarget(server, part, credential);
	if (part.position === 'arg') return argTarget(server, part, credential);
	return { refused: `It stands in \`${part.name ?? part.position}\`, a field that the launcher does not hand over.` };
}

function headerTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	if (server.transport !== 'http' || !server.url)
		return { refused: 'Headers of a server without a URL are not sent anywhere.' };
	if (HOST_REFERENCE.test(server.url.value)) return { refused: UNBOUND };
	if (isBearerField(part, server))
		return { kind: 'header', name: 'Authorization', bearer: true, part, stored: SecretValue.of(part.value) };
	const name = part.name ?? '';
	const isBearer = name.toLowerCase() === 'authorization' && /^bearer +\S+$/i.test(part.value);
	const stored = isBearer ? credential.secret : SecretValue.of(part.value);
	return { kind: 'header', name, bearer: isBearer, part, stored };
}

/** What `connect` was given as a literal. */
function connectTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	if (part.node === server.launcher?.url?.node)
		return HOST_REFERENCE.test(part.value) ? { refused: UNBOUND } : urlTarget(server, part, credential);
	const header = server.launcher?.headers.find((one) => one.part.node === part.node);
	if (!header) return { refused: 'The launcher does not know this option of `connect`, so it hands nothing over.' };
	const before = part.value.slice(0, part.value.length - header.reference.length);
	return { kind: 'connect-header', before, part, stored: SecretValue.of(header.reference) };
}

const SHELLS = /(?:^|[/\\])(?:sh|bash|zsh|dash|ksh)$/;
const WINDOWS_SHELLS = /(?:^|[/\\])(?:cmd|powershell|pwsh)(?:\.exe)?$/i;
const CONTAINERS = /(?:^|[/\\])(?:docker|podman|nerdctl)$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** The command line as it runs: behind our launcher, if there is one. */
export function commandLine(server: McpServer): { readonly command: Part | undefined; readonly args: readonly Part[] } {
	return server.launcher?.mode === 'run'
		? { command: server.launcher.command, args: server.launcher.args }
		: { command: server.command, args: server.args };
}

function argTarget(server: McpServer, part: Part, credential: Credential): Target | Refusal {
	const { command, args } = commandLine(server);
	const program = command?.value ?? '';
	if (!command || isLauncher(program))
		return { refused: 'The entry has no command line that the launcher could start.' };
	const at = args.findIndex((arg) => arg.pointer === part.pointer);
	const before = args[at - 1]?.value;
	const offset = offsetInValue(credential);
	if (WINDOWS_SHELLS.test(program)) {
		return {
			refused:
				'It stands inside a command string for a Windows shell, which cannot be rewritten safely. Start the program directly and put the secret into `env`.',
		};
	}
	if (SHELLS.test(program) && before !== undefined && /^-[a-z]*c$/.test(before))
		return shellTarget(part, credential, offset);
	if (CONTAINERS.test(program)) {
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

/** Where in the decoded value the secret starts. */
function offsetInValue(credential: Credential): number {
	return credential.classification.from;
}
