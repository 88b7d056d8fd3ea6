import { object, text } from './answers.ts';
import { hostOf, selfHosted } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const shopify: IssuerProbe = {
	issuer: 'shopify',
	name: 'Shopify',
	kinds: ['shopify-shpat', 'shopify-shpca', 'shopify-shppa'],
	tells: 'scopes',
	limits: 'no dates; needs the shop’s name from the entry',
	source: 'shopify.dev, admin-rest, AccessScope; read 2026-11',
	bases: (_, around) =>
		selfHosted(
			around,
			[
				'MYSHOPIFY_DOMAIN',
				'SHOPIFY_STORE_DOMAIN',
				'SHOPIFY_SHOP_DOMAIN',
				'SHOPIFY_DOMAIN',
				'SHOPIFY_STORE',
				'SHOPIFY_SHOP',
				'DOMAIN',
				'SHOP',
			],
			undefined,
			shopBase,
		),
	noBase: 'The entry does not write out which shop this token belongs to (name.myshopify.com).',
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/admin/oauth/access_scopes.json',
		auth: { how: 'header', name: 'x-shopify-access-token' },
		expects: 'json',
	}),
	read: readObject('Shopify', (answer, { base }) => {
		if (!Array.isArray(answer.access_scopes)) return undefined;
		const scopes = answer.access_scopes.slice(0, 500).flatMap((scope) => text(object(scope)?.handle) ?? []);
		return { scopes, resources: [`shop ${hostOf(base)}`] };
	}),
};

/** `acme`, `acme.myshopify.com`; no other domain, because tokens are accepted there only. */
function shopBase(base: string): string | undefined {
	const host = hostOf(base);
	if (/^[a-z0-9-]{1,80}$/.test(host)) return `https://${host}.myshopify.com`;
	return /^[a-z0-9-]{1,80}\.myshopify\.com$/.test(host) ? `https://${host}` : undefined;
}
