import { byStatus, invalid, jsonObject, malformed, secondsFromNow, text, told, words } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const google: IssuerProbe = {
	issuer: 'google',
	name: 'Google',
	kinds: ['google-access-token'],
	tells: 'scopes, expiry, account',
	limits: 'API keys and client secrets tell nothing to their holder',
	source:
		'Google API discovery, OAuth2 v2, tokeninfo; go.chromium.org/luci, googleauth (form of the answer); read 2026-11',
	bases: () => issuerBase('https://oauth2.googleapis.com'),
	request: ({ base }) => ({
		method: 'POST',
		pureRead: 'Google API discovery, OAuth2 v2, tokeninfo: information about an access token',
		base,
		path: '/tokeninfo',
		auth: { how: 'form', name: 'access_token' },
		expects: 'json',
	}),
	read: (response, context) => {
		if (response.status === 400) return invalid('Google', context);
		const failed = byStatus('Google', response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		const scopes = words(answer?.scope);
		if (!answer || !scopes) return malformed('Google', context);
		const client = text(answer.azp) ?? text(answer.aud);
		return told(context, {
			scopes,
			account: text(answer.email),
			expiresAt: secondsFromNow(answer.expires_in, context),
			notes: [client && `issued to the app ${client}`],
		});
	},
};
