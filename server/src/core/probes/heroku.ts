import { actByStatus, confirmed } from './acts.ts';
import {
	byStatus,
	type Fields,
	isoTime,
	jsonList,
	malformed,
	object,
	past,
	secondsFromNow,
	text,
	texts,
	told,
	untold,
} from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe, ProbeContext, ProbeRequest, ProbeResponse } from './probe.ts';

const HEADERS = { accept: 'application/vnd.heroku+json; version=3' };
const SOURCE = 'devcenter.heroku.com, platform API reference, OAuth authorization; read 2026-11';

export const heroku: IssuerProbe = {
	issuer: 'heroku',
	name: 'Heroku',
	kinds: ['heroku-api-key', 'heroku-api-key-old'],
	tells: 'scopes, creation, expiry',
	limits: 'only to tokens with the global scope; the answer lists the account’s other tokens, of which nothing is kept',
	source: SOURCE,
	bases: () => issuerBase('https://api.heroku.com'),
	request: list,
	read: (response, context) => {
		const failed = byStatus('Heroku', response, context);
		if (failed) return failed;
		if (!jsonList(response)) return malformed('Heroku', context);
		const own = ownAuthorization(response, context);
		// An authorization of the same account is not this token: nothing may be taken from it.
		if (!own)
			return untold(
				'not-told',
				context,
				'Heroku lists the account’s authorizations, and this token is not among them.',
			);
		const scopes = texts(own.scope);
		const lifetime = object(own.access_token)?.expires_in;
		const description = text(own.description);
		return told(context, {
			...(scopes ? { scopes } : {}),
			access: scopes?.includes('global') ? 'admin' : undefined,
			createdAt: past(isoTime(own.created_at), context),
			expiresAt: secondsFromNow(lifetime, context),
			neverExpires: lifetime === null ? true : undefined,
			notes: [description && `described as "${description}"`],
		});
	},
	revoke: {
		kinds: ['heroku-api-key', 'heroku-api-key-old'],
		source: SOURCE,
		before: list,
		request: (context, before) => {
			const id = before && text(ownAuthorization(before, context)?.id);
			if (id === undefined || !/^[0-9a-f-]{36}$/.test(id))
				return { missing: 'Heroku does not show which authorization this token belongs to. Use its settings page.' };
			return {
				method: 'DELETE',
				base: context.base,
				path: `/oauth/authorizations/${id}`,
				headers: HEADERS,
				auth: { how: 'bearer' },
				expects: 'nothing',
			};
		},
		read: (response, context) =>
			response.status === 200
				? confirmed(context, 'Heroku deleted the authorization of this token.')
				: actByStatus('Heroku', 'revoked', response, context),
	},
};

function list({ base }: ProbeContext): ProbeRequest {
	return {
		method: 'GET',
		base,
		path: '/oauth/authorizations',
		headers: HEADERS,
		auth: { how: 'bearer' },
		expects: 'json',
	};
}

/** The one whose token is the one in hand; never just the first. */
function ownAuthorization(response: ProbeResponse, context: ProbeContext): Fields | undefined {
	return jsonList(response)
		?.map(object)
		.find((item) => {
			const token = object(item?.access_token)?.token;
			return typeof token === 'string' && context.isToken(token);
		});
}
