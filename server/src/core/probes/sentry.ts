import { byStatus, invalid, jsonObject, malformed, object, text, texts, told } from './answers.ts';
import { OWN_HOST, selfHosted } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const sentry: IssuerProbe = {
	issuer: 'sentry',
	name: 'Sentry',
	kinds: ['sentry-user', 'sentry-legacy'],
	tells: 'scopes, user',
	limits: 'no dates; organization tokens (sntrys_) tell their own creation time without a question',
	source: 'getsentry/sentry, src/sentry/api/endpoints/index.py; read 2026-11',
	bases: (_, around) => selfHosted(around, OWN_HOST.sentry, 'https://sentry.io'),
	noBase:
		'The entry names a Sentry host that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ base }) => ({ method: 'GET', base, path: '/api/0/', auth: { how: 'bearer' }, expects: 'json' }),
	read: (response, context) => {
		const failed = byStatus('Sentry', response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		if (!answer || !('auth' in answer)) return malformed('Sentry', context);
		// A bad token gets 200 too.
		if (answer.auth === null) return invalid('Sentry', context);
		const scopes = texts(object(answer.auth)?.scopes);
		if (!scopes) return malformed('Sentry', context);
		const user = object(answer.user);
		return told(context, { scopes, account: text(user?.username) ?? text(user?.email) });
	},
};
