import { text, texts } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const hubspot: IssuerProbe = {
	issuer: 'hubspot',
	name: 'HubSpot',
	kinds: ['hubspot-private-app'],
	tells: 'scopes, account (hub), app',
	limits: 'no dates',
	source: 'developers.hubspot.com, private apps, access-token-info; read 2026-11',
	bases: () => issuerBase('https://api.hubapi.com'),
	request: ({ base }) => ({
		method: 'POST',
		pureRead: 'developers.hubspot.com, private apps: returns information about the access token',
		base,
		path: '/oauth/v2/private-apps/get/access-token-info',
		auth: { how: 'json', name: 'tokenKey' },
		expects: 'json',
	}),
	read: readObject('HubSpot', (answer) => {
		const scopes = texts(answer.scopes);
		if (!scopes) return undefined;
		const [hub, app] = [text(answer.hubId), text(answer.appId)];
		return { scopes, resources: hub ? [`account ${hub}`] : undefined, notes: [app && `private app ${app}`] };
	}),
};
