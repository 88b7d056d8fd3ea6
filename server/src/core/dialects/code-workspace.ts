import type { Dialect } from './dialect.ts';
import { vscode } from './vscode.ts';

/** A multi-root workspace file: the servers stand under `settings.mcp`. */
export const codeWorkspace: Dialect = {
	...vscode,
	id: 'code-workspace',
	name: 'VS Code workspace file',
	readers: ['VS Code'],
	files: [{ scope: 'workspace', path: '*.code-workspace' }],
	serverRoots: [['settings', 'mcp', 'servers']],
	inputs: ['settings', 'mcp', 'inputs'],
	sources: [
		'microsoft/vscode src/vs/workbench/contrib/mcp/common/discovery/installedMcpServersDiscovery.ts, 1.128.1, read 2026-11',
	],
};
