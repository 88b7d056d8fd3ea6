import { byStatus, jsonObject, malformed, text, told } from './answers.ts';
import { selfHosted } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

export const openai: IssuerProbe = {
	issuer: 'openai',
	name: 'OpenAI',
	kinds: ['openai-project', 'openai-service-account', 'openai-legacy', 'openai-admin'],
	tells: 'whether it is live; its organization; of an admin key, that it may list the organization’s keys',
	limits: 'not the permissions of a restricted key, no dates: only an admin key may ask about other keys',
	source:
		'developers.openai.com, API reference: models, admin API keys, response header openai-organization; read 2026-11',
	bases: (_, around) => selfHosted(around, ['OPENAI_BASE_URL', 'OPENAI_API_BASE'], 'https://api.openai.com/v1'),
	noBase:
		'The entry names another host for OpenAI that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ kind, base }) => ({
		method: 'GET',
		base,
		path: kind === 'openai-admin' ? '/organization/admin_api_keys?limit=1' : '/models',
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read: (response, context) => {
		const failed = byStatus('OpenAI', response, context);
		if (failed) return failed;
		if (jsonObject(response)?.object !== 'list') return malformed('OpenAI', context);
		const organization = text(response.headers['openai-organization']);
		return told(context, {
			resources: organization ? [`organization ${organization}`] : undefined,
			notes: [
				context.kind === 'openai-admin'
					? 'may list the admin keys of its organization'
					: 'live; OpenAI does not tell the permissions of a key to the key itself',
			],
		});
	},
};
