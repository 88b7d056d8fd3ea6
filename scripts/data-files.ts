import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from './paths.ts';

/** What is known of issuers and servers: a third of everything, and the same for several programs. */
const KNOWLEDGE = /[\\/](?:(?:issuers|needs)[\\/]data|catalog|rules)[\\/][a-z0-9-]+\.json$/;

/** One file beside the bundles, which the first that needs it reads. */
export const DATA_FILE = 'data.json';

/**
 * Data files as JSON and not as JavaScript: the engine reads the one several times faster than the other, which a short command
 * spends a tenth of its time on. Small ones are parsed where they are used; what is known of issuers and servers lies apart, so
 * that nobody compiles it.
 */
export function dataFiles(): Plugin {
	const apart: Record<string, unknown> = {};
	return {
		name: 'data-files',
		setup(build) {
			const { absWorkingDir = '.', outdir = '.' } = build.initialOptions;
			build.onLoad({ filter: /\.json$/ }, ({ path }) => {
				const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
				if (!KNOWLEDGE.test(path)) return { contents: `export default JSON.parse(${quoted(JSON.stringify(value))});` };
				const name = memberName(path);
				apart[name] = value;
				return { contents: `import all from 'data:all'; export default all.${name};` };
			});
			// Asked for once, where each of two hundred files would ask again.
			build.onResolve({ filter: /^data:all$/ }, ({ path }) => ({ path, namespace: 'data' }));
			build.onLoad({ filter: /./, namespace: 'data' }, () => ({
				contents: `export default require('./${DATA_FILE}');`,
				resolveDir: root,
			}));
			build.onEnd(() => writeFileSync(resolve(absWorkingDir, outdir, DATA_FILE), JSON.stringify(apart)));
		},
	};
}

/** Issuers without their folder, as identifiers: two hundred quoted names in each of several programs are a few kilobytes. */
function memberName(path: string): string {
	const folder = basename(dirname(dirname(path)));
	const name = basename(path, '.json').replaceAll('-', '_');
	return folder === 'issuers' ? name : `${folder}_${name}`;
}

function quoted(text: string): string {
	return JSON.stringify(text);
}
