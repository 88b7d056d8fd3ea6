import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config } from './files.ts';

/**
 * 5ire; newer builds keep servers in a database.
 *
 * Sources: nanbingxyz/5ire src/main/mcp.ts, d55f353, read 2026-11.
 */
export const fiveire: Dialect = {
	...host('5ire', '5ire'),
	files: [config('5ire/mcp.json')],
	serverRoots: [['mcpServers'], ['servers']],
	fields: { name: ['key', 'name'] },
	environment: 'safe-list',
};
