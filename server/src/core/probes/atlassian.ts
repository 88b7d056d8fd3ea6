import { byStatus, invalid, jsonObject, malformed, text, told, untold } from './answers.ts';
import { hostOf, selfHosted } from './bases.ts';
import type { IssuerProbe, ProbeContext, ProbeRequest, ProbeResponse } from './probe.ts';
import { type Surroundings, variable } from './surroundings.ts';

const URLS = [
	'JIRA_URL',
	'ATLASSIAN_URL',
	'JIRA_BASE_URL',
	'ATLASSIAN_BASE_URL',
	'JIRA_HOST',
	'ATLASSIAN_SITE_URL',
	'ATLASSIAN_HOST',
	'ATLASSIAN_SITE_NAME',
];
const CONFLUENCE_URLS = ['CONFLUENCE_URL', 'CONFLUENCE_BASE_URL', 'CONFLUENCE_HOST'];
const USERS = [
	'JIRA_USERNAME',
	'CONFLUENCE_USERNAME',
	'ATLASSIAN_EMAIL',
	'JIRA_EMAIL',
	'ATLASSIAN_USER_EMAIL',
	'CONFLUENCE_EMAIL',
	'JIRA_USER_EMAIL',
	'ATLASSIAN_USERNAME',
];
const GATEWAY = 'api.atlassian.com';

/**
 * Atlassian tells no scopes and no dates. What tells is which host answers: a token without scopes works at the site, a
 * token with scopes at the gateway only.
 */
export const atlassian: IssuerProbe = {
	issuer: 'atlassian',
	name: 'Atlassian',
	kinds: ['atlassian-api-token', 'atlassian-legacy-token'],
	tells: 'whether the token has scopes at all (the site answers) or not (only the gateway answers); the account',
	limits: 'not which scopes, no dates; Data Center tokens have all rights of their owner',
	source:
		'support.atlassian.com, manage API tokens, scoped API tokens in Confluence Cloud, retrieve my site’s cloud ID; confluence.atlassian.com, using personal access tokens; read 2026-11',
	bases: (_, around) => {
		const jira = selfHosted(around, URLS, undefined, siteBase);
		return jira.length > 0 ? jira : selfHosted(around, CONFLUENCE_URLS, undefined, siteBase);
	},
	alsoAsks: [`https://${GATEWAY}`],
	noBase:
		'Where this token belongs is not written in the entry. Atlassian tokens work at your own site only: name it in JIRA_URL or CONFLUENCE_URL.',
	request: (context) => {
		const user = variable(context.around, ...USERS)?.value;
		if (isCloud(context.base) && !user)
			return {
				missing: 'Atlassian asks for the e-mail address beside the token, and the entry does not write it out.',
			};
		return question(context, context.base, user);
	},
	next: (answers, context) => {
		const [first, second] = answers;
		if (!isSite(context.base) || first?.status !== 401 || answers.length > 2) return undefined;
		if (!second)
			return { method: 'GET', base: context.base, path: '/_edge/tenant_info', auth: { how: 'none' }, expects: 'json' };
		const cloudId = jsonObject(second)?.cloudId;
		if (typeof cloudId !== 'string' || !/^[0-9a-f-]{8,64}$/.test(cloudId)) return undefined;
		const product = isConfluence(context.around) ? 'confluence' : 'jira';
		return question(context, `https://${GATEWAY}/ex/${product}/${cloudId}`, variable(context.around, ...USERS)?.value);
	},
	read,
};

function siteBase(base: string): string {
	const host = hostOf(base);
	// `ATLASSIAN_SITE_NAME=acme`
	if (/^[a-z0-9-]+$/.test(host) && host !== 'localhost') return `https://${host}.atlassian.net`;
	return isCloud(base) && host !== GATEWAY ? `https://${host}` : base;
}

function isSite(base: string): boolean {
	return /\.atlassian\.net$/.test(hostOf(base));
}

function isCloud(base: string): boolean {
	return isSite(base) || hostOf(base) === GATEWAY;
}

function isConfluence(around: Surroundings): boolean {
	return variable(around, ...URLS)?.value === undefined;
}

function question(context: ProbeContext, base: string, user: string | undefined): ProbeRequest {
	const confluence = isConfluence(context.around) || base.includes('/ex/confluence/');
	const cloudPath = confluence ? '/rest/api/user/current' : '/rest/api/3/myself';
	const ownPath = confluence ? '/rest/api/user/current' : '/rest/api/2/myself';
	return {
		method: 'GET',
		base,
		path: isCloud(base) ? (isSite(base) && confluence ? `/wiki${cloudPath}` : cloudPath) : ownPath,
		auth: user !== undefined && isCloud(base) ? { how: 'basic', user } : { how: 'bearer' },
		expects: 'json',
	};
}

function read(response: ProbeResponse, context: ProbeContext, earlier: readonly ProbeResponse[]) {
	const byGateway = hostOf(context.base) === GATEWAY || earlier.length === 2;
	if (response.status === 401 && isSite(context.base) && !byGateway)
		return untold(
			'not-told',
			context,
			'The site does not accept this token: it is dead, or it has scopes and answers at api.atlassian.com only.',
		);
	if (response.status === 403 && byGateway)
		return told(context, { notes: ['has scopes, and none of them lets it look at its own account'] });
	if (earlier.length === 1)
		return untold(
			'not-told',
			context,
			'The site does not accept this token, and whether the gateway does could not be found out.',
		);
	if (response.status === 401) return invalid('Atlassian', context);
	const failed = byStatus('Atlassian', response, context);
	if (failed) return failed;
	const answer = jsonObject(response);
	const account = text(answer?.displayName) ?? text(answer?.name) ?? text(answer?.username);
	if (account === undefined) return malformed('Atlassian', context);
	return told(context, {
		account,
		notes: [reach(context.base, byGateway)],
	});
}

function reach(base: string, byGateway: boolean): string {
	if (byGateway) return 'has scopes (only the gateway accepts it); Atlassian does not tell which';
	return isSite(base)
		? 'has no scopes (the site itself accepts it): it may do everything that its owner may'
		: 'a Data Center token: it may do everything that its owner may';
}
