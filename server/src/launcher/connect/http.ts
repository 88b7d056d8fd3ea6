import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { request } from '../../adapters/http/request.ts';
import { ProxyError } from '../../adapters/http/tunnel.ts';
import type { Connection } from './connection.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * `fetch` for one origin. Secrets are put into headers and URL here and nowhere else, so no library holds them, and a redirect or a
 * crafted URL to another origin goes without them: it does not go at all. The connection takes nothing from the environment.
 */
export function fetchFor({ url: base, address, headers: secrets, ...route }: Connection): Fetch {
	return async (target, init = {}) => {
		const url = new URL(target);
		if (url.origin !== base.origin)
			throw new Error(`the server points to ${url.origin}, and the credential is for ${base.origin} only`);
		const headers = new Headers(init.headers);
		for (const { name, value } of secrets) headers.set(name, value.reveal());
		const parts = {
			// Another path of the server has no places to fill.
			url: url.href === base.href ? new URL(address.reveal()) : url,
			method: init.method ?? 'GET',
			headers: Object.fromEntries(headers),
			signal: init.signal ?? new AbortController().signal,
			...(typeof init.body === 'string' ? { body: init.body } : {}),
		};
		try {
			return responseOf(await request(parts, route));
		} catch (error) {
			throw error instanceof ProxyError ? error : new Error((error as NodeJS.ErrnoException).code ?? 'UNREACHABLE');
		}
	};
}

const WITHOUT_BODY = new Set([204, 205, 304]);

function responseOf(message: IncomingMessage): Response {
	const status = message.statusCode ?? 500;
	const headers = new Headers();
	for (let i = 0; i < message.rawHeaders.length; i += 2)
		headers.append(message.rawHeaders[i]!, message.rawHeaders[i + 1]!);
	// A broken connection is told by the reader of the body; without a listener it would end the process.
	message.on('error', () => undefined);
	if (WITHOUT_BODY.has(status)) message.resume();
	const body = WITHOUT_BODY.has(status) ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
	return new Response(body, { status, statusText: message.statusMessage ?? '', headers });
}
