import type { ScopeModel } from './model.ts';

/** Actions that change who may do what. */
const ADMIN =
	/^(?:users|global\.users|orgs|org\.users|roles|permissions|teams|teams\.permissions|serviceaccounts|licensing|settings|apikeys)[a-z.]{0,40}:(?!read$|list$)/;

/** Actions of access control, each for itself: `dashboards:write` does not include `dashboards:read`. */
export const grafanaScopes: ScopeModel = {
	knows: (scope) => /^[a-z][a-z0-9._-]{1,80}:[a-z]{2,20}$/.test(scope),
	access: (scope) => {
		if (ADMIN.test(scope)) return 'admin';
		return /:(?:read|query|list|explore|access)$/.test(scope) ? 'read' : 'write';
	},
	source: 'grafana/mcp-grafana README c6e492b3, table of permissions; read 2026-11',
};
