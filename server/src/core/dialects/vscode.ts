import { COMMON, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { userFiles } from './editors.ts';
import { project } from './files.ts';
import { COMMAND, CONFIG, ENV_COLON, INPUT, variables } from './forms.ts';

const VARIABLES = variables([
	'workspaceFolder',
	'workspaceFolderBasename',
	'userHome',
	'pathSeparator',
	'/',
	'cwd',
	'execPath',
	'execInstallFolder',
	'extensionInstallFolder',
	'file',
	'fileBasename',
	'fileDirname',
	'fileWorkspaceFolder',
	'relativeFile',
	'lineNumber',
	'selectedText',
]);

/**
 * VS Code's own format: `.vscode/mcp.json` and the user-level `mcp.json`.
 *
 * Sources: microsoft/vscode src/vs/workbench/contrib/mcp/common/mcpConfiguration.ts, 1.138.0, read 2026-11;
 * microsoft/vscode src/vs/workbench/contrib/mcp/common/mcpRegistry.ts, 1.139.1, read 2026-11;
 * code.visualstudio.com/docs/agents/reference/mcp-configuration, read 2026-11.
 */
export const vscode: Dialect = {
	...COMMON,
	id: 'vscode',
	name: 'VS Code',
	readers: ['VS Code', 'Visual Studio'],
	files: [project('.vscode/mcp.json'), project('.vs/mcp.json'), ...userFiles('mcp.json')],
	syntax: WITH_COMMENTS,
	serverRoots: [['servers']],
	inputs: ['inputs'],
	references: [ENV_COLON, INPUT, COMMAND, CONFIG, VARIABLES],
	unset: 'an empty string',
	stopSeconds: 10,
	environment: 'full',
	readsEnvFile: true,
	types: { stdio: 'stdio', http: 'http' },
};
