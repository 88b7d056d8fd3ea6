import { byStatus, isoTime, jsonObject, malformed, past, text, texts, told } from './answers.ts';
import { selfHosted } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const posthog: IssuerProbe = {
	issuer: 'posthog',
	name: 'PostHog',
	kinds: ['posthog-personal'],
	tells: 'scopes, projects, organizations, creation, last use',
	limits: 'no expiry; a narrow key may not look at itself; without a region in the entry the US cloud is asked',
	source: 'PostHog/posthog, posthog/api/personal_api_key.py; read 2026-11',
	bases: (_, around) =>
		selfHosted(
			around,
			['POSTHOG_HOST', 'POSTHOG_BASE_URL', 'POSTHOG_URL', 'POSTHOG_API_HOST'],
			'https://us.posthog.com',
		),
	noBase:
		'The entry names a PostHog host that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/api/personal_api_keys/@current/',
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read: (response, context) => {
		const failed = byStatus('PostHog', response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		const scopes = texts(answer?.scopes);
		if (!answer || !scopes) return malformed('PostHog', context);
		const teams = texts(answer.scoped_teams)?.map((id) => `project ${id}`) ?? [];
		const organizations = texts(answer.scoped_organizations)?.map((id) => `organization ${id}`) ?? [];
		const reach = [...teams, ...organizations];
		const label = text(answer.label);
		return told(context, {
			scopes,
			access: scopes.includes('*') ? 'admin' : undefined,
			resources: reach.length > 0 ? reach : undefined,
			createdAt: past(isoTime(answer.created_at), context),
			lastUsedAt: past(isoTime(answer.last_used_at), context),
			notes: [label && `named "${label}"`, reach.length > 0 ? undefined : 'not limited to projects or organizations'],
		});
	},
};
