import { isLevel, levelAccess, levelCovers, type ScopeModel } from './model.ts';

/** `org:admin` over the organization is an administrator's right; so are the other `:admin` scopes over their part. */
export const sentryScopes: ScopeModel = {
	knows: (scope) =>
		isLevel(scope) || scope === 'org:ci' || scope === 'org:integrations' || scope === 'project:releases',
	covers: levelCovers,
	access: levelAccess,
	source: 'getsentry/sentry-mcp packages/mcp-core/src/permissions.ts 4a109327, read 2026-11',
};
