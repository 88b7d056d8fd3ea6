import type { ConfigDocument } from './document.ts';
import type { Credential } from './finding.ts';
import { classify } from './issuers/classify.ts';
import type { Classification } from './issuers/issuer.ts';
import { type Fingerprinter, SecretValue, shortFingerprint } from './secret-value.ts';
import type { McpServer, Part } from './servers.ts';

/** Every literal secret of the document, in document order. References, placeholders and public ids are none. */
export function findCredentials(document: ConfigDocument, fingerprinter: Fingerprinter): Credential[] {
	const inServers = document.servers.flatMap((server) =>
		partsOf(server).flatMap((part) => inPart(part, fingerprinter, server)),
	);
	const inInputs = document.inputs.flatMap((input) => input.values.flatMap((part) => inPart(part, fingerprinter)));
	return [...inServers, ...inInputs].sort((a, b) => a.span.start - b.span.start);
}

/** Every string of an entry, each once: what a launcher wraps is a part of `args` too. */
function partsOf(server: McpServer): readonly Part[] {
	const parts = [
		...some(server.command),
		...withFlags(server.args),
		...server.env,
		...server.headers,
		...some(server.url),
		...some(server.cwd),
		...server.others,
		...withFlags(server.launcher?.args ?? []),
	];
	return [...new Map(parts.toReversed().map((part) => [part.node, part])).values()];
}

function some(part: Part | undefined): readonly Part[] {
	return part ? [part] : [];
}

/** An argument after `--token` is named by the flag; one that reads `-e` or `--header` names nothing. */
function withFlags(args: readonly Part[]): readonly Part[] {
	return args.map((part, i) => {
		const flag = args[i - 1]?.value;
		if (part.name !== undefined || flag === undefined || !/^--?[A-Za-z][\w.-]{0,60}$/.test(flag)) return part;
		return /^-(?:e|H|-env|-header)$/.test(flag) ? part : { ...part, name: flag };
	});
}

function inPart(part: Part, fingerprinter: Fingerprinter, server?: McpServer): Credential[] {
	const context = {
		position: part.position,
		...(part.name === undefined ? {} : { name: part.name }),
		...(server === undefined ? {} : { serverName: server.name }),
	};
	return classify(part.value, context)
		.filter((classification) => !classification.kind.public)
		.map((classification) => credential(part, classification, fingerprinter, server));
}

function credential(
	part: Part,
	classification: Classification,
	fingerprinter: Fingerprinter,
	server: McpServer | undefined,
): Credential {
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
