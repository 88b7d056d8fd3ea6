import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { rootCertificates, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { ProxyError, tunnel } from './tunnel.ts';

/** How this person's machine reaches others. Taken from their own `config.json`, never from the environment. */
export interface Route {
	/** `http://host:port`. */
	readonly proxy?: URL;
	/** PEM text with the person's further certificate authorities. */
	readonly ca?: string;
}

export interface RequestParts {
	readonly url: URL;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal: AbortSignal;
}

/**
 * One request on a connection of its own, up to the head of its answer. No redirect is followed and nothing is retried. Written on
 * `node:https` and not on the built-in fetch, which takes proxies and the switch that turns certificate checks off from the
 * environment. Rejects with the network's error, or a {@link ProxyError}.
 */
export async function request(parts: RequestParts, route: Route): Promise<IncomingMessage> {
	const { url, method, headers, body, signal } = parts;
	const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
	const options = { method, headers: { ...headers, ...length }, signal };
	if (url.protocol === 'http:') return answer(httpRequest(url, { ...options, agent: false }), body);
	if (!route.proxy) return answer(httpsRequest(url, { ...options, ...trustOf(route), agent: false }), body);
	const way = await throughProxy(route.proxy, url, route, signal);
	try {
		// With an agent, even the one that `false` stands for, Node would not use the connection but make one past the proxy.
		const message = await answer(httpsRequest(url, { ...options, createConnection: () => way }), body);
		// The request does not own a connection that was made for it.
		message.on('close', () => way.destroy());
		return message;
	} catch (error) {
		way.destroy();
		throw error;
	}
}

/** Written out, so that nothing in the environment adds an authority or turns the check off. */
export function trustOf({ ca }: Route) {
	return { ca: [...rootCertificates, ...(ca ? [ca] : [])], rejectUnauthorized: true };
}

/** A connection to the host itself, checked before anything is sent through it. */
async function throughProxy(proxy: URL, url: URL, route: Route, signal: AbortSignal): Promise<TLSSocket> {
	const socket = await tunnel(proxy, url, signal);
	return new Promise((resolve, reject) => {
		const way = tlsConnect({ socket, ...nameOf(url), ...trustOf(route) }, () => resolve(way));
		const stop = () => void way.destroy();
		// Stays for the connection's whole life: an error without a listener would end the process.
		way.on('error', reject);
		way.on('close', () => {
			signal.removeEventListener('abort', stop);
			reject(new ProxyError(`the proxy ${proxy.host} closed the connection`));
		});
		signal.addEventListener('abort', stop);
		if (signal.aborted) stop();
	});
}

/** Whose certificate is expected. An address is checked too, but is no name that can be announced. */
function nameOf(url: URL) {
	const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
	return { host, servername: isIP(host) === 0 ? host : '' };
}

function answer(sent: ReturnType<typeof httpRequest>, body: string | undefined): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		sent.on('error', reject);
		sent.on('response', resolve);
		sent.end(body);
	});
}
