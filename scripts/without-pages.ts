import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** `source` of a probe: read by tests, never by a program. */
const FOR_THE_PAGE = /^\tsource:\s+(?:'[^'\n]{0,1000}'|SOURCE),\n/gm;

/** Leaves out of the bundles where a probe was read up. */
export const withoutPages: Plugin = {
	name: 'without-pages',
	setup(build) {
		build.onLoad({ filter: /[\\/]core[\\/]probes[\\/][a-z-]+\.ts$/ }, ({ path }) => ({
			contents: readFileSync(path, 'utf8').replace(FOR_THE_PAGE, ''),
			loader: 'ts',
		}));
	},
};
