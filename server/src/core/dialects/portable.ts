import { COMMON } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { LAUNCH, shellStyle } from './forms.ts';

/**
 * The portable format: one file that several hosts read and resolve in different ways. A form counts as resolvable only
 * where every reader resolves it; `${NAME}` comes closest, and VS Code up to 1.139 passes even that on as text.
 *
 * Sources: code.claude.com/docs/en/mcp, mirror of 2026-08-22, read 2026-11; github/docs
 * content/copilot/how-tos/copilot-cli/add-mcp-servers.md, read 2026-11; microsoft/vscode
 * src/vs/workbench/contrib/mcp/common/discovery/workspaceMcpDiscoveryAdapter.ts, 1.139.1, read 2026-11;
 * MicrosoftDocs/visualstudio-docs docs/ide/mcp-servers.md, read 2026-11.
 */
export const portable: Dialect = {
	...COMMON,
	id: 'portable',
	name: '.mcp.json',
	readers: ['Claude Code', 'Copilot CLI', 'VS Code', 'Visual Studio'],
	files: [
		project('.mcp.json'),
		project('.github/mcp.json'),
		home('.copilot/mcp-config.json'),
		home('.mcp.json'),
		home('.claude/plugins/cache/*/.mcp.json'),
		home('.claude/plugins/cache/*/*/.mcp.json'),
		home('.claude/plugins/cache/*/*/*/.mcp.json'),
	],
	serverRoots: [['mcpServers'], ['servers']],
	bareRoot: 'map',
	inputs: ['inputs'],
	references: [shellStyle(LAUNCH)],
	environment: 'safe-list',
	types: { stdio: undefined, http: 'http' },
};
