import { commandLine } from '../command-line.ts';
import type { Credential } from '../finding.ts';
import type { McpServer, Part } from '../servers.ts';
import type { Span } from '../text.ts';
import type { RuleContext } from './rule.ts';

/** The URL that an entry connects to, itself or through a bridge. */
export interface Destination {
	readonly part: Part;
	/** The scheme and the host: `https://mcp.example.com`. */
	readonly span: Span;
	readonly scheme: 'http' | 'https';
	/** Lower case, without user and port. */
	readonly host: string;
	/** From the first `/` on, without query. */
	readonly path: string;
}

const URL_START =
	/^(https?):\/\/(?:[^\s/?#@]{0,512}@)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?([^?#\s]{0,1024})/i;
/** Programs that speak stdio to the host and HTTP to the server. */
const BRIDGE =
	/(?:^|\/)(?:mcp-remote|mcp-remote-client|mcp-proxy|supergateway|mcp-superassistant-proxy|fastmcp-proxy)(?:@.{0,64})?$/;
const MOST_WORDS = 12;

/** Hosts of manuals, which are nobody's. */
const EXAMPLE = /(?:^|\.)example\.(?:com|org|net)$/;

/** Undefined where a variable or an example stands for the host, and where a command decides for itself whom it asks. */
export function destinationOf(server: McpServer): Destination | undefined {
	const part = server.url ?? server.launcher?.url ?? bridgedUrl(server);
	const match = part && URL_START.exec(part.value);
	if (!part || !match) return undefined;
	const [, scheme, host, path] = match as unknown as [string, string, string, string];
	if (EXAMPLE.test(host.toLowerCase())) return undefined;
	return {
		part,
		span: part.node.spanOf(0, match[0].length - path.length),
		scheme: scheme.toLowerCase() as Destination['scheme'],
		host: host.toLowerCase(),
		path,
	};
}

function bridgedUrl(server: McpServer): Part | undefined {
	const { command, args } = commandLine(server);
	// Few entries have a URL among their arguments; the others are not searched for a bridge.
	if (!args.some(isUrl)) return undefined;
	const words = [...(command ? [command] : []), ...args.slice(0, MOST_WORDS)];
	const bridge = words.findIndex((word) => BRIDGE.test(word.value));
	return bridge < 0 ? undefined : words.slice(bridge + 1).find(isUrl);
}

const URL_ARGUMENT = /^https?:\/\//i;

function isUrl({ value }: Part): boolean {
	return URL_ARGUMENT.test(value);
}

/** The entries that hold secrets, each with its own, in document order. */
export function* serversWithSecrets({
	document,
	held,
}: RuleContext): Iterable<readonly [McpServer, readonly Credential[]]> {
	for (const server of document.servers) {
		const own = held.get(server.pointer);
		if (own) yield [server, own];
	}
}

/** Is this secret sent to the entry's URL? What stands in `env` stays on this machine. */
export function isSent({ part }: Credential): boolean {
	return part.position === 'header' || part.position === 'url' || part.position === 'arg';
}

/** Where a request does not leave the machine. */
export function isLoopback(host: string): boolean {
	return /^(?:localhost|.{1,240}\.localhost|127(?:\.[0-9]{1,3}){3}|0\.0\.0\.0|\[::1?\]|(?:host|gateway)\.(?:docker|containers)\.internal|kubernetes\.docker\.internal)$/.test(
		host,
	);
}

/** Addresses and names that mean something inside one network only. */
export function isPrivate(host: string): boolean {
	return (
		/^(?:10(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}|169\.254(?:\.[0-9]{1,3}){2}|\[f[cd].{0,44}|\[fe80.{0,44})$/.test(
			host,
		) ||
		!/[.:]/.test(host) ||
		/\.(?:local|lan|internal|intranet|corp|home|home\.arpa|private|test|example|invalid)$/.test(host)
	);
}

/** The addresses and names of an encrypted overlay network (Tailscale). */
export function isOverlay(host: string): boolean {
	return /^100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])(?:\.[0-9]{1,3}){2}$/.test(host) || host.endsWith('.ts.net');
}
