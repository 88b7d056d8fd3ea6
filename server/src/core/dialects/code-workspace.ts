import type { Dialect } from './dialect.ts';
import { project } from './files.ts';
import { vscode } from './vscode.ts';

/**
 * A multi-root workspace file: the servers stand under `settings.mcp`.
 *
 * Sources: microsoft/vscode src/vs/workbench/contrib/mcp/common/discovery/installedMcpServersDiscovery.ts, 1.128.1,
 * read 2026-11.
 */
export const codeWorkspace: Dialect = {
	...vscode,
	id: 'code-workspace',
	name: 'VS Code workspace file',
	readers: ['VS Code'],
	files: [project('*.code-workspace')],
	serverRoots: [['settings', 'mcp', 'servers']],
	inputs: ['settings', 'mcp', 'inputs'],
};
