import { COMMON } from './common.ts';
import type { Dialect } from './dialect.ts';
import { extensionFiles } from './editors.ts';
import { home, project } from './files.ts';
import { ENV_COLON, variables } from './forms.ts';

/**
 * Roo Code (discontinued 2026-05-15, its files remain) and the forks that keep its format: Kilo Code before 1.0, Blackbox.
 *
 * Sources: RooCodeInc/Roo-Code src/services/mcp/McpHub.ts and src/utils/config.ts, cb836567, read 2026-11.
 */
export const roo: Dialect = {
	...COMMON,
	id: 'roo',
	name: 'Roo Code',
	readers: ['Roo Code', 'Kilo Code'],
	files: [
		project('.roo/mcp.json'),
		project('.kilocode/mcp.json'),
		home('.kilocode/mcp.json'),
		...extensionFiles('rooveterinaryinc.roo-cline/settings/mcp_settings.json'),
		...extensionFiles('kilocode.kilo-code/settings/mcp_settings.json'),
	],
	references: [ENV_COLON, variables(['workspaceFolder'])],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'streamable-http' },
};
