import { host, undocumented } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Google Antigravity.
 *
 * Sources: github/github-mcp-server docs/installation-guides/install-antigravity.md, read 2026-11.
 */
export const antigravity: Dialect = {
	...host('antigravity', 'Antigravity'),
	files: [
		home('.gemini/config/mcp_config.json'),
		home('.gemini/antigravity/mcp_config.json'),
		project('.agents/mcp_config.json'),
		project('.agent/mcp_config.json'),
		project('.antigravity/mcp_config.json'),
		project('.antigravitycli/mcp_config.json'),
	],
	...undocumented('Antigravity'),
};
