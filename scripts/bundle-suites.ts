// Bundles the mocha suites of test/vscode for the extension host, one folder a suite, outside of what the package ships.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { cache, root } from './paths.ts';

export const SUITES = ['trusted', 'restricted'] as const;
export type Suite = (typeof SUITES)[number];

const target = `${cache}/vscode-suite`;

export function suiteEntry(suite: Suite): string {
	return `${target}/${suite}/index.js`;
}

export async function bundleSuites(): Promise<void> {
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	writeFileSync(`${target}/package.json`, '{ "type": "commonjs" }\n');
	for (const suite of SUITES) {
		const folder = `${root}/test/vscode/${suite}`;
		const tests = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
		await esbuild.build({
			absWorkingDir: root,
			entryPoints: [`${root}/test/vscode/index.ts`, ...tests.map((file) => `${folder}/${file}`)],
			entryNames: '[name]',
			outdir: `${target}/${suite}`,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			target: 'node22',
			sourcemap: 'inline',
			logLevel: 'warning',
			mainFields: ['module', 'main'],
			external: ['vscode', 'mocha'],
		});
	}
}
