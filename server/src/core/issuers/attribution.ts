import { lazy } from '../lazy.ts';
import { allIssuers } from './index.ts';
import type { Issuer } from './issuer.ts';

/** Kinds of these say how a secret is written, not who issued it. */
const FORMS = new Set(['unidentified', 'url', 'basic', 'jwt', 'private-key', 'amqp']);

/** Does the issuer of a kind leave open who issued the secret? */
export function isForm(issuer: string): boolean {
	return FORMS.has(issuer);
}

interface Named {
	readonly id: string;
	/** Counts at the start of a name only. */
	readonly atStart: boolean;
}

const byName = lazy(() => {
	const named = new Map<string, Named>();
	for (const issuer of allIssuers()) {
		if (FORMS.has(issuer.id)) continue;
		for (const alias of aliasesOf(issuer)) {
			const known = named.get(alias);
			if (known && known.id !== issuer.id && alias !== together(issuer.id)) continue;
			named.set(alias, { id: issuer.id, atStart: issuer.commonName === true || alias.length <= 3 });
		}
	}
	return named;
});

function aliasesOf({ id, name, aliases = [] }: Issuer): readonly string[] {
	return [id, name, ...aliases].map(together).filter((alias) => alias.length >= 2);
}

function together(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Words before the vendor's that say nothing of it: `MCP_NOTION_TOKEN`, `X-Figma-Token`, `--my-box-key`. */
const LEADING =
	/^(?:mcp|my|the|x|vite|next|nuxt|public|app|default|prod|dev|test|env|plugin|server|config|user|api|use|http|https|remote|custom)$/;
const MOST_WORDS = 4;
const SHORTEST_START = 5;

/**
 * The issuer that a name speaks of: `LINKEDIN_ACCESS_TOKEN`, `X-Figma-Token`, `--azure-openai-key`. The first vendor in
 * reading order counts, of two that start together the longer.
 */
export function issuerNamed(name: string): string | undefined {
	const words = name
		.slice(0, 120)
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
	let start = 0;
	while (start < words.length - 1 && LEADING.test(words[start]!)) start++;
	for (let at = 0; at < words.length; at++) {
		const atStart = at <= start;
		for (let count = Math.min(MOST_WORDS, words.length - at); count > 0; count--) {
			const named = byName().get(words.slice(at, at + count).join(''));
			if (named && (atStart || !named.atStart)) return named.id;
		}
		const begun = issuerAtStartOf(words[at]!, atStart);
		if (begun) return begun;
	}
	return undefined;
}

/** What is written together with a vendor's name: `jiratoken`, `linearapi`, `boxoauth`. */
const BEHIND_NAME = /(?:api|access|auth|oauth|bot)?(?:token|key|secret|oauth|auth|api|app)$/;

/** `SLACKBOT`, `telegrambottoken`: words written together after a name that cannot be mistaken. */
function issuerAtStartOf(word: string, atStart: boolean): string | undefined {
	const stem = byName().get(word.replace(BEHIND_NAME, ''));
	if (stem && (atStart || !stem.atStart)) return stem.id;
	for (let end = word.length - 1; end >= SHORTEST_START; end--) {
		const named = byName().get(word.slice(0, end));
		if (named && !named.atStart) return named.id;
	}
	return undefined;
}

/** Where everybody can run something: the server behind such a host is not the platform's. */
const SHARED =
	/(?:^|\.)(?:vercel\.app|netlify\.app|herokuapp\.com|onrender\.com|fly\.dev|pages\.dev|workers\.dev|azurewebsites\.net|azurecontainerapps\.io|windows\.net|amazonaws\.com|run\.app|ngrok\.(?:io|app|dev)|railway\.app|render\.com)$/;

const byHost = lazy(() => {
	const found = new Map<string, string>();
	for (const { id, hosts } of allIssuers()) {
		for (const host of hosts) if (!found.has(host) && !SHARED.test(host)) found.set(host, id);
	}
	return found;
});

/** The issuer whose own host this is: `api.linear.app`. Undefined for hosts on which everybody can run something. */
export function issuerAtHost(host: string): string | undefined {
	let rest = host.toLowerCase().replace(/:[0-9]{1,5}$/, '');
	const own = byHost().get(rest);
	if (own) return own;
	for (let dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
		const found = byHost().get(rest.slice(dot));
		if (found) return found;
		rest = rest.slice(dot + 1);
	}
	return undefined;
}

/** What an authentication scheme of one vendor alone says. */
const BY_SCHEME: Readonly<Record<string, string>> = {
	bot: 'discord',
	geniekey: 'opsgenie',
	ssws: 'okta',
	'private-token': 'gitlab',
};

export function issuerOfScheme(scheme: string | undefined): string | undefined {
	return scheme === undefined ? undefined : BY_SCHEME[scheme];
}

const HOST = /^:\/\/(?:[^\s/?#@]{0,512}@)?([A-Za-z0-9.-]{1,253})/;
/** A URL that counts begins within this. */
const FIRST = 1_000;

/** The host of the first URL in a value, without user and port. */
export function hostIn(value: string): string | undefined {
	const at = value.slice(0, FIRST).indexOf('://');
	return at < 0 ? undefined : HOST.exec(value.slice(at, at + FIRST))?.[1];
}
