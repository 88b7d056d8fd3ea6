// Runs test files under `node --test` and counts.
import { existsSync, readFileSync } from 'node:fs';
import type { Counts } from '../test/support/harness/extension-host.ts';
import { temporaryFolder } from '../test/support/harness/temporary.ts';
import { root } from './paths.ts';
import { run } from './process.ts';
import type { Write } from './turns.ts';

export const UNIT_TESTS: NodeTests = {
	patterns: ['server/**/*.test.ts', 'client/**/*.test.ts', 'test/unit/**/*.test.ts'],
	// One process for all files: a tenth of the time.
	options: ['--test-isolation=none'],
	reporter: 'dot',
};

export interface NodeTests {
	readonly patterns: readonly string[];
	readonly options?: readonly string[];
	/** How the run is shown; failures are shown in full by each. */
	readonly reporter: 'spec' | 'dot';
	readonly env?: NodeJS.ProcessEnv;
	/** Where the report goes; absent: it is shown. */
	readonly write?: Write;
	/** How to start a program, where that is not simply itself: `KeyringSession.command`. */
	readonly command?: (program: string, args: readonly string[]) => readonly [string, ...string[]];
}

export async function runNodeTests(tests: NodeTests): Promise<Counts> {
	const temporary = temporaryFolder('counts');
	const countsFile = `${temporary.path}/counts.json`;
	const args = [
		'--test',
		...(tests.options ?? []),
		...[`--test-reporter=${tests.reporter}`, '--test-reporter-destination=stdout'],
		...[`--test-reporter=${root}/scripts/count-reporter.ts`, `--test-reporter-destination=${countsFile}`],
		...tests.patterns,
	];
	try {
		const [program, ...programArgs] = tests.command?.(process.execPath, args) ?? [process.execPath, ...args];
		const code = await run(program, programArgs, {
			...(tests.env && { env: tests.env }),
			...(tests.write && { output: tests.write }),
		});
		const text = existsSync(countsFile) ? readFileSync(countsFile, 'utf8') : '';
		if (text !== '') return JSON.parse(text) as Counts;
		return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
	} finally {
		temporary.remove();
	}
}
