import { host, undocumented } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';

/**
 * Qoder, the editor and its CLI.
 *
 * Sources: stacklok/toolhive config.go, read 2026-11.
 */
export const qoder: Dialect = {
	...host('qoder', 'Qoder'),
	files: [
		home('.qoder/mcp.json'),
		home('.qoder/settings.json'),
		home('.qoder.json'),
		config('Qoder/SharedClientCache/mcp.json'),
		project('.qoder/mcp.json'),
	],
	...undocumented('Qoder'),
	types: { stdio: 'stdio', http: 'http' },
};
