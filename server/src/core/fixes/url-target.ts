import { fillUrl, fitsPlace, isPlaceName, queryOf, type UrlPlace } from '../bindings/connect-url.ts';
import { knownServer } from '../catalog/index.ts';
import type { Credential } from '../finding.ts';
import { plainName } from '../names-shown.ts';
import { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { type UrlPart, urlPartAt } from '../url-part.ts';
import type { Refusal, Target } from './target.ts';

type UrlTarget = Extract<Target, { kind: 'url' }>;

/** A secret in the URL of a server, in its own field or as the argument of `connect`. */
export function urlTarget(server: McpServer, part: Part, { classification }: Credential): UrlTarget | Refusal {
	const at = urlPartAt(part.value, classification.from, classification.to);
	switch (at?.in) {
		case 'query':
			return queryTarget(part, at);
		case 'path':
			return pathTarget(part, at);
		case 'user':
			return userTarget(server, part, at);
		case 'host':
			return {
				refused:
					'The secret is a part of the host’s name, and a stored secret is bound to one host that everybody may see. Ask the server’s operator for another address.',
			};
		case 'fragment':
			return { refused: 'It stands behind a `#`, which is never sent to a server. Delete it.' };
		default:
			return { refused: 'The URL is not one that the launcher can connect to: it needs http(s) and a host.' };
	}
}

function queryTarget(part: Part, at: Extract<UrlPart, { in: 'query' }>): UrlTarget | Refusal {
	const { value: url } = part;
	const { name, from, to } = at;
	if (!isPlaceName(name))
		return { refused: 'The name of its parameter is written in a way that the launcher does not follow. Simplify it.' };
	const { address, pairs, fragment } = queryOf(url);
	const isLast = to === url.length - fragment.length;
	// Behind the others the launcher adds it by itself; before them its place has to stay.
	const short = `${address}${pairs.length > 1 ? `?${pairs.slice(0, -1).join('&')}` : ''}${fragment}`;
	const rest = isLast ? short : url.slice(0, from) + url.slice(to);
	return target(part, { query: name }, rest, url.slice(from, to));
}

function pathTarget(part: Part, { from, to }: UrlPart): UrlTarget | Refusal {
	const { value: url } = part;
	for (let n = 1; ; n++) {
		const name = n === 1 ? 'secret' : `secret-${n}`;
		if (!url.includes(`{${name}}`))
			return target(part, { path: name }, `${url.slice(0, from)}{${name}}${url.slice(to)}`, url.slice(from, to));
	}
}

/** Offered only if the launcher makes exactly the URL of before. */
function target(part: Part, place: UrlPlace, rest: string, value: string): UrlTarget | Refusal {
	if (!fitsPlace(place, value) || fillUrl(rest, place, value) !== part.value)
		return {
			refused:
				'The launcher could not put it back in the same way: the parameter stands there twice, or holds a character that no URL may hold. Simplify the URL first.',
		};
	const option = 'query' in place ? '--query' : '--path';
	const name = 'query' in place ? place.query : place.path;
	return { kind: 'url', option, name, url: rest, part, stored: SecretValue.of(value) };
}

/** What stands before the `@` is sent as Basic authentication, by every client that sends it at all (RFC 7617). */
function userTarget(server: McpServer, part: Part, { from, to }: UrlPart): UrlTarget | Refusal {
	const headers = [...server.headers, ...(server.launcher?.headers ?? [])];
	if (headers.some(({ name }) => name.toLowerCase() === 'authorization'))
		return {
			refused: 'The entry also sends an Authorization header, and a server gets only one. Remove one of the two.',
		};
	const { value: url } = part;
	const user = decoded(url.slice(from, to));
	if (user === undefined)
		return { refused: 'What stands before the `@` is not escaped as URLs are. Correct that first.' };
	const stored = SecretValue.of(user.includes(':') ? user : `${user}:`);
	return { kind: 'url', option: '--basic', url: url.slice(0, from) + url.slice(to + 1), part, stored };
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** What remains after the move, for people. */
export function urlCaveat(server: McpServer, { option }: UrlTarget): string {
	if (option === '--basic') return 'It is sent as a header from now on, which servers take in the same way.';
	const headers = knownServer(server)?.headers ?? [];
	const better =
		headers.length > 0
			? ` This server is known to take it in the header ${headers.map(plainName).join(' or ')} too.`
			: '';
	return `The server still gets it inside of the URL, so its own logs, and those of a proxy that opens the connection, can hold it.${better}`;
}
