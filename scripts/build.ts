// Bundles the programs into dist/. Types are checked by `tsc -b`; esbuild only emits.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { dataAsText } from './data-as-text.ts';
import { ownBundles } from './own-bundles.ts';
import { withoutPages } from './without-pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Program name -> entry. `connect` is apart from `launcher` because it carries the MCP SDK and loads only when used; so is `postgres`, with its client library. */
export const PROGRAMS: Readonly<Record<string, string>> = {
	client: 'client/src/extension.ts',
	server: 'server/src/lsp/main.ts',
	cli: 'server/src/cli/main.ts',
	launcher: 'server/src/launcher/main.ts',
	connect: 'server/src/launcher/connect/main.ts',
	postgres: 'server/src/adapters/http/postgres.ts',
};

export async function build(options: { readonly sourcemap?: boolean } = {}): Promise<esbuild.Metafile> {
	rmSync(`${root}dist`, { recursive: true, force: true });
	mkdirSync(`${root}dist`, { recursive: true });
	// The sources are ES modules, the bundles CommonJS: they start a few milliseconds sooner, and every editor loads them. The
	// version goes along, because the launcher is copied to where the package itself is not.
	const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
	writeFileSync(`${root}dist/package.json`, `${JSON.stringify({ type: 'commonjs', version })}\n`);
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
		charset: 'utf8',
		metafile: true,
		logLevel: 'warning',
		// jsonc-parser's UMD `main` dies at run time once bundled ("Cannot find module './impl/format'").
		mainFields: ['module', 'main'],
		external: ['vscode', '@napi-rs/keyring', './connect.js'],
		plugins: [dataAsText, ownBundles, withoutPages],
	});
	await esbuild.build({
		absWorkingDir: root,
		entryPoints: { table: 'client/table/view.ts' },
		outdir: 'dist',
		bundle: true,
		platform: 'browser',
		format: 'iife',
		target: 'es2022',
		minify: true,
		logLevel: 'warning',
	});
	for (const file of ['codicon.css', 'codicon.ttf']) {
		copyFileSync(`${root}node_modules/@vscode/codicons/dist/${file}`, `${root}dist/${file}`);
	}
	writeFileSync(`${root}dist/meta.json`, JSON.stringify(result.metafile));
	chmodSync(`${root}dist/cli.js`, 0o755);
	return result.metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await build({ sourcemap: process.argv.includes('--sourcemap') });
}
