import { byStatus, invalid, jsonObject, malformed, object, text, told, untold } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

const QUERY = '{ viewer { name admin organization { urlKey } } }';

export const linear: IssuerProbe = {
	issuer: 'linear',
	name: 'Linear',
	kinds: ['linear-api-key', 'linear-oauth'],
	tells: 'person, organization, whether the person administers it',
	limits: 'not the permissions or teams of the key, no dates',
	source: 'linear.app/developers, GraphQL, authentication; read 2026-11',
	bases: () => issuerBase('https://api.linear.app'),
	request: ({ kind, base }) => ({
		method: 'POST',
		pureRead: 'linear.app/developers, GraphQL: a query without a mutation',
		base,
		path: '/graphql',
		// A personal key stands alone in the header, an OAuth token is a bearer.
		auth: kind === 'linear-oauth' ? { how: 'bearer' } : { how: 'header', name: 'authorization' },
		body: { type: 'json', value: { query: QUERY } },
		expects: 'json',
	}),
	read: (response, context) => {
		const answer = jsonObject(response);
		const errors = Array.isArray(answer?.errors) ? answer.errors.map(object) : [];
		if (errors.some((error) => object(error?.extensions)?.code === 'AUTHENTICATION_ERROR'))
			return invalid('Linear', context);
		const failed = byStatus('Linear', response, context);
		if (failed) return failed;
		if (errors.length > 0)
			return untold('refused', context, 'Linear refuses the question: the key may not read its own person.');
		const viewer = object(object(answer?.data)?.viewer);
		if (!viewer) return malformed('Linear', context);
		const organization = text(object(viewer.organization)?.urlKey);
		return told(context, {
			account: text(viewer.name),
			resources: organization ? [`organization ${organization}`] : undefined,
			notes: [
				viewer.admin === true ? 'its person administers the organization' : undefined,
				'Linear does not tell the permissions of a key',
			],
		});
	},
};
