import type { Dialect } from './dialect.ts';
import { vscode } from './vscode.ts';

/**
 * The legacy `mcp` key of VS Code's `settings.json`. The editor moves user-level entries into `mcp.json` when it starts
 * and no longer reads a folder's; a token left behind is still in the file.
 */
export const vscodeSettings: Dialect = {
	...vscode,
	id: 'vscode-settings',
	name: 'VS Code settings',
	readers: ['VS Code'],
	files: [
		{ scope: 'workspace', path: '.vscode/settings.json' },
		{ scope: 'user', base: 'config', path: 'Code/User/settings.json' },
		{ scope: 'user', base: 'config', path: 'Code - Insiders/User/settings.json' },
		{ scope: 'user', base: 'config', path: 'VSCodium/User/settings.json' },
	],
	serverRoots: [['mcp', 'servers'], ['mcp.servers']],
	inputs: ['mcp', 'inputs'],
	sources: ['microsoft/vscode src/vs/workbench/contrib/mcp/browser/mcpMigration.ts, 1.128.1, read 2026-11'],
};
