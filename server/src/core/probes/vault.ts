import { actByStatus, confirmed } from './acts.ts';
import {
	byStatus,
	isoTime,
	jsonObject,
	malformed,
	object,
	past,
	seconds,
	text,
	texts,
	told,
	untold,
} from './answers.ts';
import { selfHosted } from './bases.ts';
import type { IssuerProbe, ProbeContext } from './probe.ts';
import { variable } from './surroundings.ts';

const KINDS = ['vault-hvs', 'vault-hvb', 'vault-token-old'];
const SOURCE = 'developer.hashicorp.com/vault/api-docs/auth/token, lookup-self and revoke-self; read 2026-11';

export const vault: IssuerProbe = {
	issuer: 'vault',
	name: 'Vault',
	kinds: KINDS,
	tells: 'policies, creation, expiry, uses left',
	limits: 'not what the policies say; the question takes one use of a token with limited uses',
	source: SOURCE,
	bases: (_, around) => selfHosted(around, ['VAULT_ADDR', 'VAULT_URL', 'VAULT_ADDRESS'], undefined),
	noBase: 'The entry does not write out where this Vault is (VAULT_ADDR).',
	request: (context) => ({
		method: 'GET',
		base: context.base,
		path: '/v1/auth/token/lookup-self',
		...who(context),
		expects: 'json',
	}),
	read: (response, context) => {
		// Vault says the same to a dead token and to one whose policy forbids the question.
		if (response.status === 403)
			return untold(
				'refused',
				context,
				'Vault refuses (403): the token is dead, or its policy does not allow lookup-self.',
			);
		const failed = byStatus('Vault', response, context);
		if (failed) return failed;
		const data = object(jsonObject(response)?.data);
		const policies = texts(data?.policies);
		if (!data || !policies) return malformed('Vault', context);
		const identity = texts(data.identity_policies) ?? [];
		const uses = typeof data.num_uses === 'number' && data.num_uses > 0 ? data.num_uses : undefined;
		return told(context, {
			scopes: [...new Set([...policies, ...identity])],
			access: policies.includes('root') ? 'admin' : undefined,
			account: text(data.display_name),
			createdAt: past(seconds(data.creation_time), context),
			expiresAt: isoTime(data.expire_time),
			neverExpires: data.expire_time === null ? true : undefined,
			notes: [
				uses === undefined ? undefined : `${uses} uses left`,
				data.renewable === true ? 'can be renewed' : undefined,
			],
		});
	},
	revoke: {
		kinds: ['vault-hvs', 'vault-token-old'],
		alsoEnds: 'Tokens and leases that were made with it end too.',
		source: SOURCE,
		request: (context) => ({
			method: 'POST',
			base: context.base,
			path: '/v1/auth/token/revoke-self',
			...who(context),
			expects: 'nothing',
		}),
		read: (response, context) =>
			response.status === 204
				? confirmed(context, 'Vault revoked the token and what was made with it.')
				: actByStatus('Vault', 'revoked', response, context),
	},
};

function who({ around }: ProbeContext) {
	const namespace = variable(around, 'VAULT_NAMESPACE')?.value;
	const isPlain = namespace !== undefined && /^[A-Za-z0-9/_.-]{1,200}$/.test(namespace);
	return {
		auth: { how: 'header', name: 'x-vault-token' } as const,
		headers: { 'x-vault-request': 'true', ...(isPlain ? { 'x-vault-namespace': namespace } : {}) },
	};
}
