import type { IncomingMessage } from 'node:http';
import type { ProbeResponse } from '../../core/probes/probe.ts';
import { type Route, request } from '../http/request.ts';
import { ProxyError } from '../http/tunnel.ts';

/** What the person configured, and how long and how much to wait for. */
export interface Network extends Route {
	/** Milliseconds for one request, from the first packet to the last. */
	readonly deadline: number;
	/** Of one answer's body. */
	readonly maxBytes: number;
}

export const NETWORK: Network = { deadline: 10_000, maxBytes: 1024 * 1024 };

export interface Outgoing {
	readonly url: URL;
	readonly method: string;
	/** With the secret: never logged, never part of an error. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly expects: 'json' | 'xml' | 'nothing';
}

/**
 * Why there is no answer. `unreachable`, `untrusted`, `unencrypted`: nothing was sent. All others: the request may have arrived.
 */
export type SendFailure =
	| 'unreachable'
	| 'untrusted'
	| 'unencrypted'
	| 'slow'
	| 'broken'
	| 'redirected'
	| 'huge'
	| 'wrong-type';

export type Reply =
	| { readonly response: ProbeResponse }
	/** `status`: where an answer had begun. */
	| { readonly failure: SendFailure; readonly status?: number };

/** One request, no redirect followed, nothing retried. Never rejects. */
export async function send(outgoing: Outgoing, network: Network): Promise<Reply> {
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), network.deadline);
	try {
		const message = await request({ ...outgoing, signal: stop.signal }, network);
		return await read(message, outgoing, network.maxBytes);
	} catch (error) {
		return { failure: stop.signal.aborted ? 'slow' : failureOf(error) };
	} finally {
		clearTimeout(timer);
		stop.abort();
	}
}

async function read(message: IncomingMessage, { method, expects }: Outgoing, maxBytes: number): Promise<Reply> {
	const status = message.statusCode ?? 0;
	if (status >= 300 && status < 400) return done(message, { failure: 'redirected', status });
	const headers = headersOf(message);
	const isGood = status >= 200 && status < 300;
	const hasBody = method !== 'HEAD' && status !== 204 && !(isGood && expects === 'nothing');
	if (!hasBody) return done(message, { response: { status, headers, text: '' } });
	if (!isExpected(headers, expects)) {
		return done(message, isGood ? { failure: 'wrong-type', status } : { response: { status, headers, text: '' } });
	}
	const text = await textOf(message, maxBytes);
	if (text === undefined) return done(message, { failure: 'huge', status });
	return { response: { status, headers, text } };
}

/** The rest of the answer is not wanted. */
function done(message: IncomingMessage, reply: Reply): Reply {
	message.on('error', () => undefined);
	message.destroy();
	return reply;
}

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]{1,60}\+)?json\b/i;
const TYPES = { json: JSON_TYPE, xml: /^(?:text|application)\/xml\b/i, nothing: JSON_TYPE };

/** A compressed body was not asked for, and is not unpacked: it could grow without bound. */
function isExpected(headers: ProbeResponse['headers'], expects: Outgoing['expects']): boolean {
	const coding = headers['content-encoding'] ?? 'identity';
	return coding === 'identity' && TYPES[expects].test(headers['content-type'] ?? '');
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
	);
}

/** Undefined if there is more than may be read. */
async function textOf(message: IncomingMessage, maxBytes: number): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > maxBytes) return undefined;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

const NOTHING_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
]);

export function failureOf(error: unknown): SendFailure {
	if (error instanceof ProxyError) return 'unreachable';
	const code = (error as NodeJS.ErrnoException).code ?? '';
	if (NOTHING_SENT.has(code)) return 'unreachable';
	if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|^ERR_TLS|^ERR_SSL/.test(code)) return 'untrusted';
	if (code === 'HPE_HEADER_OVERFLOW') return 'huge';
	return 'broken';
}
