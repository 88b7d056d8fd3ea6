import type { ConfigDocument } from '../document.ts';
import { looksLikeReference } from '../references.ts';
import type { McpServer, Part } from '../servers.ts';
import { usesIn, type VariableUse } from './uses.ts';

/** What in a document may refer to something: looked for once, because most parts hold no sign of it and many rules ask. */
export interface References {
	/** The parts with such a sign, of those in which hosts resolve references, in order of servers and parts. */
	readonly parts: readonly Referring[];
	/** The servers whose environment or arguments hold a reference of ours or a secret manager's. */
	readonly servers: ReadonlySet<McpServer>;
}

export interface Referring {
	readonly part: Part;
	readonly server: McpServer;
	/** Every `${...}` of the part. */
	readonly uses: readonly VariableUse[];
}

/** Every form of every host and secret manager has one of these; the colon of a plain web address is none. */
const SIGN = /[$%{]|(?<!^https?):/;

export function referencesIn(document: ConfigDocument): References {
	const parts: Referring[] = [];
	const referring = new Set<McpServer>();
	const look = (part: Part | undefined, server: McpServer) => {
		if (!part || !SIGN.test(part.value)) return;
		parts.push({ part, server, uses: usesIn(server, part, document) });
		const { position, value } = part;
		if ((position === 'env' || position === 'arg') && looksLikeReference(value.slice(0, 64))) referring.add(server);
	};
	// An entry's other fields have no rules that we know.
	for (const server of document.servers) {
		look(server.command, server);
		for (const part of server.args) look(part, server);
		for (const part of server.env) look(part, server);
		for (const part of server.headers) look(part, server);
		look(server.url, server);
		look(server.envFile, server);
		look(server.cwd, server);
	}
	return { parts, servers: referring };
}

/** Does the launcher or a broker fill a secret in when this server starts? */
export function getsReference(server: McpServer, { servers }: References): boolean {
	const { launcher } = server;
	return launcher?.mode === 'connect' ? launcher.headers.length + launcher.inUrl.length > 0 : servers.has(server);
}

/** Every `${...}` of a document, in order of servers and parts. */
export function variableUses({ parts }: References): readonly VariableUse[] {
	return parts.flatMap(({ uses }) => uses);
}
