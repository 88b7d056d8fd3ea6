import { byStatus, malformed, text, told, words } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const bitbucket: IssuerProbe = {
	issuer: 'bitbucket',
	name: 'Bitbucket',
	kinds: ['bitbucket-access-token'],
	tells: 'scopes, whether it is bound to a repository, a project or a workspace',
	limits: 'no dates; API tokens of an account need its e-mail address and are not asked about',
	source: 'support.atlassian.com, Bitbucket Cloud KB, how to fetch the scope of a token; read 2026-11',
	bases: () => issuerBase('https://api.bitbucket.org/2.0'),
	request: ({ base }) => ({ method: 'HEAD', base, path: '/repositories', auth: { how: 'bearer' }, expects: 'nothing' }),
	read: (response, context) => {
		const failed = byStatus('Bitbucket', response, context);
		if (failed) return failed;
		const scopes = words(response.headers['x-oauth-scopes']);
		const bound = text(response.headers['x-credential-type']);
		if (!scopes && !bound) return malformed('Bitbucket', context);
		return told(context, { ...(scopes ? { scopes } : {}), notes: [bound && `credential type ${bound}`] });
	},
};
