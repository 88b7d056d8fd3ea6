import { text } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const figma: IssuerProbe = {
	issuer: 'figma',
	name: 'Figma',
	kinds: ['figma-pat'],
	tells: 'person',
	limits: 'not the scopes, no dates; a token without current_user:read is refused',
	source: 'developers.figma.com, REST API, users (GET /v1/me); read 2026-11',
	bases: () => issuerBase('https://api.figma.com'),
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/v1/me',
		auth: { how: 'header', name: 'x-figma-token' },
		expects: 'json',
	}),
	read: readObject('Figma', (answer) => {
		const account = text(answer.handle) ?? text(answer.email);
		return account === undefined ? undefined : { account, notes: ['Figma does not tell the scopes of a token'] };
	}),
};
