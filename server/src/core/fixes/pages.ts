import type { Credential } from '../finding.ts';
import { plainName } from '../names-shown.ts';
import type { ServerNeed } from '../needs/index.ts';
import { hostOf } from '../probes/bases.ts';
import { scopeModel } from '../scopes/index.ts';
import { covers } from '../scopes/model.ts';
import { originOf, tokenPage } from './token-page.ts';
import type { PageWay, TextWay } from './way.ts';

/** The smallest token as a list to copy, and the issuer's page, filled in where the issuer can do that. */
export function pagesFor(credential: Credential, need: ServerNeed | undefined): (PageWay | TextWay)[] {
	const { issuer } = credential.classification;
	const list = need && listWay(credential, need);
	const page =
		need && issuer === 'github'
			? githubPage(credential, need)
			: need && issuer === 'gitlab'
				? gitlabPage(credential, need)
				: plainPage(credential);
	return [list, page].filter((way) => way !== undefined);
}

function listWay({ classification, server }: Credential, need: ServerNeed): TextWay | undefined {
	if (need.issuer !== classification.issuer || !need.complete || need.scopeless) return undefined;
	const text = textOf(classification.issuer, need);
	if (text === undefined) return undefined;
	const doubt = need.confidence === 'inferred' ? ' Inferred from what the server does: try it.' : '';
	return {
		id: 'copy-scopes',
		kind: 'copy-text',
		title: listTitle(classification.issuer, plainName(server?.name ?? need.server)),
		detail: `For ${need.basis}${need.date && `, as of ${need.date}`}.${doubt}${need.advice ? ` ${need.advice}` : ''}`,
		text,
	};
}

function listTitle(issuer: string, server: string): string {
	return issuer === 'postgres'
		? `Copy a read-only role for "${server}", as SQL`
		: `Copy what a token for "${server}" needs`;
}

function textOf(issuer: string, need: ServerNeed): string | undefined {
	if (issuer === 'github' && !need.classicOnly) return lines(need.permissions.map((one) => one.replace(':', ': ')));
	if (issuer === 'postgres') return need.access === 'read' ? READ_ONLY_ROLE : undefined;
	return lines(least(issuer, need));
}

/** Without the scopes that come with another one. */
function least(issuer: string, { scopes }: ServerNeed): readonly string[] {
	const model = scopeModel(issuer);
	if (!model) return scopes;
	const comesWith = (scope: string, other: string) => covers(model, other, scope) && !covers(model, scope, other);
	return scopes.filter((scope) => !scopes.some((other) => comesWith(scope, other)));
}

function lines(items: readonly string[]): string | undefined {
	return items.length > 0 ? items.join('\n') : undefined;
}

/** The password is typed at the prompt of `\password`, so that it stands in no statement. */
const READ_ONLY_ROLE = `CREATE ROLE mcp_ro LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
\\password mcp_ro
GRANT USAGE ON SCHEMA public TO mcp_ro;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO mcp_ro;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO mcp_ro;
ALTER ROLE mcp_ro SET default_transaction_read_only = on;`;

const DAYS = 90;

/**
 * GitHub's form for fine-grained tokens takes permissions in its address. Its documents describe that no more since May 2026
 * (github/docs pull request 44419, read 2026-11), so the detail lists what has to be ticked. The form for classic tokens takes `scopes`.
 */
function githubPage({ server }: Credential, need: ServerNeed): PageWay | undefined {
	const page = tokenPage('github', server);
	if (page === undefined) return undefined;
	const name = `mcp-${plainName(server?.name ?? 'server').slice(0, 30)}`;
	if (need.classicOnly) {
		const scopes = need.scopes.join(',');
		return {
			id: 'open-page',
			kind: 'open-page',
			title: 'Make a classic GitHub token with only these scopes',
			detail: `Some of the tools work with no fine-grained token. Scopes: ${need.scopes.join(', ')}.`,
			url: address(`${page}/new`, [
				['scopes', scopes],
				['description', name],
			]),
		};
	}
	const permissions = need.permissions.map((one) => one.split(':') as [string, string]);
	return {
		id: 'open-page',
		kind: 'open-page',
		title: 'Make a fine-grained GitHub token on selected repositories',
		detail: `Choose the repositories. GitHub does not promise to fill in the form, so check that only these are chosen: ${need.permissions.map((one) => one.replace(':', ' ')).join(', ') || 'none'}.`,
		url: address(`${originOf(page)}/settings/personal-access-tokens/new`, [
			['name', name],
			['expires_in', String(DAYS)],
			...permissions,
		]),
	};
}

/** GitLab fills in `name` and `scopes` (doc/user/profile/personal_access_tokens.md, read 2026-11). */
function gitlabPage({ server }: Credential, need: ServerNeed): PageWay | undefined {
	const page = tokenPage('gitlab', server);
	if (page === undefined) return undefined;
	const scopes = least('gitlab', need);
	return {
		id: 'open-page',
		kind: 'open-page',
		title: `Make a GitLab token with only ${scopes.join(', ') || 'what is needed'} at ${hostOf(page)}`,
		detail:
			'For one project or group make the token there instead, under Settings, Access tokens: this form makes one that reaches all that you reach.',
		url: address(page, [
			['name', `mcp-${plainName(server?.name ?? 'server').slice(0, 30)}`],
			['scopes', scopes.join(',')],
		]),
	};
}

function plainPage({ classification, server }: Credential): PageWay | undefined {
	const page = tokenPage(classification.issuer, server);
	if (page === undefined) return undefined;
	return {
		id: 'open-page',
		kind: 'open-page',
		title: `Open the page where ${classification.issuerName} makes and revokes such tokens`,
		detail: 'Make a smaller one there, put it in place of this one, then revoke this one.',
		url: page,
	};
}

function address(page: string, pairs: readonly (readonly [string, string])[]): string {
	const query = pairs
		.filter(([, value]) => value !== '')
		.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`);
	return `${page}?${query.join('&')}`;
}
