import type { ScopeModel } from './model.ts';

/** Scopes of the OAuth sign-in. */
export const neonScopes: ScopeModel = {
	knows: (scope) => ['read', 'write', '*'].includes(scope),
	includes: { '*': ['read', 'write'], write: ['read'] },
	access: (scope) => (scope === '*' ? 'admin' : scope === 'write' ? 'write' : 'read'),
	source: 'README of neondatabase/mcp-server-neon 94928121, read 2026-11',
};
