import { byStatus, invalid, jsonObject, malformed, object, text, texts, told } from './answers.ts';
import { hostOf, selfHosted } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

/** docs.datadoghq.com, validate API key; read 2026-11. A key is never tried at a site that the entry does not name. */
const SITES = new Set([
	'datadoghq.com',
	'us3.datadoghq.com',
	'us5.datadoghq.com',
	'datadoghq.eu',
	'ap1.datadoghq.com',
	'ap2.datadoghq.com',
	'uk1.datadoghq.com',
	'ddog-gov.com',
	'us2.ddog-gov.com',
]);

export const datadog: IssuerProbe = {
	issuer: 'datadog',
	name: 'Datadog',
	kinds: ['datadog-api-key'],
	tells: 'scopes and organization of an API key',
	limits: 'not application keys; no dates; without DD_SITE the US site is asked, as Datadog’s own clients do',
	source: 'docs.datadoghq.com/api, validate API key (v2, preview); read 2026-11',
	bases: (_, around) => selfHosted(around, ['DD_SITE', 'DATADOG_SITE'], 'https://api.datadoghq.com', siteBase),
	noBase: 'The entry names a Datadog site that is not written out here, or that Datadog does not list (DD_SITE).',
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/api/v2/validate',
		auth: { how: 'header', name: 'dd-api-key' },
		expects: 'json',
	}),
	read: (response, context) => {
		// The v1 question answers 403 to a dead key, and so does this one.
		if (response.status === 403) return invalid('Datadog', context);
		const failed = byStatus('Datadog', response, context);
		if (failed) return failed;
		const data = object(jsonObject(response)?.data);
		const attributes = object(data?.attributes);
		const scopes = texts(attributes?.api_key_scopes);
		if (!attributes || !scopes) return malformed('Datadog', context);
		if (attributes.valid !== true) return invalid('Datadog', context);
		const organization = text(data?.id);
		return told(context, { scopes, resources: organization ? [`organization ${organization}`] : undefined });
	},
};

function siteBase(base: string): string | undefined {
	const site = hostOf(base).replace(/^(?:api|app)\./, '');
	return SITES.has(site) ? `https://api.${site}` : undefined;
}
