// `npm run check`: what should be green before a commit, in a few seconds.
import { existsSync } from 'node:fs';
import { root } from './paths.ts';
import { main, run } from './process.ts';

const bin = `${root}/node_modules/.bin`;
const node = process.execPath;

await main(async () => {
	const checks: readonly (readonly [string, string, readonly string[]])[] = [
		['format and lint', `${bin}/biome`, ['check', '.']],
		['types', `${bin}/tsc`, ['-b']],
		...(existsSync(`${root}/scripts/generate.ts`)
			? [['generated files', node, [`${root}/scripts/generate.ts`, '--check']] as const]
			: []),
		['unit tests', node, [`${root}/scripts/run.js`, 'unit']],
	];
	const failed: string[] = [];
	for (const [name, command, args] of checks) {
		console.log(`== ${name}`);
		if ((await run(command, args)) !== 0) failed.push(name);
	}
	console.log(failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`);
	return failed.length === 0 ? 0 : 1;
});
