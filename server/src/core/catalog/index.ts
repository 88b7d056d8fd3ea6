import { lazy } from '../lazy.ts';
import type { McpServer, Part } from '../servers.ts';
import servers from './servers.json' with { type: 'json' };

/** A server whose package, image or URL is known, and what its fields hold. The facts stand in `servers.json`. */
export interface KnownServer {
	readonly id: string;
	/** Whose credential it takes, where that is one issuer. */
	readonly issuer?: string;
	/** Is the field of this name (env variable, flag, header, query parameter) the secret, or an id or path? */
	field(name: string): 'secret' | 'id' | undefined;
	/** The secret may stand as an argument without a flag. */
	readonly positional: boolean;
	/** A part of the URL's path is the secret. */
	readonly path: boolean;
	/** Headers in which it takes its secret. */
	readonly headers: readonly string[];
}

interface Entry {
	readonly id: string;
	/** Packages, images, hosts (a leading dot: any subdomain), URLs (from the host on). */
	readonly match: readonly string[];
	readonly issuer?: string;
	readonly secrets?: readonly string[];
	readonly ids?: readonly string[];
	readonly positional?: boolean;
	readonly path?: boolean;
	/** Where the facts come from, with the date. */
	readonly source: string;
}

interface Table {
	readonly byName: Map<string, KnownServer>;
	/** 1 where some name begins with two such characters: most words of a config do not, and are not looked up. */
	readonly starts: Uint8Array;
	/** By host, or by what stands behind a host's first label (`.mcp.cloudflare.com`). */
	readonly byHost: Map<string, { readonly path: string; readonly server: KnownServer }[]>;
}

const table = lazy((): Table => {
	const byName: Table['byName'] = new Map();
	const byHost: Table['byHost'] = new Map();
	for (const entry of servers as readonly Entry[]) {
		const server = known(entry);
		for (const match of entry.match) {
			const [host, path] = hostAndPath(match);
			if (host === undefined) byName.set(match.toLowerCase(), server);
			else byHost.set(host, [...(byHost.get(host) ?? []), { path, server }]);
		}
	}
	const starts = new Uint8Array(STARTS);
	for (const name of byName.keys()) starts[startOf(name)] = 1;
	return { byName, starts, byHost };
});

const STARTS = 1 << 12;

/** The first two characters, the same for small letters and capitals. */
function startOf(name: string): number {
	return ((name.charCodeAt(0) & 31) << 7) | (name.charCodeAt(1) & 31);
}

function known({ id, issuer, secrets = [], ids = [], positional = false, path = false }: Entry): KnownServer {
	const fields = new Map<string, 'secret' | 'id'>();
	for (const name of secrets) fields.set(name.toLowerCase(), 'secret');
	for (const name of ids) fields.set(name.toLowerCase(), 'id');
	return {
		id,
		...(issuer === undefined ? {} : { issuer }),
		field: (name) => fields.get(name.toLowerCase()),
		positional,
		path,
		headers: secrets.filter((name) => /^(?:authorization$|x-)/i.test(name)),
	};
}

/** Registries of images look like hosts, and packages hold dots too: a host in the data has a scheme, `mcp.` or `api.` before it, or a leading dot. */
function hostAndPath(match: string): [host: string | undefined, path: string] {
	const url =
		/^(?:https?:\/\/|(?=\.|(?:mcp|api|server|app|data|make)\.[a-z])|(?=rube\.app))([a-z0-9.-]{3,120})(\/[^\s?#]{0,200})?/i.exec(
			match,
		);
	return url ? [url[1]!.toLowerCase(), url[2] ?? '/'] : [undefined, ''];
}

/** More arguments than this belong to something else. */
const MOST_ARGUMENTS = 40;
const LONGEST = 400;

/** The known server that an entry starts or connects to, directly or through a bridge. */
export function knownServer(server: Pick<McpServer, 'command' | 'args' | 'url' | 'launcher'>): KnownServer | undefined {
	const { launcher } = server;
	return (
		inPart(server.url) ??
		inPart(launcher?.url) ??
		inPart(server.command) ??
		inParts(server.args) ??
		inPart(launcher?.command) ??
		(launcher && inParts(launcher.args))
	);
}

/** Does a URL in this text lead to a server whose path holds the secret? */
export function holdsSecretPath(text: string): boolean {
	if (text.length > LONGEST) return false;
	return text.split(/\s+/, MOST_ARGUMENTS).some((word) => word.includes('://') && atUrl(word)?.path === true);
}

function inParts(parts: readonly Part[]): KnownServer | undefined {
	for (let i = 0; i < parts.length && i < MOST_ARGUMENTS; i++) {
		const found = inPart(parts[i]);
		if (found) return found;
	}
	return undefined;
}

function inPart(part: Part | undefined): KnownServer | undefined {
	if (part === undefined || part.value.length > LONGEST) return undefined;
	if (!part.value.includes(' ')) return inWord(part.value);
	for (const word of part.value.split(/\s+/, MOST_ARGUMENTS)) {
		const found = inWord(word);
		if (found) return found;
	}
	return undefined;
}

function inWord(word: string): KnownServer | undefined {
	return word.includes('://') ? atUrl(word) : named(word);
}

/** `@scope/name@1.2.3`, `image:tag`, `image@sha256:...`, `name==1.0`, `name[extra]`. */
function named(word: string): KnownServer | undefined {
	if (word.length < 3 || word.startsWith('-')) return undefined;
	const { byName, starts } = table();
	if (starts[startOf(word)] === 0) return undefined;
	const name = word.slice(0, endOfName(word)).toLowerCase();
	return byName.get(name) ?? (name.startsWith('awslabs.') ? byName.get('awslabs.') : undefined);
}

/** Where the version starts: `@`, `:` (but not of `:/`), `==` or `[`, behind the first character. */
function endOfName(word: string): number {
	for (let i = 1; i < word.length; i++) {
		const character = word[i];
		if (character === '@' || character === '[') return i;
		if (character === ':' && word[i + 1] !== '/') return i;
		if (character === '=' && word[i + 1] === '=') return i;
	}
	return word.length;
}

function atUrl(word: string): KnownServer | undefined {
	const [, host, path = '/'] =
		/:\/\/(?:[^\s/?#@]{0,300}@)?([a-z0-9.-]{1,253})(?::[0-9]{1,5})?(\/[^\s?#]{0,300})?/i.exec(word) ?? [];
	if (host === undefined) return undefined;
	const lower = host.toLowerCase();
	const behind = lower.slice(Math.max(0, lower.indexOf('.')));
	const candidates = [
		...(table().byHost.get(lower) ?? []),
		...(table().byHost.get(behind) ?? []),
		...(table().byHost.get(behind.slice(1)) ?? []),
	];
	return (candidates.find((one) => path.startsWith(one.path.replace(/\/$/, ''))) ?? undefined)?.server;
}
