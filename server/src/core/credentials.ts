import { type KnownServer, knownServer } from './catalog/index.ts';
import { commentedSecrets } from './comments.ts';
import type { ConfigDocument } from './document.ts';
import type { Credential } from './finding.ts';
import { hostIn, issuerAtHost } from './issuers/attribution.ts';
import { type ClassifyContext, classify } from './issuers/classify.ts';
import type { Classification } from './issuers/issuer.ts';
import { nameArguments, variablesInHeaders } from './naming.ts';
import { type Fingerprinter, SecretValue, shortFingerprint } from './secret-value.ts';
import type { McpServer, NamedPart, Part } from './servers.ts';

/** Every literal secret of the document, in document order. References, placeholders and public ids are none. */
export function findCredentials(document: ConfigDocument, fingerprinter: Fingerprinter): Credential[] {
	const found = [
		...document.servers.flatMap((server) => inServer(server, document.text)),
		...document.inputs.flatMap((input) => input.values.flatMap((part) => inPart(part, {}))),
		...document.variables.flatMap((part) => inPart(part, {})),
		...commentedSecrets(document),
	];
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

function inServer(server: McpServer, text: string): Found[] {
	const known = knownServer(server);
	const issuer = known?.issuer ?? issuerOfUrl(server);
	const inHeaders = variablesInHeaders(server);
	return [...partsOf(server, known)].flatMap(([part, name]) => {
		const header = part.position === 'env' && name !== undefined ? inHeaders.get(name) : undefined;
		const field = name === undefined ? undefined : known?.field(name);
		const found = inPart(part, {
			...(name === undefined ? {} : { name: header ?? name }),
			serverName: server.name,
			...(issuer === undefined ? {} : { issuer }),
			...(field === undefined ? {} : { field }),
			...(known?.path && part.position === 'url' ? { secretPath: true } : {}),
		}).map((one) => ({ ...one, server }));
		return isNamedPart(part) ? [...found, ...inKey(part, text)] : found;
	});
}

/** Every string of an entry, each once, with the name that stands with it: what a launcher wraps is a part of `args` too. */
function partsOf(server: McpServer, known: KnownServer | undefined): Iterable<readonly [Part, string | undefined]> {
	const own = (part: Part | undefined) => (part ? [[part, part.name] as const] : []);
	const parts = [
		...own(server.command),
		...nameArguments(server.args, known),
		...server.env.flatMap(own),
		...server.headers.flatMap(own),
		...own(server.url),
		...own(server.cwd),
		...server.others.flatMap(own),
	];
	if (!server.launcher) return parts;
	parts.push(...nameArguments(server.launcher.args, known));
	return new Map(parts.toReversed().map((one) => [one[0].node, one])).values();
}

function issuerOfUrl({ url, launcher }: McpServer): string | undefined {
	const host = hostIn((url ?? launcher?.url)?.value ?? '');
	return host === undefined ? undefined : issuerAtHost(host);
}

function inPart(part: Part, context: Omit<ClassifyContext, 'position'>): Found[] {
	const named = part.name === undefined || context.name !== undefined ? context : { ...context, name: part.name };
	return classify(part.value, { ...named, position: part.position })
		.filter(({ kind }) => !kind.public)
		.map((classification) => ({ part, classification }));
}

function isNamedPart(part: Part): part is NamedPart {
	return 'member' in part;
}

/** Names of variables are short or in capitals; a token that was pasted as the name is neither. */
const NAME = /^(?:[A-Z0-9_]{0,200}|.{0,19})$/s;

/** Without the server, so that no fix takes the name for a value. */
function inKey({ member, pointer }: NamedPart, text: string): Found[] {
	if (NAME.test(member.key)) return [];
	const { start, end } = member.keySpan;
	const from = text[start] === '"' || text[start] === "'" ? start + 1 : start;
	const node = {
		kind: 'string' as const,
		span: { start, end },
		value: member.key,
		spanOf: (at: number, to: number) => ({ start: from + at, end: from + to }),
	};
	return inPart({ position: 'other', value: member.key, node, pointer }, {});
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
