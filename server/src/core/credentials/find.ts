import { holdsSecretPath, type KnownServer, knownServer } from '../catalog/index.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential, Found } from '../finding.ts';
import { hostIn, issuerAtHost } from '../issuers/attribution.ts';
import { type ClassifyContext, classify } from '../issuers/classify.ts';
import { mayHoldSecret } from '../issuers/glance.ts';
import { secretName } from '../issuers/names.ts';
import { remembered } from '../lazy.ts';
import { type Fingerprinter, SecretValue, shortFingerprint } from '../secret-value.ts';
import type { McpServer, NamedPart, Part } from '../servers.ts';
import { commentedSecrets } from './comments.ts';
import { nameArguments, variablesInHeaders } from './naming.ts';

/** Every literal secret of the document, in document order. References, placeholders and public ids are none. */
export function findCredentials(document: ConfigDocument, fingerprinter: Fingerprinter): Credential[] {
	const search = new Search(document.text);
	for (const server of document.servers) search.server(server);
	for (const input of document.inputs) {
		for (const part of input.values) search.part(part);
	}
	for (const part of document.variables) search.part(part);
	for (const part of document.ownTexts) search.text(part);
	return [...search.found, ...commentedSecrets(document)]
		.map((one) => credential(one, fingerprinter))
		.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Looks at every string on every keystroke: nothing is made for a part that a glance clears. */
class Search {
	readonly found: Found[] = [];
	readonly #text: string;
	readonly #meaning = remembered(secretName);

	constructor(text: string) {
		this.#text = text;
	}

	server(server: McpServer): void {
		const known = knownServer(server);
		const inHeaders = variablesInHeaders(server);
		visitParts(server, known, (part, own) => {
			const header = part.position === 'env' && own !== undefined ? inHeaders.get(own) : undefined;
			const field = own === undefined ? undefined : known?.field(own);
			this.#partOfServer(part, header ?? own ?? part.name, field, server, known);
			if (isNamedPart(part)) this.#key(part);
		});
	}

	/** One that stands in no server's entry. */
	part(part: Part): void {
		const { value, position, name } = part;
		if (!mayHoldSecret(value, position, name, undefined, this.#meaning, undefined)) return;
		this.#classify(part, name === undefined ? { position } : { position, name }, undefined);
	}

	/** What the field is called says nothing of its text, in which weak signs are chance. */
	text(part: Part): void {
		if (!mayHoldSecret(part.value, 'other', undefined, undefined, this.#meaning, undefined)) return;
		for (const classification of classify(part.value, { position: 'other' })) {
			const { kind, confidence } = classification;
			if (!kind.public && confidence !== 'weak') this.found.push({ part, classification });
		}
	}

	#partOfServer(
		part: Part,
		name: string | undefined,
		field: ClassifyContext['field'],
		server: McpServer,
		known: KnownServer | undefined,
	): void {
		const { position } = part;
		const secretPath = known?.path === true && (position === 'url' || holdsSecretPath(part.value));
		if (!mayHoldSecret(part.value, position, name, field, this.#meaning, secretPath)) return;
		const issuer = known?.issuer ?? issuerOfUrl(server);
		const context: Writable<ClassifyContext> = { position, serverName: server.name };
		if (name !== undefined) context.name = name;
		if (issuer !== undefined) context.issuer = issuer;
		if (field !== undefined) context.field = field;
		if (secretPath) context.secretPath = true;
		this.#classify(part, context, server);
	}

	/** Without the server, so that no fix takes the name for a value. */
	#key(part: NamedPart): void {
		const { member } = part;
		if (member.key.length < LONG_NAME || NAME.test(member.key)) return;
		const { start, end } = member.keySpan;
		const from = this.#text[start] === '"' || this.#text[start] === "'" ? start + 1 : start;
		const node = {
			kind: 'string' as const,
			span: { start, end },
			value: member.key,
			spanOf: (at: number, to: number) => ({ start: from + at, end: from + to }),
		};
		this.part({ position: 'other', value: member.key, node, pointer: part.pointer });
	}

	#classify(part: Part, context: ClassifyContext, server: McpServer | undefined): void {
		for (const classification of classify(part.value, context)) {
			if (classification.kind.public) continue;
			this.found.push(server === undefined ? { part, classification } : { part, classification, server });
		}
	}
}

/** Names of variables are short or in capitals; a token that was pasted as the name is neither. */
const LONG_NAME = 20;
const NAME = /^[A-Z0-9_]{0,200}$/;

function isNamedPart(part: Part): part is NamedPart {
	return 'member' in part;
}

type Visit = (part: Part, name: string | undefined) => void;

/** Every string of an entry, each once, with the name that stands with it: what a launcher wraps is a part of `args` too. */
function visitParts(server: McpServer, known: KnownServer | undefined, visit: Visit): void {
	if (!server.launcher) {
		visitOwnParts(server, known, visit);
		return;
	}
	const parts: (readonly [Part, string | undefined])[] = [];
	const add: Visit = (part, name) => void parts.push([part, name]);
	visitOwnParts(server, known, add);
	nameArguments(server.launcher, known, add);
	for (const [part, name] of new Map(parts.toReversed().map((one) => [one[0].node, one])).values()) visit(part, name);
}

function visitOwnParts(server: McpServer, known: KnownServer | undefined, visit: Visit): void {
	nameArguments(server, known, visit);
	if (server.command) visit(server.command, server.command.name);
	for (const part of server.env) visit(part, part.name);
	for (const part of server.headers) visit(part, part.name);
	if (server.url) visit(server.url, server.url.name);
	if (server.cwd) visit(server.cwd, server.cwd.name);
	for (const part of server.others) visit(part, part.name);
}

function issuerOfUrl({ url, launcher }: McpServer): string | undefined {
	const host = hostIn((url ?? launcher?.url)?.value ?? '');
	return host === undefined ? undefined : issuerAtHost(host);
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
