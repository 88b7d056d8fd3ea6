import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { extensionFiles } from './editors.ts';
import { home } from './files.ts';
import { ENV_COLON } from './forms.ts';

/**
 * Cline in VS Code, JetBrains and its CLI; only the VS Code extension fills in `${env:X}`. It writes the file itself.
 *
 * Sources: cline/cline apps/vscode/src/services/mcp/schemas.ts and McpHub.ts, 21cb8d25, read 2026-11.
 */
export const cline: Dialect = {
	...host('cline', 'Cline'),
	files: [
		home('.cline/data/settings/cline_mcp_settings.json'),
		home('.cline/mcp.json'),
		...extensionFiles('saoudrizwan.claude-dev/settings/cline_mcp_settings.json'),
	],
	fields: {
		type: ['type', 'transportType', 'transport.type', 'transport'],
		command: ['command', 'transport.command'],
		args: ['args', 'transport.args'],
		env: ['env', 'transport.env'],
		headers: ['headers', 'transport.headers'],
		url: ['url', 'transport.url'],
		cwd: ['cwd', 'transport.cwd'],
	},
	references: [ENV_COLON],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'streamableHttp' },
};
