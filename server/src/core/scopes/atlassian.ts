import { type Access, isMore, type ScopeModel } from './model.ts';

/** `read:jira-work` is a classic scope, `read:issue:jira` a granular one: what it does, about what, of which product. */
const CLASSIC =
	/^(read|write|manage|delete|search):(jira|confluence|servicedesk|me)(?:-[a-z-]{1,40})?(?:\.[a-z.]{1,40})?$/;
const GRANULAR =
	/^(read|write|delete|admin):[a-z0-9.-]{1,60}:(jira|confluence|bitbucket|jira-software|jira-service-management)$/;

function access(scope: string): Access {
	const verb = scope.split(':', 1)[0];
	if (verb === 'manage' || verb === 'admin') return 'admin';
	return verb === 'read' || verb === 'search' ? 'read' : 'write';
}

/** A classic scope is the wider one: granular scopes of its product and its kind of access are within it. */
function covers(granted: string, needed: string): boolean {
	const [wide, narrow] = [CLASSIC.exec(granted), GRANULAR.exec(needed)];
	if (!wide || !narrow) return false;
	const product = wide[2] === 'servicedesk' ? 'jira-service-management' : wide[2];
	return (narrow[2] === product || narrow[2] === `${product}-software`) && !isMore(access(needed), access(granted));
}

export const atlassianScopes: ScopeModel = {
	knows: (scope) => CLASSIC.test(scope) || GRANULAR.test(scope),
	covers,
	access,
	harmless: ['offline_access', 'read:me', 'read:account'],
	source:
		'developer.atlassian.com, scopes for OAuth 2.0 (3LO); README of sooperset/mcp-atlassian 436b37e4, read 2026-11',
};
