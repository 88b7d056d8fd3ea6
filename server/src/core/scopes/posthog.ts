import { isLevel, levelAccess, levelCovers, type ScopeModel } from './model.ts';

/** A key without a list of scopes has them all, which its API writes as `*`. */
export const posthogScopes: ScopeModel = {
	knows: (scope) => scope === '*' || isLevel(scope),
	covers: (granted, needed) => granted === '*' || levelCovers(granted, needed),
	access: (scope) => (scope === '*' ? 'admin' : levelAccess(scope)),
	source: 'PostHog/posthog posthog/api/personal_api_key.py; PostHog/mcp e2ee61a0; read 2026-11',
};
