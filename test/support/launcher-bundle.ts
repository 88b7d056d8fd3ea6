import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { root } from '../../scripts/paths.ts';
import { bundling, PROGRAMS, type Program } from '../../scripts/programs.ts';
import { COPIED } from '../../server/src/adapters/shim/install.ts';
import { onExit } from './harness/on-exit.ts';

const INSTALLED = (Object.keys(PROGRAMS) as Program[]).filter((name) => COPIED.includes(`${name}.js`));

/** Names a folder that {@link bundleLauncher} made for several test processes together. */
export const BUNDLE_VARIABLE = 'MCP_HYGIENE_LAUNCHER_BUNDLE';

let folder: Promise<string> | undefined;

/** A folder with the launcher and the command line as they are shipped, built once for this test process or for a whole stage. */
export function launcherBundle(): Promise<string> {
	const shared = process.env[BUNDLE_VARIABLE];
	folder ??= shared === undefined ? bundleLauncher() : Promise.resolve(shared);
	return folder;
}

/** Gone when this process ends. */
export async function bundleLauncher(): Promise<string> {
	// Inside of the checkout, so that the keyring's binary is found as it is beside the real bundles.
	const outdir = `${root}/node_modules/.cache/launcher-${process.pid}`;
	mkdirSync(outdir, { recursive: true });
	onExit(() => rmSync(outdir, { recursive: true, force: true }));
	writeFileSync(`${outdir}/package.json`, '{ "type": "commonjs" }\n');
	await build(bundling(INSTALLED, outdir));
	return outdir;
}
