import { actByStatus, confirmed, refused, unknown } from './acts.ts';
import { byStatus, invalid, jsonObject, malformed, rateLimited, text, told, untold, words } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe, ProbeContext, ProbeResponse } from './probe.ts';

const KINDS = ['slack-bot', 'slack-user', 'slack-rotated', 'slack-legacy'];
/** docs.slack.dev, auth.test and auth.revoke, errors; read 2026-11. */
const DEAD = new Set(['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive', 'not_authed']);

export const slack: IssuerProbe = {
	issuer: 'slack',
	name: 'Slack',
	kinds: KINDS,
	tells: 'scopes, workspace, user or bot',
	limits: 'no dates; not which channels a bot was invited to; not GovSlack',
	source: 'docs.slack.dev, auth.test, auth.revoke, response header x-oauth-scopes; read 2026-11',
	bases: () => issuerBase('https://slack.com/api'),
	request: ({ base }) => ({
		method: 'POST',
		pureRead: 'docs.slack.dev, auth.test: checks authentication and tells who you are',
		base,
		path: '/auth.test',
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read,
	revoke: {
		kinds: KINDS,
		alsoEnds: 'A bot’s token takes the bot out of all its channels. The app stays installed.',
		source: 'docs.slack.dev, auth.revoke; read 2026-11',
		request: ({ base }) => ({ method: 'POST', base, path: '/auth.revoke', auth: { how: 'bearer' }, expects: 'json' }),
		read: readRevocation,
	},
};

function read(response: ProbeResponse, context: ProbeContext) {
	const failed = byStatus('Slack', response, context);
	if (failed) return failed;
	const answer = jsonObject(response);
	if (typeof answer?.ok !== 'boolean') return malformed('Slack', context);
	if (!answer.ok) return readError(text(answer.error), context);
	const [team, user] = [text(answer.team), text(answer.user)];
	return told(context, {
		...(response.headers['x-oauth-scopes'] === undefined
			? {}
			: { scopes: words(response.headers['x-oauth-scopes']) ?? [] }),
		account: user,
		resources: team ? [`workspace ${team}`] : undefined,
		notes: [answer.is_enterprise_install === true ? 'installed for the whole Enterprise organization' : undefined],
	});
}

/** Slack answers 200 with an error in the body. */
function readError(error: string | undefined, context: ProbeContext) {
	if (error !== undefined && DEAD.has(error)) return invalid('Slack', context);
	if (error === 'ratelimited') return rateLimited('Slack', context);
	return untold(
		'refused',
		context,
		'Slack does not answer this token. Its app or its network rules may not allow the question.',
	);
}

function readRevocation(response: ProbeResponse, context: ProbeContext) {
	if (response.status < 200 || response.status >= 300) return actByStatus('Slack', 'revoked', response, context);
	const answer = jsonObject(response);
	if (answer?.ok === true && answer.revoked === true) return confirmed(context, 'Slack revoked the token.');
	if (answer?.ok === true)
		return unknown(context, 'Slack took the request and does not say that the token is revoked. Ask about it again.');
	if (answer?.ok !== false)
		return unknown(
			context,
			'Slack answered in a form that its documentation does not describe. Ask about the token again.',
		);
	if (/_error$/.test(text(answer.error) ?? ''))
		return unknown(context, 'Slack had a problem of its own while it revoked the token. Ask about it again.');
	const isDead = DEAD.has(text(answer.error) ?? '');
	return refused(
		context,
		isDead ? 'Slack says that this token was not valid any more.' : 'Slack refused. Use the app’s settings page.',
	);
}
