import { texts } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const sendgrid: IssuerProbe = {
	issuer: 'sendgrid',
	name: 'SendGrid',
	kinds: ['sendgrid-api-key'],
	tells: 'scopes',
	limits: 'no dates; keys of EU subusers live at another host and look dead here',
	source: 'twilio.com/docs/sendgrid, retrieve a list of scopes; read 2026-11',
	bases: () => issuerBase('https://api.sendgrid.com'),
	request: ({ base }) => ({ method: 'GET', base, path: '/v3/scopes', auth: { how: 'bearer' }, expects: 'json' }),
	read: readObject('SendGrid', (answer) => {
		const scopes = texts(answer.scopes);
		return scopes && { scopes };
	}),
};
