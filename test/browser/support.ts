// What the browser tests share: the packed extension in a code-server, on the sample workspace.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { generateSample } from '../sample/generate.ts';
import { launchBrowser, newPage, openWorkbench } from '../support/harness/browser.ts';
import { type CodeServer, startCodeServer } from '../support/harness/code-server.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';

/** VS Code's own themes, and the class that the workbench then carries. */
export const THEMES = {
	light: { name: 'Default Light Modern', className: 'vs' },
	dark: { name: 'Default Dark Modern', className: 'vs-dark' },
	'high-contrast': { name: 'Default High Contrast', className: 'hc-black' },
} as const;

export type Theme = keyof typeof THEMES;

export interface Editor {
	readonly page: Page;
	readonly folder: string;
	/** Switches the colour theme, as a change in the settings does. */
	useTheme(theme: Theme): Promise<void>;
	/** Keeps a picture of the window, under the folder that `npm test` names. */
	picture(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Opens the sample workspace in a window of its own. */
export async function openEditor(options: { readonly trusted: boolean }): Promise<Editor> {
	const workspace = temporaryFolder('browser');
	const folder = `${workspace.path}/sample`;
	generateSample(folder, { history: true });
	const server = await startCodeServer({
		entry: setting('MCP_HYGIENE_CODE_SERVER'),
		extensions: [setting('MCP_HYGIENE_VSIX')],
		trusted: options.trusted,
		settings: { 'workbench.colorTheme': THEMES.light.name },
	});
	let browser: Browser | undefined;
	const close = async () => {
		await browser?.close();
		await server.stop();
		workspace.remove();
	};
	try {
		browser = await launchBrowser(setting('MCP_HYGIENE_CHROMIUM'));
		const page = await newPage(browser);
		await openWorkbench(page, server.urlOf(folder));
		return {
			page,
			folder,
			useTheme: (theme) => useTheme(page, server, theme),
			picture: (name) => picture(page, name),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Runs `steps` in a window; a failure leaves a picture of what could be seen. */
export async function inEditor(
	options: { readonly trusted: boolean; readonly name: string },
	steps: (editor: Editor) => Promise<void>,
): Promise<void> {
	const editor = await openEditor(options);
	try {
		await steps(editor);
	} catch (error) {
		await editor.picture(`${options.name}-failed`);
		throw error;
	} finally {
		await editor.close();
	}
}

async function useTheme(page: Page, server: CodeServer, theme: Theme): Promise<void> {
	const file = `${server.userFolder}/settings.json`;
	const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	writeFileSync(file, JSON.stringify({ ...settings, 'workbench.colorTheme': THEMES[theme].name }));
	await page.locator(`.monaco-workbench.${THEMES[theme].className}`).waitFor();
}

async function picture(page: Page, name: string): Promise<void> {
	const folder = setting('MCP_HYGIENE_SCREENSHOTS');
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: `${folder}/${name}.png` });
}

function setting(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: run these tests through "npm test -- browser"`);
	return value;
}
