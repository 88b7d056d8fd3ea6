import { byStatus, jsonList, malformed, object, text, told } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const supabase: IssuerProbe = {
	issuer: 'supabase',
	name: 'Supabase',
	kinds: ['supabase-access-token', 'supabase-oauth-token'],
	tells: 'projects it reaches',
	limits: 'not what it may do there, no dates; project keys tell role and dates by themselves',
	source: 'supabase.com/docs/reference/api, list all projects; read 2026-11',
	bases: () => issuerBase('https://api.supabase.com'),
	request: ({ base }) => ({ method: 'GET', base, path: '/v1/projects', auth: { how: 'bearer' }, expects: 'json' }),
	read: (response, context) => {
		const failed = byStatus('Supabase', response, context);
		if (failed) return failed;
		const projects = jsonList(response)?.slice(0, 200).map(object);
		if (!projects) return malformed('Supabase', context);
		return told(context, {
			resources: projects.flatMap((project) => {
				const name = text(project?.name) ?? text(project?.id);
				return name ? [`project ${name}`] : [];
			}),
			notes: ['a classic token has all rights of its account; Supabase does not tell whether this one is narrower'],
		});
	},
};
