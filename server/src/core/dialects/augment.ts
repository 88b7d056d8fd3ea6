import { host, undocumented } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Augment's CLI. Its editor extensions keep servers in their own settings.
 *
 * Sources: augmentcode/auggie CHANGELOG, read 2026-11.
 */
export const augment: Dialect = {
	...host('augment', 'Augment'),
	files: [home('.augment/settings.json'), project('.augment/settings.json')],
	...undocumented('Augment'),
	types: { stdio: undefined, http: 'http' },
};
