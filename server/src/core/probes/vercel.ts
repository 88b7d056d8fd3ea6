import { actByStatus, confirmed, unknown } from './acts.ts';
import { jsonObject, milliseconds, object, past, text } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const vercel: IssuerProbe = {
	issuer: 'vercel',
	name: 'Vercel',
	kinds: ['vercel-vcp', 'vercel-vca'],
	tells: 'teams it is limited to, creation, last use, expiry, name',
	limits: 'inside a team it may do what its person may',
	source: 'vercel.com/docs/rest-api, get auth token metadata; read 2026-11',
	bases: () => issuerBase('https://api.vercel.com'),
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/v5/user/tokens/current',
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read: readObject('Vercel', (answer, context) => {
		const token = object(answer.token);
		if (text(token?.id) === undefined || !token) return undefined;
		const scopes = Array.isArray(token.scopes) ? token.scopes.slice(0, 200).map(object) : [];
		const reach = scopes.flatMap((scope) => {
			const team = text(scope?.teamId);
			return team ? [`team ${team}`] : scope?.type === 'user' ? ['the whole account'] : [];
		});
		const name = text(token.name);
		return {
			resources: reach.length > 0 ? [...new Set(reach)] : undefined,
			createdAt: past(milliseconds(token.createdAt), context),
			lastUsedAt: past(milliseconds(token.activeAt), context),
			expiresAt: milliseconds(token.expiresAt),
			notes: [name && `named "${name}"`],
		};
	}),
	revoke: {
		kinds: ['vercel-vcp'],
		source: 'vercel.com/docs/rest-api, delete an authentication token; read 2026-11',
		request: ({ base }) => ({
			method: 'DELETE',
			base,
			path: '/v3/user/tokens/current',
			auth: { how: 'bearer' },
			expects: 'json',
		}),
		read: (response, context) => {
			if (response.status !== 200) return actByStatus('Vercel', 'revoked', response, context);
			return text(jsonObject(response)?.tokenId) === undefined
				? unknown(
						context,
						'Vercel answered in a form that its documentation does not describe. Ask about the token again.',
					)
				: confirmed(context, 'Vercel deleted the token.');
		},
	},
};
