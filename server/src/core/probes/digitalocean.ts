import { object, text } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const digitalocean: IssuerProbe = {
	issuer: 'digitalocean',
	name: 'DigitalOcean',
	kinds: ['digitalocean-pat', 'digitalocean-oauth'],
	tells: 'account, team',
	limits: 'not the scopes, no dates; a token without account:read is refused',
	source: 'docs.digitalocean.com, API reference, account get; read 2026-11',
	bases: () => issuerBase('https://api.digitalocean.com'),
	request: ({ base }) => ({ method: 'GET', base, path: '/v2/account', auth: { how: 'bearer' }, expects: 'json' }),
	read: readObject('DigitalOcean', (answer) => {
		const account = object(answer.account);
		if (!account) return undefined;
		const team = text(object(account.team)?.name);
		return {
			account: text(account.email) ?? text(account.uuid),
			resources: team ? [`team ${team}`] : undefined,
			notes: ['DigitalOcean does not tell the scopes of a token; its settings page shows them'],
		};
	}),
};
