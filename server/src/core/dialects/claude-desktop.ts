import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home } from './files.ts';

/**
 * Claude Desktop: strict JSON, stdio servers only, no interpolation of any kind.
 *
 * Sources: modelcontextprotocol.io docs/tools/debugging, read 2026-11.
 */
export const claudeDesktop: Dialect = {
	...host('claude-desktop', 'Claude Desktop'),
	files: [
		config('Claude/claude_desktop_config.json'),
		home('AppData/Local/Packages/Claude_*/LocalCache/Roaming/Claude/claude_desktop_config.json', 'windows'),
	],
	environment: 'safe-list',
};
