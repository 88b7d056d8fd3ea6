import type { ScopeModel } from './model.ts';

/** `files:read` is the older scope that opens all that the newer ones open one by one. */
export const figmaScopes: ScopeModel = {
	knows: (scope) => /^[a-z_]{2,40}:(?:read|write)$/.test(scope),
	includes: {
		'files:read': [
			'file_content:read',
			'file_metadata:read',
			'file_versions:read',
			'file_comments:read',
			'projects:read',
			'library_content:read',
		],
	},
	access: (scope) => (scope.endsWith(':read') ? 'read' : 'write'),
	harmless: ['current_user:read'],
	source: 'developers.figma.com/docs/rest-api/scopes; GLips/Figma-Context-MCP c083d65c, read 2026-11',
};
