import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Kimi Code CLI.
 *
 * Sources: MoonshotAI/kimi-cli docs/en/customization/mcp.md, read 2026-11.
 */
export const kimi: Dialect = {
	...host('kimi', 'Kimi Code'),
	files: [home('.kimi/mcp.json'), home('.kimi-code/mcp.json'), project('.kimi/mcp.json')],
	environment: 'safe-list',
};
