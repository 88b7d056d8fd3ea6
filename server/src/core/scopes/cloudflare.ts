import { isLevel, levelAccess, levelCovers, type ScopeModel } from './model.ts';

/** Scopes of the OAuth sign-in. Permission groups of API tokens have names of their own and are not judged here. */
export const cloudflareScopes: ScopeModel = {
	knows: isLevel,
	covers: levelCovers,
	access: levelAccess,
	harmless: ['offline_access', 'user:read'],
	source: 'cloudflare/mcp-server-cloudflare packages/mcp-common/src/scopes.ts 70ff6905, read 2026-11',
};
