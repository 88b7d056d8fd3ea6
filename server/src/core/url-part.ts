import type { Credential } from './finding.ts';

/** Which piece of a URL a stretch of it lies in, with the bounds of that whole piece. */
export type UrlPart = { readonly from: number; readonly to: number } & (
	| { readonly in: 'query'; readonly name: string }
	/** `from` and `to`: without the `@`. */
	| { readonly in: 'user' }
	| { readonly in: 'path' | 'host' | 'fragment' }
);

/** Undefined if this is no URL of a web server, or the stretch is no piece of a single part. */
export function urlPartAt(url: string, from: number, to: number): UrlPart | undefined {
	const start = /^https?:\/\//i.exec(url)?.[0].length;
	if (start === undefined || from < start) return undefined;
	const pathStart = indexOrEnd(url, /[/?#]/g, start);
	const queryStart = indexOrEnd(url, /[?#]/g, pathStart);
	const hash = indexOrEnd(url, /#/g, queryStart);
	if (from >= hash) return { in: 'fragment', from: hash, to: url.length };
	if (from >= queryStart) return parameter(url, from, to, hash);
	if (from >= pathStart) return piece('path', url.lastIndexOf('/', from) + 1, indexOrEnd(url, /[/?#]/g, from), to);
	const at = url.lastIndexOf('@', pathStart - 1);
	return at >= to ? piece('user', start, at, to) : piece('host', Math.max(at + 1, start), pathStart, to);
}

function piece(where: 'path' | 'user' | 'host', from: number, end: number, to: number): UrlPart | undefined {
	return to <= end ? { in: where, from, to: end } : undefined;
}

function parameter(url: string, from: number, to: number, hash: number): UrlPart | undefined {
	const start = Math.max(url.lastIndexOf('?', from), url.lastIndexOf('&', from)) + 1;
	const end = Math.min(indexOrEnd(url, /&/g, start), hash);
	const equals = url.indexOf('=', start);
	if (equals < 0 || equals >= from || to > end) return undefined;
	return { in: 'query', name: url.slice(start, equals), from: equals + 1, to: end };
}

function indexOrEnd(text: string, pattern: RegExp, from: number): number {
	pattern.lastIndex = from;
	return pattern.exec(text)?.index ?? text.length;
}

/** For people: "query parameter api_key of the URL". Undefined for a secret that is in no server's URL. */
export function urlPlaceText({
	part: { value, node, position },
	server,
	classification,
}: Credential): string | undefined {
	if (position !== 'url' && node !== server?.launcher?.url?.node) return undefined;
	const part = urlPartAt(value, classification.from, classification.to);
	if (!part) return undefined;
	if (part.in === 'query') return `query parameter ${part.name} of the URL`;
	return part.in === 'user' ? 'user part of the URL' : `${part.in} of the URL`;
}
