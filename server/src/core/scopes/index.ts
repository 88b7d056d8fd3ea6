import type { TokenKind } from '../issuers/issuer.ts';
import { airtableScopes } from './airtable.ts';
import { atlassianScopes } from './atlassian.ts';
import { cloudflareScopes } from './cloudflare.ts';
import { figmaScopes } from './figma.ts';
import { githubPermissions, githubScopes } from './github.ts';
import { gitlabScopes } from './gitlab.ts';
import { googleScopes } from './google.ts';
import { grafanaScopes } from './grafana.ts';
import type { ScopeModel } from './model.ts';
import { neonScopes } from './neon.ts';
import { postgresScopes } from './postgres.ts';
import { posthogScopes } from './posthog.ts';
import { sentryScopes } from './sentry.ts';
import { slackScopes } from './slack.ts';

/** By issuer: how its scopes contain each other. An issuer that is not here has no scopes to compare. */
export const SCOPE_MODELS: Readonly<Record<string, ScopeModel>> = {
	airtable: airtableScopes,
	atlassian: atlassianScopes,
	cloudflare: cloudflareScopes,
	figma: figmaScopes,
	github: githubScopes,
	gitlab: gitlabScopes,
	google: googleScopes,
	grafana: grafanaScopes,
	neon: neonScopes,
	postgres: postgresScopes,
	posthog: posthogScopes,
	sentry: sentryScopes,
	slack: slackScopes,
};

const WITH_PERMISSIONS: ReadonlySet<string> = new Set([
	'github-pat-fine-grained',
	'github-app-user',
	'github-app-installation',
]);

/** Does this kind carry fine-grained permissions instead of scopes? */
export function hasPermissions(kind: Pick<TokenKind, 'id'>): boolean {
	return WITH_PERMISSIONS.has(kind.id);
}

export function scopeModel(issuer: string, kind?: Pick<TokenKind, 'id'>): ScopeModel | undefined {
	if (kind && hasPermissions(kind)) return githubPermissions;
	return Object.hasOwn(SCOPE_MODELS, issuer) ? SCOPE_MODELS[issuer] : undefined;
}
