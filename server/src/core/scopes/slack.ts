import type { ScopeModel } from './model.ts';

/** Scopes stand each for itself; the part before the colon is what they are about, the part after it what they do. */
export const slackScopes: ScopeModel = {
	knows: (scope) => /^[a-z_.]{2,40}(?::[a-z_.]{2,40}){1,2}$/.test(scope),
	access: (scope) => {
		if (scope.startsWith('admin')) return 'admin';
		return /:(?:read|history)(?:\.|$)/.test(scope) ? 'read' : 'write';
	},
	source: 'docs.slack.dev, scopes; korotovsky/slack-mcp-server README b24b1b08, read 2026-11',
};
