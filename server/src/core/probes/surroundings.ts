import type { Credential } from '../finding.ts';
import { looksLikeReference } from '../references.ts';
import type { McpServer, NamedPart } from '../servers.ts';
import type { Base } from './probe.ts';

/** What stands around a token in its server's entry. A name with an undefined value is there, but not written out: a reference, a variable of the host. */
export interface Surroundings {
	readonly env: ReadonlyMap<string, string | undefined>;
	/** `--host x` and `--host=x` as `host` to `x`. */
	readonly flags: ReadonlyMap<string, string | undefined>;
	readonly url?: string;
	/** The text that the token is a part of, without the token: `postgres://app:@db.internal/shop`. */
	readonly inside?: string;
	/** What `npm config get registry` says outside of any project; the caller asks npm, because a token goes nowhere else. */
	readonly npmRegistry?: string;
}

export const NO_SURROUNDINGS: Surroundings = { env: new Map(), flags: new Map() };

/** `variables`: what else sets the environment of this entry (a `.env` file, the config as a whole); the entry's own go first. */
export function surroundingsOf(server: McpServer | undefined, variables: readonly NamedPart[] = []): Surroundings {
	const outer = variables.map(({ name, value }) => [name, literal(value)] as const);
	if (!server) return { env: new Map(outer), flags: new Map() };
	const url = literal((server.launcher?.url ?? server.url)?.value);
	const args = server.launcher?.mode === 'run' ? server.launcher.args : server.args;
	return {
		env: new Map([...outer, ...server.env.map(({ name, value }) => [name, literal(value)] as const)]),
		flags: flagsOf(args.map(({ value }) => value)),
		...(url === undefined ? {} : { url }),
	};
}

/** These, with what the token is a part of, if it is one. */
export function withInside(
	around: Surroundings,
	{ part, classification: { from, to } }: Pick<Credential, 'part' | 'classification'>,
): Surroundings {
	const inside = part.value.slice(0, from) + part.value.slice(to);
	return inside === '' ? around : { ...around, inside };
}

function literal(value: string | undefined): string | undefined {
	if (value === undefined || looksLikeReference(value) || value.includes('${')) return undefined;
	return value.trim() || undefined;
}

const FLAG = /^--([A-Za-z][A-Za-z0-9_-]{0,63})(?:=(.*))?$/s;

function flagsOf(args: readonly string[]): ReadonlyMap<string, string | undefined> {
	const flags = new Map<string, string | undefined>();
	for (const [index, arg] of args.entries()) {
		const [, name, inline] = FLAG.exec(arg) ?? [];
		const value = inline ?? args[index + 1];
		if (name !== undefined && value !== undefined && !value.startsWith('--'))
			flags.set(name.toLowerCase(), literal(value));
	}
	return flags;
}

/** Variables that name an installation of the person's own, by issuer. */
export const OWN_HOST = {
	github: ['GITHUB_HOST', 'GH_HOST', 'GITHUB_API_URL', 'GITHUB_SERVER_URL'],
	gitlab: ['GITLAB_API_URL', 'GITLAB_URL', 'GITLAB_HOST', 'GITLAB_BASE_URL', 'GL_HOST'],
	sentry: ['SENTRY_HOST', 'SENTRY_URL', 'SENTRY_BASE_URL', 'HOST', 'URL'],
} as const;

/** The first of these variables that is there, or the flag of the same name (`GITLAB_URL`, `--gitlab-url`). */
export function variable(
	around: Surroundings,
	...names: readonly string[]
): { readonly name: string; readonly value: string | undefined } | undefined {
	for (const name of names) {
		const flag = name.toLowerCase().replaceAll('_', '-');
		if (around.env.has(name)) return { name, value: around.env.get(name) };
		if (around.flags.has(flag)) return { name: `--${flag}`, value: around.flags.get(flag) };
	}
	return undefined;
}

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
