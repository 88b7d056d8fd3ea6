import { host, undocumented } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Factory's Droid.
 *
 * Sources: stacklok/toolhive config.go, read 2026-11.
 */
export const factoryDroid: Dialect = {
	...host('factory-droid', 'Factory Droid'),
	files: [project('.factory/mcp.json'), home('.factory/mcp.json')],
	...undocumented('Factory'),
	types: { stdio: 'stdio', http: 'http' },
};
