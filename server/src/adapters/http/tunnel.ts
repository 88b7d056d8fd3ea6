import { request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';

/** The proxy gave no way, so nothing was sent through it. One line for people, without its full stop. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';
}

/** A way through the person's proxy, which sees the host name and nothing else. @throws ProxyError */
export function tunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
	const authority = `${url.hostname}:${url.port || 443}`;
	return new Promise((resolve, reject) => {
		const request = httpRequest({
			host: proxy.hostname,
			port: proxy.port || 80,
			method: 'CONNECT',
			path: authority,
			agent: false,
			headers: { host: authority },
			signal,
		});
		request.on('connect', ({ statusCode }, socket) => {
			if (statusCode === 200) return resolve(socket);
			socket.destroy();
			reject(new ProxyError(`the proxy ${proxy.host} answered ${statusCode}`));
		});
		request.on('error', (error: NodeJS.ErrnoException) =>
			reject(new ProxyError(`the proxy ${proxy.host} cannot be reached (${error.code ?? 'error'})`)),
		);
		request.end();
	});
}
