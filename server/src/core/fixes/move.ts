import type { Dialect } from '../dialects/dialect.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { classify } from '../issuers/classify.ts';
import { isLoaderVariable } from '../loader-variables.ts';
import { parseReference } from '../references.ts';
import type { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { type ArrayNode, child, member, type ObjectNode } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import {
	innerComments,
	insertFirstMember,
	insertMemberAfter,
	prependItems,
	replaceWith,
	setMember,
} from './json-edit.ts';
import { appendItems } from './list-edit.ts';
import { brokenBecause, isRefusal, type Refusal, type Target, targetOf, unwritableBecause } from './target.ts';
import { urlCaveat } from './url-target.ts';

/** Everything that the fix needs besides the store: what to store, and what to change once it is stored. */
export interface MovePlan {
	readonly target: Target;
	/** The exact text to store: the whole value, which may be more than the secret in it. */
	readonly stored: SecretValue;
	/** The edit that puts this reference in place and lets the launcher start the server. */
	changes(reference: string, launcher: string): readonly TextChange[];
	/** What stays imperfect after the move, for people; absent when nothing does. */
	readonly caveat?: string;
}

/** How a credential can be moved out of the config, or why it cannot. Pure: nothing is stored, nothing is edited. */
export function planMove(document: ConfigDocument, credential: Credential): MovePlan | Refusal {
	const broken = brokenBecause(document) ?? unwritableBecause(document, credential);
	if (broken) return broken;
	const target = targetOf(credential);
	if (isRefusal(target)) return target;
	const server = credential.server!;
	if (target.kind === 'header' || target.kind === 'url') return planConnect(document, server, target);
	if (!server.command && !server.launcher?.command)
		return { refused: 'The entry has no `command`, so there is nothing that the launcher could start.' };
	const loader = server.env.find(({ name }) => isLoaderVariable(name));
	if (loader) return { refused: besideLoader(loader.name) };
	return {
		target,
		stored: target.stored,
		changes: (reference, launcher) => [
			...targetChanges(document, server, target, reference),
			...wrapChanges(document, server, launcher),
		],
		...(target.kind === 'arg'
			? {
					caveat:
						'The server takes this secret as an argument, so it stays visible in the process list while the server runs.',
				}
			: {}),
	};
}

/** The launcher would refuse such an entry later; better said before anything is moved. */
export function besideLoader(name: string): string {
	return `The entry sets \`${name}\`, which can make the server run other code or trust another machine, so the launcher hands no secret to it. Remove it; if you need it, name it under "passEnvironment" in the launcher’s own config.json and set it outside of this file.`;
}

function targetChanges(
	document: ConfigDocument,
	server: McpServer,
	target: Exclude<Target, ConnectTarget>,
	reference: string,
): TextChange[] {
	if (target.kind === 'connect-header') return [replaceWith(target.part.node.span, target.before + reference)];
	if (target.kind !== 'arg-to-env') return [replaceWith(target.part.node.span, reference)];
	return [replaceWith(target.part.node.span, target.newArg), addEnv(document.text, server, target.name, reference)];
}

function addEnv(text: string, server: McpServer, name: string, reference: string): TextChange {
	const env = child(server.node, 'env');
	if (env?.kind === 'object') return setMember(text, env, name, JSON.stringify(reference));
	const after = member(server.node, 'args') ?? member(server.node, 'command');
	const json = `{ ${JSON.stringify(name)}: ${JSON.stringify(reference)} }`;
	return after ? insertMemberAfter(text, after, 'env', json) : insertFirstMember(text, server.node, 'env', json);
}

/** `command` becomes the launcher, the old command line follows after `--`. Nothing to do where it is there already. */
export function wrapChanges(document: ConfigDocument, server: McpServer, launcher: string): TextChange[] {
	if (server.launcher || !server.command) return [];
	const prefix = ['run', '--server', server.name, '--', server.command.value];
	const args = child(server.node, 'args');
	const command = replaceWith(server.command.node.span, launcher);
	if (args?.kind === 'array') return [command, prependItems(document.text, args, prefix)];
	const json = `[${prefix.map((item) => JSON.stringify(item)).join(', ')}]`;
	return [command, insertMemberAfter(document.text, member(server.node, 'command')!, 'args', json)];
}

type ConnectTarget = Extract<Target, { kind: 'header' | 'url' }>;

function planConnect(document: ConfigDocument, server: McpServer, target: ConnectTarget): MovePlan | Refusal {
	if (server.type?.value === 'sse')
		return {
			refused: 'The entry asks for SSE, and `connect` speaks streamable HTTP. Use the server’s address for that first.',
		};
	const others = server.headers.filter((header) => header !== target.part && header.pointer !== target.part.pointer);
	const blocking = others.find((header) => !isPlainHeader(header));
	if (blocking) {
		return {
			refused: `The header \`${blocking.name}\` holds a space, a quote, or a \${...} that only the host fills in, and would have to become an argument. Move or simplify that header first.`,
		};
	}
	const caveat = [...(target.kind === 'url' ? [urlCaveat(server, target)] : []), ...alsoSecret(server, target, others)];
	return {
		target,
		stored: target.stored,
		...(caveat.length > 0 ? { caveat: caveat.join(' ') } : {}),
		changes: (reference, launcher) =>
			target.kind === 'url' && server.launcher
				? [replaceWith(target.part.node.span, target.url), appendArgs(document, server, optionArgs(target, reference))]
				: connectChanges(document, server, target, others, reference, launcher),
	};
}

/** Until they are moved too, the entry's other secrets are arguments of the launcher. */
function alsoSecret(server: McpServer, target: ConnectTarget, others: readonly Part[]): string[] {
	const url = server.url ?? server.launcher?.url;
	const left = target.kind === 'url' ? [url && { ...url, value: target.url }] : [url];
	const parts = [...left.filter((part) => part !== undefined), ...others];
	const isSecret = ({ value, name, position }: Part) =>
		classify(value, { position: position === 'arg' ? 'url' : position, ...(name ? { name } : {}) }).some(
			({ kind }) => !kind.public,
		);
	return parts.some(isSecret)
		? [
				'The entry holds another secret, which the process list shows until you move it as well: do that before you start the server.',
			]
		: [];
}

function appendArgs(document: ConfigDocument, server: McpServer, args: readonly string[]): TextChange {
	return appendItems(document.text, child(server.node, 'args') as ArrayNode, args);
}

/** A header that may stand as an argument: a reference, or a short plain word that no host splits or expands. */
function isPlainHeader(header: Part): boolean {
	return parseReference(header.value) !== undefined || /^[A-Za-z0-9_.,:/@+=-]{0,1024}$/.test(header.value);
}

/**
 * The http entry becomes a stdio entry: `url` gives way to `command`, `headers` to `args`, `type` says stdio. Other
 * members stay untouched; comments inside of the two that go are put before what takes their place.
 */
function connectChanges(
	document: ConfigDocument,
	server: McpServer,
	target: ConnectTarget,
	others: readonly Part[],
	reference: string,
	launcher: string,
): TextChange[] {
	const address = target.kind === 'url' ? target.url : server.url!.value;
	const args = ['connect', address, ...optionArgs(target, reference)];
	for (const header of others) args.push('--header', `${header.name}=${header.value}`);
	const url = memberOf(server.node, server.url!);
	const headers = member(server.node, 'headers');
	const type = typeChange(server, document.dialect);
	const json = `[${args.map((arg) => JSON.stringify(arg)).join(', ')}]`;
	const command = `${innerComments(document, url.span)}"command": ${JSON.stringify(launcher)}`;
	if (!headers) {
		const withArgs = command + insertMemberAfter(document.text, url, 'args', json).newText;
		return [...(type ? [type] : []), { span: url.span, newText: withArgs }];
	}
	return [
		...(type ? [type] : []),
		{ span: url.span, newText: command },
		{ span: headers.span, newText: `${innerComments(document, headers.span)}"args": ${json}` },
	];
}

function optionArgs(target: ConnectTarget, reference: string): string[] {
	if (target.kind === 'url')
		return [target.option, target.name === undefined ? reference : `${target.name}=${reference}`];
	return target.bearer ? ['--bearer', reference] : ['--header', `${target.name}=${reference}`];
}

function memberOf(node: ObjectNode, part: Part) {
	return node.members.find((m) => m.value === part.node)!;
}

function typeChange(server: McpServer, dialect: Dialect): TextChange | undefined {
	if (server.type) return replaceWith(server.type.span, dialect.types.stdio ?? 'stdio');
	return undefined;
}
