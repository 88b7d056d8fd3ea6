import { type Surroundings, variable } from './surroundings.ts';

export interface Base {
	/** Origin and path prefix without a slash at the end: "https://api.github.com". */
	readonly url: string;
	/** Who says so: the issuer's own fixed host, or this name in the server's entry ("GITLAB_API_URL", "url"). */
	readonly from: 'issuer' | { readonly name: string };
	/** What a person should know before a secret goes there; one line. */
	readonly warning?: string;
}

/** Variables that name an installation of the person's own, by issuer. */
export const OWN_HOST = {
	github: ['GITHUB_HOST', 'GH_HOST', 'GITHUB_API_URL', 'GITHUB_SERVER_URL'],
	gitlab: ['GITLAB_API_URL', 'GITLAB_URL', 'GITLAB_HOST', 'GITLAB_BASE_URL', 'GL_HOST'],
	sentry: ['SENTRY_HOST', 'SENTRY_URL', 'SENTRY_BASE_URL', 'HOST', 'URL'],
} as const;

const ADDRESS =
	/^(https?):\/\/([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:[0-9]{1,5})?((?:\/[A-Za-z0-9._~%-]{0,200}){0,10})$/i;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * A base that the config names, as origin and path without a slash at the end. Undefined for what cannot be one: other
 * schemes, plain http to another machine, user names, queries, paths that climb.
 */
export function baseUrl(text: string): string | undefined {
	const [, scheme, host, port, path] = ADDRESS.exec(text.slice(0, 2048)) ?? [];
	if (scheme === undefined || host === undefined || path === undefined) return undefined;
	const isSafe = scheme.toLowerCase() === 'https' || LOOPBACK.test(host.toLowerCase());
	if (!isSafe || /(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) return undefined;
	return `${scheme.toLowerCase()}://${host.toLowerCase()}${port ?? ''}${path.replace(/\/{1,10}$/, '')}`;
}

/** "api.github.com:443" of a base. */
export function hostOf(base: string): string {
	return base.split('/', 3)[2] ?? '';
}

export function issuerBase(url: string): readonly Base[] {
	return [{ url, from: 'issuer' }];
}

/**
 * The config's own base where one of these variables is there, after `shape` made it the address to ask; the issuer's public host
 * where none is. A variable that is there but cannot be read or used gives no base at all: the token belongs elsewhere, so
 * asking the public host would show it to a stranger.
 */
export function selfHosted(
	around: Surroundings,
	names: readonly string[],
	publicHost: string | undefined,
	shape: (base: string) => string | undefined = (base) => base,
): readonly Base[] {
	const found = variable(around, ...names);
	if (!found) return publicHost === undefined ? [] : issuerBase(publicHost);
	return ownBase(found.name, found.value, shape);
}

/** A base that the config writes under this name, with or without a scheme. */
export function ownBase(
	name: string,
	text: string | undefined,
	shape: (base: string) => string | undefined = (base) => base,
): readonly Base[] {
	if (text === undefined) return [];
	const url = baseUrl(text.includes('://') ? text : `https://${text}`);
	const shaped = url && shape(url);
	return shaped ? [{ url: shaped, from: { name } }] : [];
}
