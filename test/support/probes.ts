import assert from 'node:assert/strict';
import type { Grant } from '../../server/src/core/grants/grant.ts';
import { probeFor } from '../../server/src/core/probes/index.ts';
import type { IssuerProbe, ProbeContext, ProbeResponse } from '../../server/src/core/probes/probe.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../../server/src/core/probes/surroundings.ts';

export const NOW = Date.UTC(2026, 10, 23, 12);
export const TOKEN = 'the-token-in-hand';

export function around(env: Record<string, string | undefined> = {}): Surroundings {
	return { ...NO_SURROUNDINGS, env: new Map(Object.entries(env)) };
}

export function contextOf(kind: string, more: Partial<ProbeContext> = {}): ProbeContext {
	const isToken = (text: string, companion?: string) =>
		text === (companion === undefined ? TOKEN : `${companion}-value`);
	return { kind, base: 'https://issuer.example', around: around(), companions: new Set(), now: NOW, isToken, ...more };
}

export function ok(value: unknown, headers: Record<string, string> = {}): ProbeResponse {
	return { status: 200, headers, text: typeof value === 'string' ? value : JSON.stringify(value) };
}

export function read(
	kind: string,
	response: ProbeResponse,
	more: Partial<ProbeContext> = {},
	earlier: ProbeResponse[] = [],
) {
	return probeFor(kind)!.read(response, contextOf(kind, more), earlier);
}

export function grantOf(...args: Parameters<typeof read>): Grant {
	const outcome = read(...args);
	assert.ok(outcome.state === 'told', JSON.stringify(outcome));
	const { source, asOf, ...rest } = outcome.grant;
	assert.deepEqual([source, asOf], ['issuer', NOW]);
	return rest as Grant;
}

/** An entry that writes out every place of its own. */
export const SITES: Surroundings = {
	...around({
		JIRA_URL: 'https://acme.atlassian.net',
		JIRA_USERNAME: 'jane@acme.example',
		MYSHOPIFY_DOMAIN: 'acme.myshopify.com',
		VAULT_ADDR: 'https://vault.acme.example',
		GRAFANA_URL: 'https://grafana.acme.example',
		OAUTH_ISSUER: 'https://id.acme.example',
		CLOUDFLARE_ACCOUNT_ID: '0'.repeat(32),
		NPM_CONFIG_REGISTRY: 'https://registry.acme.example',
	}),
	inside: 'postgres://app:@db.acme.example/shop',
};

export function full(probe: IssuerProbe, kind: string): ProbeContext {
	return contextOf(kind, {
		around: SITES,
		base: probe.bases(kind, SITES)[0]!.url,
		companions: new Set(probe.companions ?? []),
	});
}
