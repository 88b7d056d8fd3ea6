// The programs, and how each becomes one file. Types are checked by `tsc -b`; esbuild only emits.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { DATA_FILE, dataFiles } from './data-files.ts';
import { root } from './paths.ts';

/**
 * Bundle name -> entry. Four are started; the others are parts that one of these loads when it needs them. `cli` and `launcher`
 * are small themselves, because what starts first is compiled anew each time.
 */
export const PROGRAMS = {
	client: 'client/src/extension.ts',
	server: 'server/src/lsp/main.ts',
	issuers: 'server/src/adapters/issuers.ts',
	brokers: 'server/src/adapters/brokers.ts',
	cli: 'server/src/cli/main.ts',
	scan: 'server/src/cli/scan.ts',
	more: 'server/src/cli/more.ts',
	commands: 'server/src/cli/commands.ts',
	launcher: 'server/src/launcher/main.ts',
	launch: 'server/src/launcher/launch.ts',
	bound: 'server/src/launcher/bound.ts',
	connect: 'server/src/launcher/connect/check.ts',
	formats: 'server/src/core/syntax/other-formats.ts',
	postgres: 'server/src/adapters/http/postgres.ts',
} as const;

export type Program = keyof typeof PROGRAMS;

const BY_ENTRY = new Map(Object.entries(PROGRAMS).map(([name, entry]) => [resolve(root, entry), name as Program]));

/**
 * Where one program imports another's entry, the bundles do so too: they lie beside each other. A dynamic import stays one; what a
 * static import names is loaded when it is first called, because the core reads without waiting.
 */
const loadedOnUse: Plugin = {
	name: 'loaded-on-use',
	setup(build) {
		build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
			const program = kind === 'entry-point' ? undefined : BY_ENTRY.get(resolve(resolveDir, path));
			if (program === undefined) return undefined;
			if (kind === 'dynamic-import') return { path: `./${program}.js`, external: true };
			return { path: program, namespace: 'called' };
		});
		build.onLoad({ filter: /./, namespace: 'called' }, ({ path }) => ({
			contents: functionsOf(path as Program)
				.map((name) => `export const ${name} = (...args) => require('./${path}.js').${name}(...args);`)
				.join('\n'),
			resolveDir: root,
		}));
		build.onResolve({ filter: /^\.\/\w+\.js$/, namespace: 'called' }, ({ path }) => ({ path, external: true }));
	},
};

/** What an entry hands on: `export { name } from '...'`. */
function functionsOf(program: Program): string[] {
	const text = readFileSync(resolve(root, PROGRAMS[program]), 'utf8');
	return [...text.matchAll(/^export \{ (\w{1,64}) \} from /gm)].map(([, name]) => name!);
}

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
		charset: 'ascii',
		logLevel: 'warning',
		// jsonc-parser's UMD `main` dies at run time once bundled ("Cannot find module './impl/format'").
		mainFields: ['module', 'main'],
		external: ['vscode', '@napi-rs/keyring', `./${DATA_FILE}`],
		plugins: [loadedOnUse, dataFiles()],
	} as const satisfies BuildOptions;
}
