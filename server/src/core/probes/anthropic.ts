import type { ProbeOutcome } from '../grants/grant.ts';
import { byStatus, jsonObject, malformed, text, told } from './answers.ts';
import { selfHosted } from './bases.ts';
import type { IssuerProbe, ProbeContext, ProbeResponse } from './probe.ts';

export const anthropic: IssuerProbe = {
	issuer: 'anthropic',
	name: 'Anthropic',
	kinds: ['anthropic-api', 'anthropic-admin'],
	tells: 'whether it is live; its organization',
	limits: 'not its workspace, no dates: only an admin key may ask about other keys',
	source: 'platform.claude.com/docs, API: list models, get current organization, response headers; read 2026-11',
	bases: (_, around) => selfHosted(around, ['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_URL'], 'https://api.anthropic.com'),
	noBase:
		'The entry names another host for Anthropic that is not written out here. Write the host itself, or ask where the variable is known.',
	request: ({ kind, base }) => ({
		method: 'GET',
		base,
		path: kind === 'anthropic-admin' ? '/v1/organizations/me' : '/v1/models?limit=1',
		headers: { 'anthropic-version': '2023-06-01' },
		auth: { how: 'header', name: 'x-api-key' },
		expects: 'json',
	}),
	read,
};

function read(response: ProbeResponse, context: ProbeContext): ProbeOutcome {
	const failed = byStatus('Anthropic', response, context);
	if (failed) return failed;
	if (context.kind === 'anthropic-admin') {
		const organization = text(jsonObject(response)?.name);
		if (organization === undefined) return malformed('Anthropic', context);
		return told(context, {
			resources: [`organization ${organization}`],
			notes: ['an admin key: it manages the organization’s members and keys'],
		});
	}
	if (!Array.isArray(jsonObject(response)?.data)) return malformed('Anthropic', context);
	const organization = text(response.headers['anthropic-organization-id']);
	return told(context, {
		resources: organization ? [`organization ${organization}`] : undefined,
		notes: ['live; Anthropic does not tell workspace and limits of a key to the key itself'],
	});
}
