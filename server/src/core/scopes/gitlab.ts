import type { ScopeModel } from './model.ts';

const INCLUDES: Readonly<Record<string, readonly string[]>> = {
	api: [
		'read_api',
		'read_user',
		'read_repository',
		'write_repository',
		'read_registry',
		'write_registry',
		'create_runner',
		'manage_runner',
		'ai_features',
		'k8s_proxy',
		'mcp',
	],
	read_api: ['read_user', 'read_repository', 'read_registry'],
	write_repository: ['read_repository'],
	write_registry: ['read_registry'],
};

const ADMIN = ['sudo', 'admin_mode'];
const ALONE = [
	'self_rotate',
	'openid',
	'profile',
	'email',
	'read_service_ping',
	'read_virtual_registry',
	'write_virtual_registry',
];

const KNOWN: ReadonlySet<string> = new Set([
	...Object.entries(INCLUDES).flatMap(([scope, more]) => [scope, ...more]),
	...ADMIN,
	...ALONE,
]);

/** `self_rotate` lets a token only be replaced, which is no reach. */
export const gitlabScopes: ScopeModel = {
	knows: (scope) => KNOWN.has(scope),
	includes: INCLUDES,
	access: (scope) => (ADMIN.includes(scope) ? 'admin' : scope.startsWith('read_') ? 'read' : 'write'),
	harmless: ['self_rotate', 'openid', 'profile', 'email'],
	source:
		'docs.gitlab.com/security/tokens/access_token_scopes; what includes what follows from the descriptions; read 2026-11',
};
