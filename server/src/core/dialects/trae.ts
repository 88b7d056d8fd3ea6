import { host, undocumented, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';

/**
 * Trae and Trae CN.
 *
 * Sources: smithery-ai/cli clients.ts and stacklok/toolhive config.go, read 2026-11; nothing of Trae itself.
 */
export const trae: Dialect = {
	...host('trae', 'Trae'),
	files: [
		config('Trae/User/mcp.json'),
		config('Trae CN/User/mcp.json'),
		project('.trae/mcp.json'),
		home('.trae/mcp.json'),
	],
	syntax: WITH_COMMENTS,
	...undocumented('Trae'),
};
