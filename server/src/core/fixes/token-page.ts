import { issuerAtHost } from '../issuers/attribution.ts';
import { issuerById } from '../issuers/index.ts';
import { hostOf, OWN_HOST, ownBase } from '../probes/bases.ts';
import { surroundingsOf, variable } from '../probes/surroundings.ts';
import type { McpServer } from '../servers.ts';

/**
 * The page where the issuer makes and revokes tokens for this server: at the installation that its entry names, else at the
 * issuer's public one. Undefined also where the entry names one that cannot be read here: a token made at the public one would
 * be of no use there.
 */
export function tokenPage(issuer: string, server: McpServer | undefined): string | undefined {
	const { settingsUrl } = issuerById(issuer);
	if (settingsUrl === undefined || server === undefined || !Object.hasOwn(OWN_HOST, issuer)) return settingsUrl;
	const named = variable(surroundingsOf(server), ...OWN_HOST[issuer as keyof typeof OWN_HOST]);
	if (!named) return settingsUrl;
	const base = ownBase(named.name, named.value)[0]?.url;
	if (base === undefined) return undefined;
	if (isPublic(issuer, hostOf(base))) return settingsUrl;
	return webOrigin(originOf(base)) + settingsUrl.slice(originOf(settingsUrl).length);
}

/** Companies on ghe.com have a GitHub of their own there. */
function isPublic(issuer: string, host: string): boolean {
	return issuerAtHost(host) === issuer && !host.endsWith('.ghe.com');
}

/** There the API has a host beside the one for people. */
function webOrigin(origin: string): string {
	return origin.replace(/^https:\/\/api\.([a-z0-9-]{1,63}\.ghe\.com)$/, 'https://$1');
}

export function originOf(url: string): string {
	return url.split('/', 3).join('/');
}
