import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onExit } from './harness/on-exit.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: Promise<string> | undefined;

/** A folder with `launcher.js` and `connect.js` as they are shipped, built once for this test process. */
export function launcherBundle(): Promise<string> {
	folder ??= bundle();
	return folder;
}

async function bundle(): Promise<string> {
	// Inside of the checkout, so that the keyring's binary is found as it is beside the real bundles.
	const outdir = `${ROOT}node_modules/.cache/launcher-${process.pid}`;
	mkdirSync(outdir, { recursive: true });
	onExit(() => rmSync(outdir, { recursive: true, force: true }));
	writeFileSync(`${outdir}/package.json`, '{ "type": "commonjs" }\n');
	await build({
		absWorkingDir: ROOT,
		entryPoints: { launcher: 'server/src/launcher/main.ts', connect: 'server/src/launcher/connect/main.ts' },
		outdir,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		minify: true,
		mainFields: ['module', 'main'],
		external: ['@napi-rs/keyring', './connect.js'],
		logLevel: 'warning',
	});
	return outdir;
}
