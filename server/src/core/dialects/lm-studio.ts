import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';

/**
 * LM Studio, in Cursor's notation, without interpolation.
 *
 * Sources: lmstudio-ai/docs 0_app/2_mcp/index.mdx, c6854fb, read 2026-11.
 */
export const lmStudio: Dialect = {
	...host('lm-studio', 'LM Studio'),
	files: [home('.lmstudio/mcp.json'), home('.cache/lm-studio/mcp.json')],
};
