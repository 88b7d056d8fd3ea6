import type { Plugin } from 'esbuild';

/** Modules that are a program of their own, because they carry a library that is seldom used: by the end of their path. */
const OWN = new Map([['http/postgres.ts', './postgres.js']]);

/** Whoever imports one of them in passing (`await import`) loads the file that lies beside it. */
export const ownBundles: Plugin = {
	name: 'own-bundles',
	setup(build) {
		build.onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
			const file = OWN.get(path.split('/').slice(-2).join('/'));
			return kind === 'dynamic-import' && file ? { path: file, external: true } : undefined;
		});
	},
};
