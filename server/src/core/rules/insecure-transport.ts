import type { Credential, Level } from '../finding.ts';
import type { McpServer } from '../servers.ts';
import { type Destination, destinationOf, isLoopback, isOverlay, isPrivate, isSent } from './destination.ts';
import type { RawFinding, Rule } from './rule.ts';
import { carriesSecret } from './uses.ts';
import { serverWords } from './words.ts';

/** A secret, written out or by reference, that travels over plain HTTP. */
export const insecureTransport: Rule = {
	id: 'insecure-transport',
	title: 'A credential is sent over plain HTTP',
	defaultLevel: 'error',
	cwe: ['CWE-319', 'CWE-523'],
	*check(context) {
		for (const server of context.document.servers) {
			const sent = context.held.get(server.pointer)?.filter(isSent) ?? NONE;
			if (sent.length === 0 && !sendsReference(server)) continue;
			const to = destinationOf(server);
			if (to?.scheme !== 'http' || isLoopback(to.host) || isOverlay(to.host)) continue;
			yield finding(to, server, levelOf(to, server, sent));
		}
	},
};

const NONE: readonly Credential[] = [];

/** In a network of one's own fewer people listen. */
function levelOf(to: Destination, server: McpServer, sent: readonly Credential[]): Level {
	const certain = sent.some(({ confidence }) => confidence !== 'weak') || sendsReference(server);
	return certain && !isPrivate(to.host) ? 'error' : 'note';
}

/** A reference in the place of a secret is a secret when it is sent. */
function sendsReference(server: McpServer): boolean {
	const { headers = [], inUrl = [] } = server.launcher ?? {};
	if (headers.length + inUrl.length > 0) return true;
	return server.headers.some((header) => isReference(header.value) && carriesSecret(header));
}

function isReference(value: string): boolean {
	return /\$\{[^{}]{1,256}\}|\{env:[^{}]{1,256}\}|^(?:cred|op):\/\//.test(value.slice(0, 2048));
}

function finding(to: Destination, server: McpServer, level: Level): RawFinding {
	const where = isPrivate(to.host) ? 'everyone in this network' : 'everyone on the way';
	return {
		span: to.span,
		pointer: to.part.pointer,
		server: server.name,
		level,
		message: `The credential of ${serverWords(server)} is sent over plain HTTP: ${where} can read and reuse it, and change what the server answers. Use the https:// address of the server, or a tunnel that ends on this machine.`,
	};
}
