import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';

/**
 * BoltAI on macOS.
 *
 * Sources: smithery-ai/cli clients.ts, read 2026-11.
 */
export const boltai: Dialect = {
	...host('boltai', 'BoltAI'),
	files: [home('.boltai/mcp.json')],
};
