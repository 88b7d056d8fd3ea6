import { knownServer as catalogServer } from '../catalog/index.ts';
import { oauthRemote } from '../catalog/oauth.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { fieldsOf } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { hostIn, issuerAtHost } from '../issuers/attribution.ts';
import { knownServer } from '../needs/index.ts';
import type { Invocation } from '../needs/invocation.ts';
import type { Filters, Switch } from '../needs/need.ts';
import { isOn, settingOf } from '../needs/switches.ts';
import { parseReference } from '../references.ts';
import type { McpServer, NamedPart } from '../servers.ts';
import { type Member, member } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import { indentAt, innerComments, newlineOf, replaceWith } from './json-edit.ts';
import { removeParts } from './list-edit.ts';
import { orphanedInputs } from './orphans.ts';
import { withQuery } from './setting-edit.ts';
import type { Refusal } from './target.ts';
import { brokenBecause, unwritableBecause } from './writable.ts';

/**
 * Hosts that sign in to remote servers of their config by OAuth and read `url` and `headers` there. Sources: the hosts' documents
 * as named in their dialects, read 2026-11.
 */
const SIGNS_IN: ReadonlySet<DialectId> = new Set<DialectId>([
	'vscode',
	'vscode-settings',
	'code-workspace',
	'portable',
	'claude-code',
	'cursor',
	'windsurf',
	'gemini',
	'amazon-q',
	'kiro',
]);

export interface OauthPlan {
	readonly url: string;
	readonly changes: readonly TextChange[];
	/** What a person has to know, one sentence each. */
	readonly notes: readonly string[];
}

/** The entry as one that connects to the vendor's own server and lets the host sign in: no token, the same filters. */
export function planOauth(document: ConfigDocument, credential: Credential): OauthPlan | Refusal {
	const { server } = credential;
	if (!server) return { refused: 'It stands outside of a server entry.' };
	const broken = brokenBecause(document) ?? unwritableBecause(document, credential);
	if (broken) return broken;
	if (!SIGNS_IN.has(document.dialect.id))
		return { refused: `It is not known that ${document.dialect.name} signs in to servers in this file with OAuth.` };
	const known = catalogServer(server);
	const remote = known && oauthRemote(known.id);
	if (!remote || (known.issuer !== undefined && known.issuer !== credential.classification.issuer))
		return { refused: 'The vendor offers no server with OAuth that is known here.' };
	const entry = knownServer(server);
	const own = ownHost(server, entry.invocation, known.issuer);
	if (own) return { refused: `This server talks to ${own}, and the vendor’s own server only to the vendor’s cloud.` };
	const notes = remote.note ? [remote.note] : [];
	const atRemote = entry.invocation.url?.host === hostIn(remote.url)?.toLowerCase();
	if (atRemote && !server.command)
		return { url: server.url!.value, notes, changes: dropHeader(document, server, credential) };
	return replaceEntry(document, server, atRemote ? urlOf(server, remote.url) : remote.url, notes);
}

/** A host that is not the vendor's: GitHub Enterprise Server, Jira Data Center, a self-hosted Sentry. */
function ownHost(server: McpServer, { args, url }: Invocation, issuer: string | undefined): string | undefined {
	if (issuer === undefined) return undefined;
	const named = server.env.filter(({ name }) => /(?:HOST|URL|ENDPOINT|BASE)$/.test(name)).map(({ value }) => value);
	const values = url ? [] : [...named, ...args.filter((arg) => arg.includes('://')), ...hostArguments(args)];
	const hosts = values.map(
		(value) => hostIn(value) ?? (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value) ? value : undefined),
	);
	return hosts.find((host) => host !== undefined && issuerAtHost(host) !== issuer);
}

function hostArguments(args: readonly string[]): string[] {
	return args.flatMap((arg, i) =>
		/^--(?:gh-)?host$/.test(arg) ? [args[i + 1] ?? ''] : (/^--(?:gh-)?host=(.{1,300})$/.exec(arg)?.slice(1) ?? []),
	);
}

