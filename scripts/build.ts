// Bundles the programs into dist/, with what lies beside them there.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { root } from './paths.ts';
import { bundling, PROGRAMS, type Program } from './programs.ts';

const dist = `${root}/dist`;

export async function build(options: { readonly sourcemap?: boolean } = {}): Promise<esbuild.Metafile> {
	rmSync(`${dist}`, { recursive: true, force: true });
	mkdirSync(`${dist}`, { recursive: true });
	// The version goes along, because the launcher is copied to where the package itself is not.
	const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
	writeFileSync(`${dist}/package.json`, `${JSON.stringify({ type: 'commonjs', version })}\n`);
	const result = await esbuild.build({
		...bundling(Object.keys(PROGRAMS) as Program[], 'dist'),
		sourcemap: options.sourcemap ?? false,
		metafile: true,
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
		copyFileSync(`${root}/node_modules/@vscode/codicons/dist/${file}`, `${dist}/${file}`);
	}
	writeFileSync(`${dist}/meta.json`, JSON.stringify(result.metafile));
	chmodSync(`${dist}/cli.js`, 0o755);
	return result.metafile;
}

if (process.argv[1] === import.meta.filename) {
	await build({ sourcemap: process.argv.includes('--sourcemap') });
}
