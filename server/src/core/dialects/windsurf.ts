import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';
import { ALL, ENV_COLON } from './forms.ts';

/**
 * Windsurf's Cascade, and Devin's local agent that follows it.
 *
 * Sources: docs.windsurf.com/windsurf/cascade/mcp, excerpts, read 2026-11.
 */
export const windsurf: Dialect = {
	...host('windsurf', 'Windsurf'),
	files: [
		home('.codeium/windsurf/mcp_config.json'),
		home('.codeium/windsurf-next/mcp_config.json'),
		home('.codeium/mcp_config.json'),
		home('.config/devin/mcp_config.json'),
		config('devin/mcp_config.json', 'windows'),
		project('.devin/mcp_config.json'),
		project('.devin/mcp_config.local.json'),
		project('.windsurf/mcp_config.json'),
		project('.windsurf/mcp.json'),
	],
	references: [
		ENV_COLON,
		{ kind: 'variable', example: '${file:/path}', pattern: /\$\{file:([^{}$\n]{1,1024})\}/g, positions: ALL },
	],
	unset: 'something that Windsurf does not document',
};