function urlOf(server: McpServer, fallback: string): string {
	const { launcher, args } = server;
	return (launcher?.url ?? server.url ?? args.find((arg) => /^https?:\/\//i.test(arg.value)))?.value ?? fallback;
}

/** The right address already: only the header with the token goes. */
function dropHeader(document: ConfigDocument, server: McpServer, { part }: Credential): TextChange[] {
	const headers = member(server.node, 'headers');
	const target = headers?.value?.kind === 'object' && headers.value.members.find(({ value }) => value === part.node);
	if (headers?.value?.kind !== 'object' || !target) return [];
	const isOnly = headers.value.members.length === 1;
	return isOnly ? removeParts(document, server.node, [headers]) : removeParts(document, headers.value, [target]);
}

const LOCAL = ['command', 'args', 'env', 'envFile', 'cwd', 'headers'];

function replaceEntry(
	document: ConfigDocument,
	server: McpServer,
	remote: string,
	notes: readonly string[],
): OauthPlan {
	const { text, dialect } = document;
	const carried = carry(server, remote);
	const start = member(server.node, 'command') ?? server.node.members.find(({ value }) => value === server.url?.node)!;
	const type = carried.url.endsWith('/sse') && dialect.types.http !== undefined ? 'sse' : dialect.types.http;
	const gone = server.node.members.filter(
		(one) => one !== start && (LOCAL.includes(one.key) || (type === undefined && one.value === server.type)),
	);
	const members = [
		...(server.type || type === undefined ? [] : [['type', type] as const]),
		[fieldsOf(dialect).url[0]!, carried.url] as const,
		...(carried.headers.length > 0 ? [['headers', Object.fromEntries(carried.headers)] as const] : []),
	];
	return {
		url: carried.url,
		notes: [...notes, ...carried.notes],
		changes: [
			{ span: start.span, newText: innerComments(document, start.span) + written(text, start, members) },
			...removeParts(document, server.node, gone),
			...(server.type && type !== undefined ? [replaceWith(server.type.span, type)] : []),
			...orphanedInputs(document, [start, ...gone]),
		],
	};
}

function written(text: string, at: Member, members: readonly (readonly [string, unknown])[]): string {
	const indent = indentAt(text, at.span.start);
	const separator = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
	return members.map(([key, value]) => `${JSON.stringify(key)}: ${spaced(value)}`).join(separator);
}

function spaced(value: unknown): string {
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const pairs = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${JSON.stringify(one)}`);
	return `{ ${pairs.join(', ')} }`;
}

interface Carried {
	readonly url: string;
	readonly headers: readonly (readonly [string, string])[];
	readonly notes: readonly string[];
}

/** The filters of the local server as the remote one takes them, and headers that hold no secret. */
function carry(server: McpServer, remote: string): Carried {
	const { known, invocation } = knownServer(server);
	const filters = known?.filters ?? {};
	const headers = new Map<string, string>(plainHeaders(server));
	const lost: string[] = [];
	let url = remote;
	for (const places of switches(filters)) {
		const setting = settingOf(invocation, places);
		if (!setting || setting.value === undefined) continue;
		if (places === filters.readOnly && !isOn(setting, places)) continue;
		const value = places === filters.readOnly ? 'true' : setting.value;
		if (places.headers?.[0] !== undefined) headers.set(places.headers[0], value);
		else if (places.query?.[0] !== undefined) url = withQuery(url, places.query[0], value);
		else lost.push(setting.by);
	}
	return {
		url,
		headers: [...headers],
		notes: lost.length > 0 ? [`The remote server has nothing like ${lost.join(', ')}, so that is lost.`] : [],
	};
}

function switches({ groups, tools, exclude, excludeGroups, readOnly, writes, features, bound }: Filters): Switch[] {
	return [groups, tools, exclude, excludeGroups, readOnly, writes, features, bound].filter((one) => one !== undefined);
}

function plainHeaders({ headers, launcher }: McpServer): [string, string][] {
	const named = launcher
		? launcher.headers.map(({ name, reference }) => [name, reference] as const)
		: headers.map(({ name, value }: NamedPart) => [name, value] as const);
	return named
		.filter(([name, value]) => /^x-mcp-/i.test(name) && !parseReference(value))
		.map(([name, value]) => [name, value]);
}
