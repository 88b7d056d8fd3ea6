// The programs, and how each becomes one file. Types are checked by `tsc -b`; esbuild only emits.
import { resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { dataAsText } from './data-as-text.ts';
import { root } from './paths.ts';

/**
 * Program name -> entry. Some are no programs that anybody starts, but the part of another one that is loaded when it is first
 * used: `connect` carries the MCP SDK for the launcher, `issuers` what is known of asking issuers, `postgres` a database's client library.
 */
export const PROGRAMS = {
	client: 'client/src/extension.ts',
	server: 'server/src/lsp/main.ts',
	issuers: 'server/src/adapters/issuers.ts',
	cli: 'server/src/cli/main.ts',
	launcher: 'server/src/launcher/main.ts',
	connect: 'server/src/launcher/connect/main.ts',
	postgres: 'server/src/adapters/http/postgres.ts',
} as const;

export type Program = keyof typeof PROGRAMS;

const BY_ENTRY = new Map(Object.entries(PROGRAMS).map(([name, entry]) => [resolve(root, entry), name]));

/** Where one program imports another's entry dynamically, the bundles do so too: they lie beside each other. */
const loadedOnUse: Plugin = {
	name: 'loaded-on-use',
	setup(build) {
		build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
			const program = kind === 'dynamic-import' ? BY_ENTRY.get(resolve(resolveDir, path)) : undefined;
			return program === undefined ? undefined : { path: `./${program}.js`, external: true };
		});
	},
};

/** As they ship: CommonJS, which starts a few milliseconds sooner than the ES modules that the sources are, and which every editor loads. */
export function bundling(programs: readonly Program[], outdir: string) {
	return {
		absWorkingDir: root,
		entryPoints: Object.fromEntries(programs.map((name) => [name, PROGRAMS[name]])),
		outdir,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		// `require`, where the sources say `import()`: the other needs the loader of ES modules, which takes its time to start.
		supported: { 'dynamic-import': false },
		minify: true,
		legalComments: 'none',
		charset: 'utf8',
		logLevel: 'warning',
		// jsonc-parser's UMD `main` dies at run time once bundled ("Cannot find module './impl/format'").
		mainFields: ['module', 'main'],
		external: ['vscode', '@napi-rs/keyring'],
		plugins: [loadedOnUse, dataAsText],
	} as const satisfies BuildOptions;
}
