import { actByStatus, confirmed } from './acts.ts';
import { texts } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

const SOURCE = 'buildkite.com/docs/apis/rest-api/access-token; read 2026-11';

export const buildkite: IssuerProbe = {
	issuer: 'buildkite',
	name: 'Buildkite',
	kinds: ['buildkite-bkua'],
	tells: 'scopes of the REST API',
	limits: 'not whether GraphQL is allowed, no dates',
	source: SOURCE,
	bases: () => issuerBase('https://api.buildkite.com/v2'),
	request: ({ base }) => ({ method: 'GET', base, path: '/access-token', auth: { how: 'bearer' }, expects: 'json' }),
	read: readObject('Buildkite', (answer) => {
		const scopes = texts(answer.scopes);
		// A token may use GraphQL besides, which has no scopes and is not in this list.
		return scopes && { scopes, precision: 'at-least', notes: ['GraphQL access is not in this list'] };
	}),
	revoke: {
		kinds: ['buildkite-bkua'],
		source: SOURCE,
		request: ({ base }) => ({
			method: 'DELETE',
			base,
			path: '/access-token',
			auth: { how: 'bearer' },
			expects: 'nothing',
		}),
		read: (response, context) =>
			response.status === 204
				? confirmed(context, 'Buildkite revoked the token.')
				: actByStatus('Buildkite', 'revoked', response, context),
	},
};
