import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Junie of JetBrains. The AI Assistant's own servers are in the editor's XML settings.
 *
 * Sources: jetbrains.com/help/ai-assistant/mcp.html, excerpts, read 2026-11; paths from other tools that write them.
 */
export const junie: Dialect = {
	...host('junie', 'Junie'),
	files: [
		project('.junie/mcp/mcp.json'),
		home('.junie/mcp/mcp.json'),
		project('.junie/mcp.json'),
		home('.junie/mcp.json'),
	],
};
