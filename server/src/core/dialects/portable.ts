import type { Dialect } from './dialect.ts';
import { shellStyle } from './forms.ts';

/**
 * The portable format: one file that several hosts read and resolve in different ways. A form counts as resolvable only
 * where every reader resolves it; `${NAME}` comes closest, and VS Code up to 1.139 passes even that on as text.
 */
export const portable: Dialect = {
	id: 'portable',
	name: '.mcp.json',
	readers: ['Claude Code', 'Copilot CLI', 'VS Code', 'Visual Studio'],
	files: [
		{ scope: 'workspace', path: '.mcp.json' },
		{ scope: 'workspace', path: '.github/mcp.json' },
		{ scope: 'user', base: 'home', path: '.copilot/mcp-config.json' },
		{ scope: 'user', base: 'home', path: '.mcp.json' },
	],
	syntax: { comments: false, trailingCommas: false },
	serverRoots: [['mcpServers'], ['servers']],
	inputs: ['inputs'],
	references: [shellStyle(['command', 'arg', 'env', 'header', 'url'])],
	unset: 'the text of the reference itself',
	stopSeconds: 2,
	environment: 'safe-list',
	types: { stdio: undefined, http: 'http' },
	sources: [
		'code.claude.com/docs/en/mcp, mirror of 2026-08-22, read 2026-11',
		'github/docs content/copilot/how-tos/copilot-cli/add-mcp-servers.md, read 2026-11',
		'microsoft/vscode src/vs/workbench/contrib/mcp/common/discovery/workspaceMcpDiscoveryAdapter.ts, 1.139.1, read 2026-11',
		'MicrosoftDocs/visualstudio-docs docs/ide/mcp-servers.md, read 2026-11',
	],
};
