import type { ScopeModel } from './model.ts';

const PREFIX = 'https://www.googleapis.com/auth/';

const INCLUDES: Readonly<Record<string, readonly string[]>> = {
	'https://mail.google.com/': ['gmail.modify', 'gmail.settings.basic'],
	'gmail.modify': ['gmail.readonly', 'gmail.send', 'gmail.compose', 'gmail.labels'],
	drive: ['drive.readonly', 'drive.file'],
	calendar: ['calendar.readonly', 'calendar.events'],
	documents: ['documents.readonly'],
	spreadsheets: ['spreadsheets.readonly'],
	presentations: ['presentations.readonly'],
	tasks: ['tasks.readonly'],
	contacts: ['contacts.readonly'],
	'chat.messages': ['chat.messages.readonly'],
	'chat.spaces': ['chat.spaces.readonly'],
	'forms.body': ['forms.body.readonly'],
	'script.projects': ['script.projects.readonly'],
	'script.deployments': ['script.deployments.readonly'],
};

/** Scopes are URLs; what stands behind the common start is the name. */
export const googleScopes: ScopeModel = {
	knows: (scope) => /^[a-z][a-z0-9._-]{1,80}$/.test(scope) || scope === 'https://mail.google.com/',
	includes: INCLUDES,
	access: (scope) => {
		if (scope === 'cloud-platform' || scope.startsWith('admin.')) return 'admin';
		return /\.readonly$|\.read-only$/.test(scope) ? 'read' : 'write';
	},
	harmless: ['openid', 'email', 'profile', 'userinfo.email', 'userinfo.profile'],
	plain: (scope) => (scope.startsWith(PREFIX) ? scope.slice(PREFIX.length).replace(/\/$/, '') : scope),
	source: 'taylorwilsdon/google_workspace_mcp auth/scopes.py 0d899891, read 2026-11',
};
