import { byStatus, invalid, isoTime, jsonObject, malformed, object, text, told, untold } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';
import { variable } from './surroundings.ts';

export const cloudflare: IssuerProbe = {
	issuer: 'cloudflare',
	name: 'Cloudflare',
	kinds: ['cloudflare-user-token', 'cloudflare-account-token', 'cloudflare-token-old'],
	tells: 'expiry, whether it is active',
	limits: 'not the permissions, no creation date; account tokens need the account id from the entry',
	source: 'developers.cloudflare.com/api, user and account tokens, verify; read 2026-11',
	bases: () => issuerBase('https://api.cloudflare.com/client/v4'),
	request: ({ kind, base, around }) => {
		const account = variable(around, 'CLOUDFLARE_ACCOUNT_ID', 'CF_ACCOUNT_ID')?.value;
		if (kind !== 'cloudflare-account-token')
			return { method: 'GET', base, path: '/user/tokens/verify', auth: { how: 'bearer' }, expects: 'json' };
		if (account === undefined || !/^[0-9a-f]{32}$/.test(account))
			return {
				missing:
					'Cloudflare asks for the account id of an account token, and the entry does not write it out (CLOUDFLARE_ACCOUNT_ID).',
			};
		return {
			method: 'GET',
			base,
			path: `/accounts/${account}/tokens/verify`,
			auth: { how: 'bearer' },
			expects: 'json',
		};
	},
	read: (response, context) => {
		// An unknown token gets 400 or 401 with code 1000 or 6003.
		const answer = jsonObject(response);
		if (response.status === 400 && answer?.success === false) return invalid('Cloudflare', context);
		const failed = byStatus('Cloudflare', response, context);
		if (failed) return failed;
		const result = object(answer?.result);
		if (answer?.success !== true || !result) return malformed('Cloudflare', context);
		const status = text(result.status);
		if (status === 'expired' || status === 'disabled')
			return untold('invalid', context, `Cloudflare says that this token is ${status}.`);
		return told(context, {
			expiresAt: isoTime(result.expires_on),
			neverExpires: status === 'active' && result.expires_on === undefined ? true : undefined,
			notes: ['Cloudflare does not tell the permissions of a token; its dashboard shows them'],
		});
	},
};
