import { SecretValue } from '../secret-value.ts';
import { actByStatus, confirmed, unknown } from './acts.ts';
import { byStatus, invalid, isoTime, jsonObject, malformed, past, text, texts, told } from './answers.ts';
import { OWN_HOST, selfHosted } from './bases.ts';
import type { ActRequest, IssuerProbe, ProbeContext, ProbeResponse, RotateOutcome } from './probe.ts';

const KINDS = ['gitlab-pat', 'gitlab-pat-routable'];
const SELF = '/personal_access_tokens/self';
const SOURCE = 'docs.gitlab.com, personal access tokens API; read 2026-11';

export const gitlab: IssuerProbe = {
	issuer: 'gitlab',
	name: 'GitLab',
	kinds: KINDS,
	tells: 'scopes, creation, expiry, last use, name',
	limits: 'not which projects and groups; the question counts as a use',
	source: SOURCE,
	bases: (_, around) => selfHosted(around, OWN_HOST.gitlab, 'https://gitlab.com/api/v4', apiBase),
	noBase:
		'The entry names a GitLab host that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: SELF,
		auth: { how: 'header', name: 'private-token' },
		expects: 'json',
	}),
	read,
	revoke: {
		kinds: KINDS,
		source: SOURCE,
		request: ({ base }) => act(base, 'DELETE', SELF),
		read: (response, context) =>
			response.status === 204
				? confirmed(context, 'GitLab revoked the token.')
				: actByStatus('GitLab', 'revoked', response, context),
	},
	rotate: {
		kinds: KINDS,
		aboutOld: 'The old value dies at once. Whoever uses it afterwards makes GitLab revoke the new one too.',
		keepsRights:
			'docs.gitlab.com, project access tokens, rotate an access token: the same permissions and scope; read 2026-11',
		source: SOURCE,
		request: ({ base }, expiresOn) => ({
			...act(base, 'POST', `${SELF}/rotate`),
			body: { type: 'json', value: expiresOn === undefined ? {} : { expires_at: expiresOn } },
			expects: 'json',
		}),
		read: readRotation,
	},
};

function act(base: string, method: 'POST' | 'DELETE', path: string): ActRequest {
	return { method, base, path, auth: { how: 'header', name: 'private-token' }, expects: 'nothing' };
}

function apiBase(base: string): string {
	return base.endsWith('/api/v4') ? base : `${base}/api/v4`;
}

function read(response: ProbeResponse, context: ProbeContext) {
	const failed = byStatus('GitLab', response, context);
	if (failed) return failed;
	const answer = jsonObject(response);
	const scopes = texts(answer?.scopes);
	if (!answer || !scopes) return malformed('GitLab', context);
	if (answer.revoked === true || answer.active === false) return invalid('GitLab', context);
	const name = text(answer.name);
	return told(context, {
		scopes,
		createdAt: past(isoTime(answer.created_at), context),
		expiresAt: isoTime(answer.expires_at),
		neverExpires: answer.expires_at === null ? true : undefined,
		lastUsedAt: past(isoTime(answer.last_used_at), context),
		account: answer.user_id === undefined ? undefined : `user ${text(answer.user_id)}`,
		notes: [name && `named "${name}"`],
	});
}

function readRotation(response: ProbeResponse, context: ProbeContext): RotateOutcome {
	if (response.status !== 200 && response.status !== 201) return actByStatus('GitLab', 'rotated', response, context);
	const answer = jsonObject(response);
	const token = answer?.token;
	if (typeof token !== 'string' || token.length < 8 || token.length > 512)
		return unknown(
			context,
			'GitLab says that it rotated the token, but the new value is not in its answer. Make a new one on its settings page.',
		);
	const expiresAt = isoTime(answer?.expires_at);
	return {
		...confirmed(context, 'GitLab made a new value. The old one is dead.'),
		secret: SecretValue.of(token),
		...(expiresAt === undefined ? {} : { expiresAt }),
	};
}
