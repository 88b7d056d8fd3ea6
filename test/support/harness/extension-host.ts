/** Runs a mocha suite inside VS Code's extension host: code-server for the host, headless Chromium for the window. */
import { existsSync, readFileSync } from 'node:fs';
import { format } from 'node:util';
import { launchBrowser, newPage } from './browser.ts';
import { type CodeServerOptions, startCodeServer } from './code-server.ts';
import { temporaryFolder } from './temporary.ts';

export interface ExtensionHostRun {
	/** The suite's bundled `index.js`. */
	readonly suite: string;
	/** The workspace to open. */
	readonly folder: string;
	/** The extension to load: a folder with a package.json. */
	readonly extension: string;
	readonly server: CodeServerOptions;
	readonly chromium: string;
	/** More environment for the extension host and everything that it starts. */
	readonly env?: Readonly<Record<string, string>>;
	/** Where to leave a picture of the window when the suite fails. */
	readonly screenshot?: string;
	readonly timeoutMs?: number;
	/** Takes what the suite says on its console. */
	readonly write: (text: string) => void;
}

export interface Counts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/** Name of the variable that tells the suite where to write its {@link Counts}. */
export const RESULT_VARIABLE = 'MCP_HYGIENE_TEST_RESULT';

const TIMEOUT_MS = 240_000;

/** The suite's counts. @throws Error if it did not come to an end. */
export async function runInExtensionHost(run: ExtensionHostRun): Promise<Counts> {
	const temporary = temporaryFolder('suite');
	const resultFile = `${temporary.path}/result.json`;
	const server = await startCodeServer({
		...run.server,
		testSuite: true,
		env: { ...run.server.env, ...run.env, [RESULT_VARIABLE]: resultFile },
	});
	const browser = await launchBrowser(run.chromium);
	try {
		const page = await newPage(browser);
		let end: () => void = () => undefined;
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		await page.exposeFunction('codeAutomationExit', () => end());
		await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
			const lines = format(...[args].flat()).split('\n');
			const shown = isWorkbenchNoise(lines[0] ?? '') ? [] : lines.filter((line) => !isWorkbenchFrame(line));
			if (shown.length > 0) run.write(`${shown.join('\n')}\n`);
		});
		await page.goto(addressOf(run, server.port), { waitUntil: 'domcontentloaded' });
		const inTime = await Promise.race([ended.then(() => true), after(run.timeoutMs ?? TIMEOUT_MS)]);
		const counts = existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Counts) : undefined;
		if (run.screenshot && (!counts || counts.failed > 0)) await page.screenshot({ path: run.screenshot });
		if (!counts) {
			const why = inTime ? 'ended without a result' : 'did not end in time';
			throw new Error(`The suite ${why}. code-server said:\n${server.output()}`);
		}
		return counts;
	} finally {
		await browser.close();
		await server.stop();
		temporary.remove();
	}
}

function addressOf(run: ExtensionHostRun, port: number): string {
	const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
	const url = new URL(`http://127.0.0.1:${port}/`);
	url.searchParams.set('folder', run.folder);
	url.searchParams.set(
		'payload',
		JSON.stringify([
			['extensionDevelopmentPath', remote(run.extension)],
			['extensionTestsPath', remote(run.suite)],
		]),
	);
	return url.href;
}

/** The workbench's own console lines, among the suite's. */
function isWorkbenchNoise(line: string): boolean {
	return /^(\[|Creating a socket|Resolv|Updating additional|Canceled|Failed: getaddrinfo|getaddrinfo)/.test(line);
}

/** A line of a stack trace inside VS Code's own bundle. */
function isWorkbenchFrame(line: string): boolean {
	return /^ {2,}at .*\/workbench\.js:/.test(line);
}

function after(ms: number): Promise<false> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms, false).unref();
	});
}
