import { createInterface } from 'node:readline';
// biome-ignore lint/style/noRestrictedImports: the ban is on our own client folder, this one is the library's
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { complain } from '../refuse.ts';
import type { Connection } from './connection.ts';
import { fetchFor } from './http.ts';

/** Hosts wait two seconds after they closed stdin; within that, answers under way may arrive and the session is ended. */
const LAST_ANSWERS_MS = 900;
const GOODBYE_MS = 800;

type Id = string | number;

/**
 * stdin and stdout on one side, streamable HTTP on the other. Messages pass in the order in which they come, each as it is;
 * what the server refuses becomes an error to the request that it was.
 */
export async function bridge(connection: Connection): Promise<void> {
	const transport = new StreamableHTTPClientTransport(connection.url, {
		fetch: telling(connection),
		// The stream from the server is opened again for as long as the host keeps us.
		reconnectionOptions: {
			initialReconnectionDelay: 500,
			maxReconnectionDelay: 30_000,
			reconnectionDelayGrowFactor: 1.5,
			maxRetries: 1_000,
		},
	});
	const waiting = new Map<Id, string>();
	transport.onmessage = (message) => {
		learn(transport, message, waiting);
		write(message);
	};
	transport.onerror = () => undefined;
	await transport.start();
	const ended = new Promise<NodeJS.Signals | undefined>((resolve) => {
		for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
		process.stdout.on('error', () => resolve(undefined));
		const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
		lines.on('line', (line) => forward(line, transport, waiting, connection));
		lines.on('close', () => resolve(undefined));
	});
	await end(await ended, transport, waiting);
}

/** Tells a person once why the server does not answer, without the server's words: they can repeat the credential. */
function telling(connection: Connection) {
	const fetch = fetchFor(connection);
	let told = false;
	return async (url: string | URL, init?: RequestInit): Promise<Response> => {
		const response = await fetch(url, init);
		if ((response.status === 401 || response.status === 403) && !told) {
			told = true;
			complain(refusedBy(connection, response.status));
		}
		return response;
	};
}

function refusedBy({ url, references }: Connection, status: number): string {
	const what = references.length > 0 ? `does not accept ${references.join(', ')}` : 'wants a credential';
	return `${url.origin} answered ${status}: it ${what}. Store a token that is valid, or sign in to the server in another way.`;
}

function forward(
	line: string,
	transport: StreamableHTTPClientTransport,
	waiting: Map<Id, string>,
	connection: Connection,
): void {
	if (line.trim() === '') return;
	const message = parse(line);
	if (!message) {
		write({
			jsonrpc: '2.0',
			id: null,
			error: { code: -32_700, message: 'mcp-hygiene: this line is no JSON-RPC message.' },
		});
		return;
	}
	const id = 'method' in message && 'id' in message ? message.id : undefined;
	if (id !== undefined && 'method' in message) waiting.set(id, message.method);
	transport.send(message).catch((error: { code?: number; message?: string }) => {
		const text = failureText(error, connection);
		if (id === undefined) return complain(text);
		waiting.delete(id);
		write({ jsonrpc: '2.0', id, error: { code: -32_000, message: `mcp-hygiene: ${text}` } });
	});
}

/** What the server wrote is left out; our own words, and the codes of the network, are not. */
function failureText({ code, message = '' }: { code?: number; message?: string }, connection: Connection): string {
	if (code === 401 || code === 403) return refusedBy(connection, code);
	if (code !== undefined && code >= 300 && code < 400)
		return `${connection.url.origin} redirects elsewhere. Write the final URL into the config and approve it.`;
	if (code !== undefined && code > 0) return `${connection.url.origin} answered ${code}.`;
	if (/^(?:the server points|the proxy)/.test(message)) return `${message}.`;
	if (/^[A-Z][A-Z0-9_]{2,60}$/.test(message)) return `${connection.url.origin} cannot be reached (${message}).`;
	return `${connection.url.origin} answered in a form that is not understood.`;
}

/** Later requests must name the protocol version that `initialize` settled. */
function learn(transport: StreamableHTTPClientTransport, message: JSONRPCMessage, waiting: Map<Id, string>): void {
	if (!('id' in message) || 'method' in message || message.id === undefined) return;
	const method = waiting.get(message.id);
	waiting.delete(message.id);
	if (method !== 'initialize' || !('result' in message)) return;
	const version = message.result.protocolVersion;
	if (typeof version === 'string') transport.setProtocolVersion(version);
}

async function end(
	signal: NodeJS.Signals | undefined,
	transport: StreamableHTTPClientTransport,
	waiting: Map<Id, string>,
): Promise<never> {
	if (!signal) await until(() => waiting.size === 0, LAST_ANSWERS_MS);
	await Promise.race([transport.terminateSession().catch(() => undefined), sleep(GOODBYE_MS)]);
	await transport.close();
	if (signal) process.kill(process.pid, signal);
	await flushed();
	process.exit(0);
}

async function until(isTrue: () => boolean, milliseconds: number): Promise<void> {
	for (const end = Date.now() + milliseconds; !isTrue() && Date.now() < end; ) await sleep(10);
}

function sleep(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function flushed(): Promise<void> {
	return new Promise((resolve) => process.stdout.write('', () => resolve()));
}

function write(message: object): void {
	process.stdout.write(`${JSON.stringify(message)}\n`);
}

function parse(line: string): JSONRPCMessage | undefined {
	try {
		const message: unknown = JSON.parse(line);
		return typeof message === 'object' && message !== null ? (message as JSONRPCMessage) : undefined;
	} catch {
		return undefined;
	}
}
