import { actByStatus, unknown } from './acts.ts';
import { byStatus, jsonObject, malformed, rateLimited, text, told, untold, words } from './answers.ts';
import { hostOf, OWN_HOST, selfHosted } from './bases.ts';
import type { IssuerProbe, ProbeContext, ProbeResponse } from './probe.ts';

const PUBLIC = 'https://api.github.com';
const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** Tokens whose scopes stand in a header. The others have permissions that GitHub tells nobody but their owner. */
const WITH_SCOPES = new Set(['github-pat-classic', 'github-oauth', 'github-pat-40-hex']);

export const github: IssuerProbe = {
	issuer: 'github',
	name: 'GitHub',
	kinds: [
		'github-pat-classic',
		'github-pat-40-hex',
		'github-oauth',
		'github-pat-fine-grained',
		'github-app-user',
		'github-app-installation',
	],
	tells: 'scopes of classic and OAuth tokens; expiry and owner of all',
	limits: 'not the permissions of fine-grained and App tokens; no creation date; the question counts as a use',
	source:
		'docs.github.com, scopes for OAuth apps (X-OAuth-Scopes), get the authenticated user, token expiration; read 2026-11',
	bases: (_, around) => selfHosted(around, OWN_HOST.github, PUBLIC, restBase),
	noBase:
		'The entry names a GitHub host that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ kind, base }) => ({
		method: 'GET',
		base,
		// An App's installation is no user: this is what it may ask about itself.
		path: kind === 'github-app-installation' ? '/installation/repositories?per_page=100' : '/user',
		headers: HEADERS,
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read,
	revoke: {
		kinds: ['github-pat-classic', 'github-pat-fine-grained', 'github-oauth', 'github-app-user', 'github-refresh'],
		alsoEnds: 'GitHub writes to the owner of the token. Deploy keys that were made with it are deleted.',
		source: 'docs.github.com, REST API, credentials/revoke; GitHub changelog 2026-03-26; read 2026-11',
		request: ({ base }) =>
			base === PUBLIC
				? {
						method: 'POST',
						base,
						path: '/credentials/revoke',
						headers: HEADERS,
						// GitHub refuses this question when it is authenticated.
						auth: { how: 'json', name: 'credentials', list: true },
						expects: 'nothing',
					}
				: { missing: `${hostOf(base)} takes no revocation without a login. Use its settings page.` },
		read: (response, context) =>
			response.status === 202
				? unknown(
						context,
						'GitHub took the request (202) and revokes the token if it is one; it does not say more. Ask again in a minute to see that it is dead.',
					)
				: actByStatus('GitHub', 'revoked', response, context),
	},
};

function restBase(base: string): string {
	const host = hostOf(base);
	if (host === 'github.com' || host === 'api.github.com') return PUBLIC;
	if (/^api\.[a-z0-9-]+\.ghe\.com$/.test(host)) return `https://${host}`;
	if (host.endsWith('.ghe.com')) return `https://api.${host}`;
	return base.endsWith('/api/v3') ? base : `${base.split('/', 3).join('/')}/api/v3`;
}

function read(response: ProbeResponse, context: ProbeContext) {
	if (response.status === 403 && isLimited(response)) return rateLimited('GitHub', context);
	if (response.status === 403 && response.headers['x-github-sso'])
		return untold(
			'refused',
			context,
			'GitHub wants this token authorized for single sign-on first. Do that on its settings page.',
		);
	const failed = byStatus('GitHub', response, context);
	if (failed) return failed;
	const answer = jsonObject(response);
	const scopes = response.headers['x-oauth-scopes'];
	const expiry = response.headers['github-authentication-token-expiration'];
	const [account, repositories] = [text(answer?.login), repositoryNames(answer?.repositories)];
	if (account === undefined && !repositories) return malformed('GitHub', context);
	return told(context, {
		// Absent is not "none": only classic and OAuth tokens have the header at all.
		...(scopes !== undefined && WITH_SCOPES.has(context.kind) ? { scopes: words(scopes) ?? [] } : {}),
		account,
		expiresAt: expiry === undefined ? undefined : expiryTime(expiry),
		// Without the header such a token has no expiry; App tokens always expire, whatever the header says.
		neverExpires: expiry === undefined && /pat|oauth/.test(context.kind) ? true : undefined,
		resources: repositories,
		notes: [
			WITH_SCOPES.has(context.kind)
				? undefined
				: 'GitHub does not tell the permissions of this kind of token; its settings page shows them.',
		],
	});
}

function isLimited({ headers }: ProbeResponse): boolean {
	return headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
}

/** `2026-12-01 10:00:00 UTC` and `2026-12-01 10:00:00 +0200`. */
function expiryTime(value: string): number | undefined {
	const [, date, time, zone] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(value.trim()) ?? [];
	if (!date || !time || !zone) return undefined;
	const parsed = Date.parse(`${date}T${time}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
	return Number.isNaN(parsed) ? undefined : parsed;
}

function repositoryNames(list: unknown): readonly string[] | undefined {
	if (!Array.isArray(list)) return undefined;
	return list.slice(0, 100).flatMap((item) => {
		const name = text((item as { full_name?: unknown } | null)?.full_name);
		return name ? [`repository ${name}`] : [];
	});
}
