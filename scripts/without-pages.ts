import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/** `tells`, `limits` and `source` of a probe: read by the generator of docs/issuers.md and by tests, never by a program. */
const FOR_THE_PAGE = /^\t(?:tells|limits|source):\s+(?:'[^'\n]{0,1000}'|SOURCE),\n/gm;

/** Leaves out of the bundles what only a page says of a probe. */
export const withoutPages: Plugin = {
	name: 'without-pages',
	setup(build) {
		build.onLoad({ filter: /[\\/]core[\\/]probes[\\/][a-z-]+\.ts$/ }, ({ path }) => ({
			contents: readFileSync(path, 'utf8').replace(FOR_THE_PAGE, ''),
			loader: 'ts',
		}));
	},
};
