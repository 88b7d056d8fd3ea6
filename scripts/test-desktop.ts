// `npm run test:desktop`: the suites of test/vscode in the desktop VS Code, which @vscode/test-electron downloads.
import { mkdirSync, writeFileSync } from 'node:fs';
import { runTests } from '@vscode/test-electron';
import { temporaryFolder } from '../test/support/harness/temporary.ts';
import { build } from './build.ts';
import { bundleSuites, SUITES, type Suite, suiteEntry } from './bundle-suites.ts';
import { root } from './paths.ts';
import { main } from './process.ts';

await main(async () => {
	await build();
	await bundleSuites();
	for (const suite of SUITES) await runOnDesktop(suite);
	return 0;
});

async function runOnDesktop(suite: Suite): Promise<void> {
	const temporary = temporaryFolder('desktop');
	const workspace = `${temporary.path}/workspace`;
	const userData = `${temporary.path}/data`;
	mkdirSync(workspace);
	mkdirSync(`${userData}/User`, { recursive: true });
	writeFileSync(`${userData}/User/settings.json`, '{ "security.workspace.trust.startupPrompt": "never" }');
	const trust = suite === 'trusted' ? ['--disable-workspace-trust'] : [];
	try {
		await runTests({
			extensionDevelopmentPath: root,
			extensionTestsPath: suiteEntry(suite),
			launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${userData}`, ...trust],
		});
	} finally {
		temporary.remove();
	}
}
