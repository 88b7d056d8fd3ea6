import type { Dialect, FilePlace } from './dialect.ts';
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

/** Product folders that read the same format: the stable editor, Insiders, and the open builds. */
const PRODUCTS = ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'code-server'];

const USER_FILES: readonly FilePlace[] = PRODUCTS.flatMap((product): FilePlace[] => [
	{ scope: 'user', base: 'config', path: `${product}/User/mcp.json` },
	{ scope: 'user', base: 'config', path: `${product}/User/profiles/*/mcp.json` },
]);

const REMOTE_FILES: readonly FilePlace[] = ['.vscode-server', '.vscode-server-insiders', '.vscode-remote'].map(
	(folder) => ({
		scope: 'user',
		base: 'home',
		path: `${folder}/data/User/mcp.json`,
	}),
);

/** VS Code's own format: `.vscode/mcp.json` and the user-level `mcp.json`. */
export const vscode: Dialect = {
	id: 'vscode',
	name: 'VS Code',
	readers: ['VS Code', 'Visual Studio'],
	files: [
		{ scope: 'workspace', path: '.vscode/mcp.json' },
		...USER_FILES,
		{ scope: 'user', base: 'home', path: '.local/share/code-server/User/mcp.json' },
		...REMOTE_FILES,
	],
	syntax: { comments: true, trailingCommas: true },
	serverRoots: [['servers']],
	inputs: ['inputs'],
	references: [ENV_COLON, INPUT, COMMAND, CONFIG, VARIABLES],
	unset: 'an empty string',
	stopSeconds: 10,
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
	sources: [
		'microsoft/vscode src/vs/workbench/contrib/mcp/common/mcpConfiguration.ts, 1.138.0, read 2026-11',
		'microsoft/vscode src/vs/workbench/contrib/mcp/common/mcpRegistry.ts, 1.139.1, read 2026-11',
		'code.visualstudio.com/docs/agents/reference/mcp-configuration, read 2026-11',
	],
};
