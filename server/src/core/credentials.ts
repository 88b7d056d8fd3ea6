import { type KnownServer, knownServer } from './catalog/index.ts';
import { commentedSecrets } from './comments.ts';
import type { ConfigDocument } from './document.ts';
import type { Credential } from './finding.ts';
import { hostIn, issuerAtHost } from './issuers/attribution.ts';
import { type ClassifyContext, classify } from './issuers/classify.ts';
import type { Classification } from './issuers/issuer.ts';
import { type NamedArgument, nameArguments, variablesInHeaders } from './naming.ts';
import { type Fingerprinter, SecretValue, shortFingerprint } from './secret-value.ts';
import type { McpServer, NamedPart, Part } from './servers.ts';

/** Every literal secret of the document, in document order. References, placeholders and public ids are none. */
export function findCredentials(document: ConfigDocument, fingerprinter: Fingerprinter): Credential[] {
	const found: Found[] = [];
	for (const server of document.servers) addFromServer(server, document.text, found);
	for (const input of document.inputs) {
		for (const part of input.values) addFromPart(part, alone(part), undefined, found);
	}
	for (const part of document.variables) addFromPart(part, alone(part), undefined, found);
	for (const one of commentedSecrets(document)) found.push(one);
	return found
		.map((one) => credential(one, fingerprinter))
		.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** What was found in one part, before it becomes a credential. */
export interface Found {
	readonly part: Part;
	readonly classification: Classification;
	readonly server?: McpServer;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Runs for every string on every keystroke: nothing is made that a part without a secret does not need. */
function addFromServer(server: McpServer, text: string, found: Found[]): void {
	const known = knownServer(server);
	const issuer = known?.issuer ?? issuerOfUrl(server);
	const inHeaders = variablesInHeaders(server);
	for (const [part, name] of partsOf(server, known)) {
		const header = part.position === 'env' && name !== undefined ? inHeaders.get(name) : undefined;
		const field = name === undefined ? undefined : known?.field(name);
		const context: Writable<ClassifyContext> = { position: part.position, serverName: server.name };
		const said = header ?? name ?? part.name;
		if (said !== undefined) context.name = said;
		if (issuer !== undefined) context.issuer = issuer;
		if (field !== undefined) context.field = field;
		if (known?.path && part.position === 'url') context.secretPath = true;
		addFromPart(part, context, server, found);
		if (isNamedPart(part)) addFromKey(part, text, found);
	}
}

/** Every string of an entry, each once, with the name that stands with it: what a launcher wraps is a part of `args` too. */
function partsOf(server: McpServer, known: KnownServer | undefined): Iterable<NamedArgument> {
	const parts = nameArguments(server.args, known);
	const own = (part: Part | undefined) => part && parts.push([part, part.name]);
	own(server.command);
	for (const part of server.env) own(part);
	for (const part of server.headers) own(part);
	own(server.url);
	own(server.cwd);
	for (const part of server.others) own(part);
	if (!server.launcher) return parts;
	for (const one of nameArguments(server.launcher.args, known)) parts.push(one);
	return new Map(parts.toReversed().map((one) => [one[0].node, one])).values();
}

function issuerOfUrl({ url, launcher }: McpServer): string | undefined {
	const host = hostIn((url ?? launcher?.url)?.value ?? '');
	return host === undefined ? undefined : issuerAtHost(host);
}

/** A part that stands in no server's entry. */
function alone({ position, name }: Part): ClassifyContext {
	return name === undefined ? { position } : { position, name };
}

function addFromPart(part: Part, context: ClassifyContext, server: McpServer | undefined, found: Found[]): void {
	for (const classification of classify(part.value, context)) {
		if (classification.kind.public) continue;
		found.push(server === undefined ? { part, classification } : { part, classification, server });
	}
}

function isNamedPart(part: Part): part is NamedPart {
	return 'member' in part;
}

/** Names of variables are short or in capitals; a token that was pasted as the name is neither. */
const LONG_NAME = 20;
const NAME = /^[A-Z0-9_]{0,200}$/;

/** Without the server, so that no fix takes the name for a value. */
function addFromKey({ member, pointer }: NamedPart, text: string, found: Found[]): void {
	if (member.key.length < LONG_NAME || NAME.test(member.key)) return;
	const { start, end } = member.keySpan;
	const from = text[start] === '"' || text[start] === "'" ? start + 1 : start;
	const node = {
		kind: 'string' as const,
		span: { start, end },
		value: member.key,
		spanOf: (at: number, to: number) => ({ start: from + at, end: from + to }),
	};
	const part: Part = { position: 'other', value: member.key, node, pointer };
	addFromPart(part, alone(part), undefined, found);
}

function credential({ part, classification, server }: Found, fingerprinter: Fingerprinter): Credential {
	const { from, to, issuerName, kind, confidence } = classification;
	const secret = SecretValue.of(part.value.slice(from, to));
	const fingerprint = fingerprinter.of(secret);
	return {
		...(server === undefined ? {} : { server }),
		part,
		span: part.node.spanOf(from, to),
		secret,
		fingerprint,
		classification,
		confidence,
		label: `${issuerName} ${kind.name} #${shortFingerprint(fingerprint)}`,
	};
}
