// What the browser tests share: the packed extension in a code-server, on the sample workspace.
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { generateSample } from '../sample/generate.ts';
import { launchBrowser, newPage, openWorkbench, runCommand } from '../support/harness/browser.ts';
import { startCodeServer } from '../support/harness/code-server.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';

/** VS Code's own themes, and the class that the workbench then carries. */
export const THEMES = {
	light: { name: 'Light Modern', className: 'vs' },
	dark: { name: 'Dark Modern', className: 'vs-dark' },
	'high-contrast': { name: 'Default High Contrast', className: 'hc-black' },
} as const;

/** Nothing lies over what a picture is to show. */
const FOR_PICTURES = { 'editor.minimap.enabled': false, 'editor.occurrencesHighlight': 'off' } as const;

export type Theme = keyof typeof THEMES;

export interface Editor {
	readonly page: Page;
	readonly folder: string;
	/** Switches the colour theme through the command palette. */
	useTheme(theme: Theme): Promise<void>;
	/** Makes the side bar wide enough to read, as a person drags its edge. */
	widenSideBar(): Promise<void>;
	/** Keeps a picture of the window, under the folder that `npm test` names, when notifications are gone, or with the one that it is about. */
	picture(name: string, notification?: string): Promise<void>;
	close(): Promise<void>;
}

interface EditorOptions {
	readonly trusted: boolean;
	/** What the workspace holds. Absent: the sample. */
	readonly fill?: (folder: string) => void;
}

/** Opens a workspace in a window of its own. */
export async function openEditor({ trusted, fill = fillWithSample }: EditorOptions): Promise<Editor> {
	const workspace = temporaryFolder('browser');
	const folder = `${workspace.path}/sample`;
	fill(folder);
	const server = await startCodeServer({
		entry: setting('MCP_HYGIENE_CODE_SERVER'),
		installed: setting('MCP_HYGIENE_EXTENSIONS'),
		trusted,
		settings: { ...FOR_PICTURES, 'workbench.colorTheme': THEMES.light.name },
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
			useTheme: (theme) => useTheme(page, theme),
			widenSideBar: () => widenSideBar(page),
			picture: (name, shown) => picture(page, name, shown),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** Runs `steps` in a window; a failure leaves a picture of what could be seen. */
export async function inEditor(
	options: EditorOptions & { readonly name: string },
	steps: (editor: Editor) => Promise<void>,
): Promise<void> {
	const editor = await openEditor(options);
	try {
		await steps(editor);
	} catch (error) {
		await keep(editor.page, `${options.name}-failed`);
		throw error;
	} finally {
		await editor.close();
	}
}

function fillWithSample(folder: string): void {
	generateSample(folder, { history: true });
}

async function useTheme(page: Page, theme: Theme): Promise<void> {
	await runCommand(page, 'Preferences: Color Theme');
	const input = page.locator('.quick-input-widget input[type=text]').first();
	await input.fill(THEMES[theme].name);
	await page.locator('.quick-input-list .monaco-list-row', { hasText: THEMES[theme].name }).first().click();
	await page.locator(`.monaco-workbench.${THEMES[theme].className}`).waitFor();
	await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
	// The widget fades away after it is hidden to the page.
	await page.waitForTimeout(500);
}

async function widenSideBar(page: Page): Promise<void> {
	const box = (await page.locator('.part.sidebar').boundingBox())!;
	const y = box.y + box.height / 2;
	await page.mouse.move(box.x + box.width, y);
	await page.mouse.down();
	await page.mouse.move(box.x + 620, y, { steps: 5 });
	await page.mouse.up();
}

/** The pointer rests where nothing has a hover: in the title bar, left of everything. */
const QUIET_CORNER = [120, 18] as const;

async function picture(page: Page, name: string, shown?: string): Promise<void> {
	await page.mouse.move(...QUIET_CORNER);
	await page.locator('.workbench-hover-container').first().waitFor({ state: 'hidden' });
	const toasts = page.locator('.notification-toast');
	if (shown === undefined) await toasts.first().waitFor({ state: 'hidden', timeout: 60_000 });
	else await toasts.filter({ hasText: shown }).first().waitFor();
	await keep(page, name);
}

async function keep(page: Page, name: string): Promise<void> {
	const folder = setting('MCP_HYGIENE_SCREENSHOTS');
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: `${folder}/${name}.png` });
}

export function setting(name: string): string {
	const value = process.env[name];
	if (!value) throw new Error(`${name} is not set: run these tests through "npm test -- browser"`);
	return value;
}
