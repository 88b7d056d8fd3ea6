// `npm test`: everything, against real things. `npm test -- STAGE...` runs some of it.
import { mkdirSync } from 'node:fs';
import { type Counts, runInExtensionHost } from '../test/support/harness/extension-host.ts';
import { withKeyring } from '../test/support/harness/keyring.ts';
import { canLayOver } from '../test/support/harness/private-account.ts';
import { temporaryFolder } from '../test/support/harness/temporary.ts';
import { build } from './build.ts';
import { bundleSuites, type Suite, suiteEntry } from './bundle-suites.ts';
import { runNodeTests, UNIT_TESTS } from './node-tests.ts';
import { packageExtension } from './package.ts';
import { cache, root, vsixFile } from './paths.ts';
import { main, ScriptError } from './process.ts';
import { ensureTools, type Tools } from './tools.ts';

/** `npm test -- browser --pictures` renews the pictures that the README shows. */
const KEEP_PICTURES = '--pictures';
const screenshots = process.argv.includes(KEEP_PICTURES) ? `${root}/docs/images` : `${cache}/screenshots`;
const ONE_BY_ONE = ['--test-concurrency=1'];

/** In this order: the quick ones first. */
const STAGES: Readonly<Record<string, (tools: Tools) => Promise<Counts>>> = {
	unit: () => runNodeTests(UNIT_TESTS),
	// The built programs, started as a host starts them.
	process: () =>
		withKeyring('unlocked', ({ env, command }) =>
			runNodeTests({ patterns: ['test/process/**/*.test.ts'], reporter: 'spec', env, command }),
		),
	// The real keyring; a test that needs another state than unlocked starts a session of its own.
	keychain: () =>
		withKeyring('unlocked', ({ env }) =>
			runNodeTests({
				patterns: ['test/keychain/**/*.test.ts'],
				reporter: 'spec',
				env,
				options: ['--test-concurrency=1'],
			}),
		),
	editor: (tools) => runSuite('trusted', tools),
	restricted: (tools) => runSuite('restricted', tools),
	browser: async (tools) => {
		await packageExtension(vsixFile);
		return withKeyring('unlocked', ({ env, command }) =>
			runNodeTests({
				patterns: ['test/browser/**/*.test.ts'],
				reporter: 'spec',
				options: ONE_BY_ONE,
				command,
				env: {
					...env,
					MCP_HYGIENE_VSIX: vsixFile,
					MCP_HYGIENE_CODE_SERVER: tools.codeServer,
					MCP_HYGIENE_CHROMIUM: tools.chromium,
					MCP_HYGIENE_SCREENSHOTS: screenshots,
				},
			}),
		);
	},
};

await main(async () => {
	const chosen = process.argv.slice(2).filter((argument) => argument !== KEEP_PICTURES);
	const unknown = chosen.filter((name) => !Object.hasOwn(STAGES, name));
	if (unknown.length > 0) {
		throw new ScriptError(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}`);
	}
	if (chosen.join() !== 'unit' && !canLayOver()) {
		throw new ScriptError(
			'The tests lay temporary folders over those of your account, and this machine allows no mount namespace. Run them as root with CAP_SYS_ADMIN, or where unprivileged user namespaces are allowed. `npm run test:unit` needs neither.',
		);
	}
	const tools = await ensureTools({ codeServer: true, chromium: true, keyring: true, pass: true, postgres: true });
	await build();
	await bundleSuites();
	const total = { passed: 0, failed: 0 };
	for (const [name, stage] of Object.entries(STAGES)) {
		if (chosen.length > 0 && !chosen.includes(name)) continue;
		console.log(`\n== ${name}`);
		const counts = await countsOf(stage, tools);
		total.passed += counts.passed;
		// A test that is left out proves nothing, and neither does a stage without tests.
		total.failed += counts.failed + counts.skipped;
		if (counts.skipped > 0) console.log(`${name}: ${counts.skipped} skipped, which counts as failed`);
		if (counts.passed + counts.failed + counts.skipped === 0) {
			console.log(`${name}: no test ran, which counts as failed`);
			total.failed += 1;
		}
	}
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 ? 0 : 1;
});

/** A stage that breaks is one failure; the others still run. */
async function countsOf(stage: (tools: Tools) => Promise<Counts>, tools: Tools): Promise<Counts> {
	try {
		return await stage(tools);
	} catch (error) {
		console.error(error instanceof ScriptError ? error.message : error);
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

/** A mocha suite inside the extension host, with an open keyring, on an empty workspace. */
async function runSuite(suite: Suite, tools: Tools): Promise<Counts> {
	const workspace = temporaryFolder('workspace');
	mkdirSync(screenshots, { recursive: true });
	try {
		return await withKeyring('unlocked', ({ env, command }) =>
			runInExtensionHost({
				suite: suiteEntry(suite),
				folder: workspace.path,
				extension: root,
				server: { entry: tools.codeServer, trusted: suite === 'trusted', env, command },
				chromium: tools.chromium,
				screenshot: `${screenshots}/${suite}-failed.png`,
			}),
		);
	} finally {
		workspace.remove();
	}
}
