import { type Access, isLevel, levelAccess, levelCovers, type ScopeModel } from './model.ts';

const INCLUDES: Readonly<Record<string, readonly string[]>> = {
	repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
	'write:packages': ['read:packages'],
	'admin:org': ['write:org', 'read:org', 'manage_runners:org'],
	'write:org': ['read:org'],
	'admin:public_key': ['write:public_key', 'read:public_key'],
	'write:public_key': ['read:public_key'],
	'admin:repo_hook': ['write:repo_hook', 'read:repo_hook'],
	'write:repo_hook': ['read:repo_hook'],
	user: ['read:user', 'user:email', 'user:follow'],
	'write:discussion': ['read:discussion'],
	'admin:enterprise': ['manage_runners:enterprise', 'manage_billing:enterprise', 'read:enterprise'],
	audit_log: ['read:audit_log'],
	codespace: ['codespace:secrets'],
	copilot: ['manage_billing:copilot'],
	project: ['read:project'],
	'admin:gpg_key': ['write:gpg_key', 'read:gpg_key'],
	'write:gpg_key': ['read:gpg_key'],
	'admin:ssh_signing_key': ['write:ssh_signing_key', 'read:ssh_signing_key'],
	'write:ssh_signing_key': ['read:ssh_signing_key'],
};

const ALONE = ['delete_repo', 'gist', 'notifications', 'workflow', 'delete:packages', 'admin:org_hook', 'site_admin'];

const KNOWN: ReadonlySet<string> = new Set([
	...Object.entries(INCLUDES).flatMap(([scope, more]) => [scope, ...more]),
	...ALONE,
]);

/** Scopes of classic tokens and OAuth apps. `repo` has no form that only reads. */
export const githubScopes: ScopeModel = {
	knows: (scope) => KNOWN.has(scope),
	includes: INCLUDES,
	access: (scope): Access => {
		if (/^(?:admin:|manage_|site_admin$)/.test(scope)) return 'admin';
		return /^read:|^user:email$/.test(scope) ? 'read' : 'write';
	},
	source:
		'docs.github.com, scopes for OAuth apps; github/github-mcp-server pkg/scopes/scopes.go 64a49f34; read 2026-11',
};

/** Permissions of fine-grained tokens and apps, written `issues:write`. Every such token may read metadata. */
export const githubPermissions: ScopeModel = {
	knows: isLevel,
	covers: levelCovers,
	access: levelAccess,
	harmless: ['metadata:read'],
	source: 'docs.github.com, permissions required for fine-grained personal access tokens; read 2026-11',
};
