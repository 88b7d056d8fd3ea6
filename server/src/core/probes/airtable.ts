import { text, texts } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const airtable: IssuerProbe = {
	issuer: 'airtable',
	name: 'Airtable',
	kinds: ['airtable-pat'],
	tells: 'user',
	limits: 'scopes for OAuth tokens only, not the bases, no dates',
	source: 'airtable.com/developers/web/api/get-user-id-scopes; read 2026-11',
	bases: () => issuerBase('https://api.airtable.com'),
	request: ({ base }) => ({ method: 'GET', base, path: '/v0/meta/whoami', auth: { how: 'bearer' }, expects: 'json' }),
	read: readObject('Airtable', (answer) => {
		const id = text(answer.id);
		if (id === undefined) return undefined;
		const scopes = texts(answer.scopes);
		return {
			...(scopes ? { scopes } : {}),
			account: text(answer.email) ?? id,
			notes: [scopes ? undefined : 'Airtable tells scopes to OAuth tokens only; its token page shows them'],
		};
	}),
};
