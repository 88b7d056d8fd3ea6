import { actByStatus, confirmed, refused } from './acts.ts';
import {
	byStatus,
	invalid,
	jsonObject,
	malformed,
	past,
	seconds,
	text,
	texts,
	told,
	untold,
	words,
} from './answers.ts';
import { selfHosted } from './bases.ts';
import type { ActRequest, IssuerProbe, Missing, ProbeContext, ProbeRequest, ProbeResponse } from './probe.ts';

const ID = 'OAUTH_CLIENT_ID';
const SECRET = 'OAUTH_CLIENT_SECRET';
const SERVERS = ['OAUTH_ISSUER', 'OIDC_ISSUER', 'OAUTH_ISSUER_URL', 'OIDC_ISSUER_URL', 'ISSUER_URL'];

const STRANGER = `The authorization server does not accept the client that stands beside the token (${ID}).`;
const SIGNED =
	'The authorization server does not answer about signed tokens. What such a token says of itself is shown already.';

/**
 * Any authorization server that publishes its metadata and answers introspection (RFC 7662) and revocation (RFC 7009). The
 * server is the one that the entry names: what a token says of its own issuer is not believed.
 */
export const oauth: IssuerProbe = {
	issuer: 'jwt',
	name: 'The authorization server',
	// Opaque tokens have no form of their own: only the entry says that they come from an authorization server.
	kinds: ['jwt', 'unidentified-key'],
	tells: 'scopes, client, subject, creation, expiry',
	limits: 'only beside the client’s id and secret, because introspection asks who is asking',
	source:
		'RFC 7662 (introspection), RFC 7009 (revocation), RFC 8414 and OpenID Connect Discovery (metadata); read 2026-11',
	companions: [ID, SECRET],
	bases: (_, around) => selfHosted(around, SERVERS, undefined),
	noBase: 'The entry does not write out which authorization server issued this token (OAUTH_ISSUER).',
	request: metadata,
	next: (answers, context) => {
		const endpoint = answers.length === 1 ? endpointOf(answers[0], 'introspection_endpoint', context.base) : undefined;
		return endpoint === undefined ? undefined : introspection(endpoint);
	},
	read: (response, context, earlier) => {
		const isAnswer = earlier.length > 0;
		if (isAnswer && response.status === 401) return untold('refused', context, STRANGER);
		if (isAnswer && isUnsupported(response)) return untold('not-told', context, SIGNED);
		const failed = byStatus('The authorization server', response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		if (!isAnswer)
			return answer
				? untold('not-told', context, 'This authorization server publishes no introspection at its own host.')
				: malformed('The authorization server', context);
		if (answer?.active === false) return invalid('The authorization server', context);
		if (answer?.active !== true) return malformed('The authorization server', context);
		const client = text(answer.client_id);
		return told(context, {
			...(words(answer.scope) ? { scopes: words(answer.scope) ?? [] } : {}),
			account: text(answer.username) ?? text(answer.sub),
			resources: audience(answer.aud),
			createdAt: past(seconds(answer.iat), context),
			expiresAt: seconds(answer.exp),
			notes: [client && `issued to the client ${client}`],
		});
	},
	revoke: {
		kinds: ['jwt', 'unidentified-key'],
		source: 'RFC 7009, section 2; read 2026-11',
		before: metadata,
		request: revocation,
		read: (response, context) => {
			if (response.status === 401) return refused(context, `${STRANGER} Nothing was revoked.`);
			if (isUnsupported(response))
				return refused(context, 'The authorization server cannot revoke signed tokens: they live until they expire.');
			if (response.status !== 200) return actByStatus('The authorization server', 'revoked', response, context);
			// The standard answers 200 to an unknown token too: either way it is not valid afterwards.
			return confirmed(
				context,
				'The authorization server says that this token is not valid any more. Services that check JWTs by themselves accept it until it expires.',
			);
		},
	},
};

/** RFC 7009, section 2.2.1. */
function isUnsupported(response: ProbeResponse): boolean {
	return response.status === 400 && jsonObject(response)?.error === 'unsupported_token_type';
}

function introspection({ base, path }: Endpoint): ProbeRequest {
	return {
		method: 'POST',
		pureRead: 'RFC 7662, section 2: asks for the state of a token',
		base,
		path,
		auth: { how: 'form', name: 'token', client: { id: ID, secret: SECRET } },
		expects: 'json',
	};
}

function metadata({ base, companions }: ProbeContext): ProbeRequest | Missing {
	if (!companions.has(ID) || !companions.has(SECRET))
		return { missing: `The authorization server asks who is asking, and the entry holds no ${ID} and ${SECRET}.` };
	return { method: 'GET', base, path: '/.well-known/openid-configuration', auth: { how: 'none' }, expects: 'json' };
}

function revocation({ base }: ProbeContext, before?: ProbeResponse): ActRequest | Missing {
	const endpoint = endpointOf(before, 'revocation_endpoint', base);
	if (!endpoint) return { missing: 'This authorization server publishes no revocation at its own host.' };
	return {
		method: 'POST',
		...endpoint,
		auth: { how: 'form', name: 'token', client: { id: ID, secret: SECRET } },
		expects: 'nothing',
	};
}

interface Endpoint {
	readonly base: string;
	readonly path: string;
}

/** Undefined for an endpoint at another origin: that host was not shown to the person. */
function endpointOf(metadata: ProbeResponse | undefined, name: string, base: string): Endpoint | undefined {
	const url = metadata && jsonObject(metadata)?.[name];
	const origin = base.split('/', 3).join('/');
	if (metadata?.status !== 200 || typeof url !== 'string' || !url.startsWith(`${origin}/`)) return undefined;
	const path = url.slice(origin.length);
	return /^(?:\/[A-Za-z0-9._~-]{1,100}){1,10}$/.test(path) ? { base: origin, path } : undefined;
}

function audience(value: unknown): readonly string[] | undefined {
	const list = texts(Array.isArray(value) ? value : value === undefined ? [] : [value]) ?? [];
	return list.length > 0 ? list.map((name) => `audience ${name}`) : undefined;
}
