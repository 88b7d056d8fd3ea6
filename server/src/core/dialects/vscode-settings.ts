import type { Dialect } from './dialect.ts';
import { machineFiles, userFiles } from './editors.ts';
import { project } from './files.ts';
import { vscode } from './vscode.ts';

/**
 * The legacy `mcp` key of VS Code's `settings.json`. The editor moves user-level entries into `mcp.json` when it starts
 * and no longer reads a folder's; a token left behind is still in the file.
 *
 * Sources: microsoft/vscode src/vs/workbench/contrib/mcp/browser/mcpMigration.ts, 1.128.1, read 2026-11.
 */
export const vscodeSettings: Dialect = {
	...vscode,
	id: 'vscode-settings',
	name: 'VS Code settings',
	readers: ['VS Code'],
	files: [project('.vscode/settings.json'), ...userFiles('settings.json'), ...machineFiles('settings.json')],
	serverRoots: [['mcp', 'servers'], ['mcp.servers']],
	inputs: ['mcp', 'inputs'],
};
