import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { opencode } from './opencode.ts';

/**
 * Kilo Code 1.x, built on opencode and its config format.
 *
 * Sources: Kilo-Org docs; resolution taken over from opencode, not seen by itself, 2026-11.
 */
export const kilo: Dialect = {
	...opencode,
	id: 'kilo',
	name: 'Kilo Code',
	readers: ['Kilo Code'],
	files: ['kilo.json', 'kilo.jsonc'].flatMap((name) => [
		project(name),
		project(`.kilo/${name}`),
		home(`.config/kilo/${name}`),
	]),
};
