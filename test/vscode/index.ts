// Entry of every suite inside the extension host: the same under code-server and under @vscode/test-electron.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

export async function run(): Promise<void> {
	const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
	for (const file of readdirSync(__dirname)) {
		if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, file));
	}
	const stats = await new Promise<Mocha.Stats>((resolve) => {
		const runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
	});
	const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
	const resultFile = process.env.MCP_HYGIENE_TEST_RESULT;
	if (resultFile !== undefined) writeFileSync(resultFile, JSON.stringify(counts));
	if (stats.failures > 0) throw new Error(`${stats.failures} tests failed`);
}
