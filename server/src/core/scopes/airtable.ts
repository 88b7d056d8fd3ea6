import type { ScopeModel } from './model.ts';

/** Scopes stand each for itself; writing does not include reading. */
export const airtableScopes: ScopeModel = {
	knows: (scope) => /^[a-zA-Z.]{2,60}:(?:read|write|manage)$/.test(scope),
	access: (scope) => {
		if (scope.startsWith('enterprise.') || scope.endsWith(':manage')) return 'admin';
		return scope.endsWith(':read') ? 'read' : 'write';
	},
	harmless: ['user.email:read'],
	source: 'README of domdomegg/airtable-mcp-server 8a759ba9, read 2026-11',
};
