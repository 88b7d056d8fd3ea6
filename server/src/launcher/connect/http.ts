import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { rootCertificates, connect as tlsConnect } from 'node:tls';
import type { Connection } from './check.ts';

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * `fetch` for one origin. Written on `node:https`, because the built-in one takes proxies, certificate authorities and the
 * switch that turns certificate checks off from the environment. The secret headers are added here and nowhere else, so no
 * library holds them, and a redirect or a crafted URL to another origin goes without them: it does not go at all.
 */
export function fetchFor({ url: base, headers: secrets, proxy, ca }: Connection): Fetch {
	const authorities = [...rootCertificates, ...(ca ? [ca] : [])];
	return async (target, init = {}) => {
		const url = new URL(target);
		if (url.origin !== base.origin)
			throw new Error(`the server points to ${url.origin}, and the credential is for ${base.origin} only`);
		const headers = new Headers(init.headers);
		for (const { name, value } of secrets) headers.set(name, value.reveal());
		const options = {
			method: init.method ?? 'GET',
			headers: Object.fromEntries(headers),
			// No pooling: the requests of a session are few, and a tunnel belongs to one of them.
			agent: false as const,
			ca: authorities,
			rejectUnauthorized: true,
			...(init.signal ? { signal: init.signal } : {}),
		};
		if (url.protocol === 'http:') return send(httpRequest(url, options), init.body);
		if (!proxy) return send(httpsRequest(url, options), init.body);
		const socket = await tunnel(proxy, url);
		const secured = tlsConnect({ socket, servername: url.hostname, ca: authorities, rejectUnauthorized: true });
		return send(httpsRequest(url, { ...options, createConnection: () => secured }), init.body);
	};
}

function send(request: ReturnType<typeof httpRequest>, body: RequestInit['body'] | undefined): Promise<Response> {
	return new Promise((resolve, reject) => {
		request.on('error', (error: NodeJS.ErrnoException) => reject(new Error(error.code ?? error.message)));
		request.on('response', (message) => resolve(responseOf(message)));
		request.end(typeof body === 'string' ? body : undefined);
	});
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

/** A way through the person's proxy, which sees the host name and nothing else. */
function tunnel(proxy: URL, url: URL): Promise<Socket> {
	const authority = `${url.hostname}:${url.port || 443}`;
	return new Promise((resolve, reject) => {
		const request = httpRequest({
			host: proxy.hostname,
			port: proxy.port || 80,
			method: 'CONNECT',
			path: authority,
			agent: false,
			headers: { host: authority },
		});
		request.on('connect', (response, socket) => {
			if (response.statusCode === 200) resolve(socket);
			else reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode}`));
		});
		request.on('error', (error: NodeJS.ErrnoException) =>
			reject(new Error(`the proxy ${proxy.host} cannot be reached (${error.code ?? 'error'})`)),
		);
		request.end();
	});
}
