// The stages of `npm test`, as jobs that can run beside each other: each has a keyring, folders and ports of its own.
import { mkdirSync, readdirSync } from 'node:fs';
import { installExtensions } from '../test/support/harness/code-server.ts';
import { type Counts, runInExtensionHost } from '../test/support/harness/extension-host.ts';
import { withKeyring } from '../test/support/harness/keyring.ts';
import { temporaryFolder } from '../test/support/harness/temporary.ts';
import { BUNDLE_VARIABLE, bundleLauncher } from '../test/support/launcher-bundle.ts';
import { type Suite, suiteEntry } from './bundle-suites.ts';
import { type NodeTests, runNodeTests, UNIT_TESTS } from './node-tests.ts';
import { packageExtension } from './package.ts';
import { cache, root, vsixFile } from './paths.ts';
import type { Tools } from './tools.ts';
import type { Write } from './turns.ts';

/** `npm test -- browser --pictures` renews the pictures that the README shows. */
export const KEEP_PICTURES = '--pictures';
const screenshots = process.argv.includes(KEEP_PICTURES) ? `${root}/docs/images` : `${cache}/screenshots`;

export interface Job {
	readonly name: string;
	/** Whether it waits for {@link ensureTools}. */
	readonly usesEditor: boolean;
	/** Whether it waits for {@link packed}. */
	readonly usesPackage?: boolean;
	run(write: Write, tools: () => Promise<Tools>): Promise<Counts>;
}

/** In this order: the quick ones first. */
export const STAGES: Readonly<Record<string, () => readonly Job[]>> = {
	unit: () => [{ name: 'unit', usesEditor: false, run: (write) => runNodeTests({ ...UNIT_TESTS, write }) }],
	// The built programs, started as a host starts them.
	process: () => [
		{
			name: 'process',
			usesEditor: false,
			usesPackage: true,
			run: async (write) => {
				await packed();
				const env = { [BUNDLE_VARIABLE]: await bundleLauncher() };
				return runWithKeyring({ patterns: ['test/process/**/*.test.ts'], reporter: 'spec', write, env });
			},
		},
	],
	// The real keyring; a test that needs another state than unlocked starts a session of its own.
	keychain: () => [
		{
			name: 'keychain',
			usesEditor: false,
			// Not in the session's mount namespace: the tests start programs in those of their own.
			run: (write) =>
				withKeyring('unlocked', ({ env }) =>
					runNodeTests({
						patterns: ['test/keychain/**/*.test.ts'],
						reporter: 'spec',
						env,
						options: ['--test-concurrency=1'],
						write,
					}),
				),
		},
	],
	editor: () => [suiteJob('editor', 'trusted')],
	restricted: () => [suiteJob('restricted', 'restricted')],
	browser: () =>
		readdirSync(`${root}/test/browser`)
			.filter((file) => file.endsWith('.test.ts'))
			.toSorted()
			.map(browserJob),
};

/** The package that is looked at, and installed for the browser's tests. */
export const packed = once(() => packageExtension(vsixFile));

/** The extension as code-server installs it from the package; each test's code-server gets a copy. */
const installed = once(async (codeServer: string) => {
	await packed();
	const folder = temporaryFolder('installed');
	await withKeyring('none', async ({ env }) => installExtensions(codeServer, folder.path, [vsixFile], env));
	return `${folder.path}/extensions`;
});

function once<A extends unknown[], T>(make: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
	let made: Promise<T> | undefined;
	return (...args) => {
		made ??= make(...args);
		return made;
	};
}

function browserJob(file: string): Job {
	return {
		name: `browser: ${file.slice(0, -'.test.ts'.length)}`,
		usesEditor: true,
		usesPackage: true,
		run: async (write, tools) => {
			const { codeServer, chromium } = await tools();
			return runWithKeyring({
				patterns: [`test/browser/${file}`],
				reporter: 'spec',
				write,
				env: {
					MCP_HYGIENE_EXTENSIONS: await installed(codeServer),
					MCP_HYGIENE_CODE_SERVER: codeServer,
					MCP_HYGIENE_CHROMIUM: chromium,
					MCP_HYGIENE_SCREENSHOTS: screenshots,
				},
			});
		},
	};
}

function runWithKeyring(tests: NodeTests): Promise<Counts> {
	return withKeyring('unlocked', ({ env, command }) =>
		runNodeTests({ ...tests, env: { ...env, ...tests.env }, command }),
	);
}

function suiteJob(name: string, suite: Suite): Job {
	return { name, usesEditor: true, run: async (write, tools) => runSuite(suite, await tools(), write) };
}

/** A mocha suite inside the extension host, with an open keyring, on an empty workspace. */
async function runSuite(suite: Suite, tools: Tools, write: Write): Promise<Counts> {
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
				write,
			}),
		);
	} finally {
		workspace.remove();
	}
}
