// Bundles the programs into dist/. Types are checked by `tsc -b`; esbuild only emits.
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Program name -> entry. `connect` is apart from `launcher` because it carries the MCP SDK and loads only when used. */
export const PROGRAMS: Readonly<Record<string, string>> = {
	client: 'client/src/extension.ts',
	server: 'server/src/lsp/main.ts',
	cli: 'server/src/cli/main.ts',
	launcher: 'server/src/launcher/main.ts',
	connect: 'server/src/launcher/connect/main.ts',
};

export async function build(options: { readonly sourcemap?: boolean } = {}): Promise<esbuild.Metafile> {
	rmSync(`${root}dist`, { recursive: true, force: true });
	mkdirSync(`${root}dist`, { recursive: true });
	// The sources are ES modules, the bundles CommonJS: they start a few milliseconds sooner, and every editor loads them.
	writeFileSync(`${root}dist/package.json`, '{ "type": "commonjs" }\n');
	const result = await esbuild.build({
		absWorkingDir: root,
		entryPoints: PROGRAMS,
		outdir: 'dist',
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		minify: true,
		sourcemap: options.sourcemap ?? false,
		legalComments: 'none',
		metafile: true,
		logLevel: 'warning',
		// jsonc-parser's UMD `main` dies at run time once bundled ("Cannot find module './impl/format'").
		mainFields: ['module', 'main'],
		external: ['vscode', '@napi-rs/keyring', './connect.js'],
	});
	writeFileSync(`${root}dist/meta.json`, JSON.stringify(result.metafile));
	chmodSync(`${root}dist/cli.js`, 0o755);
	return result.metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await build({ sourcemap: process.argv.includes('--sourcemap') });
}
