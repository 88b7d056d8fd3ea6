/** A headless Chromium with VS Code's workbench in it, and the moves that a person makes there. */
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { until } from './temporary.ts';

const ARGUMENTS = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

export async function launchBrowser(executablePath: string): Promise<Browser> {
	// Chromium's sandbox does not run as root.
	return chromium.launch({ executablePath, args: ARGUMENTS, chromiumSandbox: process.getuid?.() !== 0 });
}

/** A fresh browser profile each time: VS Code keeps its state of a workspace there. */
export async function newPage(browser: Browser): Promise<Page> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	return context.newPage();
}

export async function openWorkbench(page: Page, url: string): Promise<void> {
	await page.goto(url, { waitUntil: 'domcontentloaded' });
	await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
	await page.waitForSelector('.statusbar-item', { timeout: 60_000 });
}

/** Runs a command of the palette by its title. */
export async function runCommand(page: Page, title: string): Promise<void> {
	await page.keyboard.press('F1');
	await chooseFromQuickInput(page, `>${title}`, title);
}

/** Opens a file of the workspace by its path. */
export async function openFile(page: Page, path: string): Promise<void> {
	await page.keyboard.press('Control+p');
	await chooseFromQuickInput(page, path, path.slice(path.lastIndexOf('/') + 1));
	await page.waitForSelector(`.tab.active[data-resource-name="${path.slice(path.lastIndexOf('/') + 1)}"]`);
}

async function chooseFromQuickInput(page: Page, typed: string, expected: string): Promise<void> {
	const input = page.locator('.quick-input-widget input[type=text]').first();
	await input.waitFor({ state: 'visible' });
	await input.fill(typed);
	// The list may still show the answers to what was typed before: only the expected row counts.
	await page.locator('.quick-input-list .monaco-list-row', { hasText: expected }).first().click({ timeout: 60_000 });
}

/** Waits for a squiggle of this kind in the editor. */
export async function waitForSquiggle(page: Page, kind: 'error' | 'warning' | 'info'): Promise<void> {
	await page.waitForSelector(`.monaco-editor .squiggly-${kind}`, { timeout: 60_000 });
}

const LIGHT_BULB_PRESSES = 4;

function appears(what: Locator, milliseconds: number): Promise<boolean> {
	return what.waitFor({ timeout: milliseconds }).then(
		() => true,
		() => false,
	);
}

/** Puts the cursor on the next problem and opens the light bulb's menu there. */
export async function openLightBulb(page: Page): Promise<void> {
	await runCommand(page, 'Go to Next Problem in Files');
	await page.keyboard.press('Escape');
	await openLightBulbHere(page);
}

/** Puts the cursor into this text of the open editor, and the pointer away from it: a hover would lie over what comes next. */
export async function putCursorInto(page: Page, text: string): Promise<void> {
	await page.locator('.monaco-editor .view-line').getByText(text).last().click();
	await page.mouse.move(0, 0);
}

/** Opens the light bulb's menu where the cursor is. */
export async function openLightBulbHere(page: Page): Promise<void> {
	// On a slow machine the first press can come before the problem's view has let go of the focus; a person presses again.
	const menu = page.locator('.action-widget').first();
	for (let press = 1; press < LIGHT_BULB_PRESSES; press += 1) {
		await page.keyboard.press('Control+.');
		if (await appears(menu, 5000)) return;
	}
	await page.keyboard.press('Control+.');
	await menu.waitFor({ timeout: 15_000 });
}

/** The menu's entries as text. Chat puts its own entries into the same menu: choose by text, never by position. */
export function lightBulbEntries(page: Page): Promise<string[]> {
	return page.locator('.action-widget .monaco-list-row').allInnerTexts();
}

export async function chooseLightBulbEntry(page: Page, text: string): Promise<void> {
	await page.locator('.action-widget .monaco-list-row', { hasText: text }).first().click();
}

/** Opens a view container of the Activity Bar by its title. */
export async function openActivity(page: Page, title: string): Promise<void> {
	const label = page.locator(`a[aria-label*="${title}"]`);
	// Forced, because a badge lies over the icon and takes the pointer; a person's click goes through to the item.
	await page.locator('.activitybar .action-item', { has: label }).click({ force: true });
}

/** Opens a row of a tree. The tree may be filled anew at that moment and lose the click, so it is looked at again. */
export async function expandRow(page: Page, row: string, child: string): Promise<void> {
	const parent = page.locator('.pane-body .monaco-list-row', { hasText: row }).first();
	const inside = page.locator('.pane-body .monaco-list-row', { hasText: child }).first();
	await until(`"${child}" in "${row}"`, async () => {
		if (await inside.isVisible()) return true;
		if ((await parent.getAttribute('aria-expanded')) === 'false') await parent.locator('.monaco-tl-twistie').click();
		await page.waitForTimeout(500);
		return undefined;
	});
}

/** A dialog that wants an answer before anything else. */
export function modal(page: Page): Locator {
	return page.locator('.monaco-dialog-box');
}

/** A notification that says this. */
export function notification(page: Page, text: string | RegExp): Locator {
	return page.locator('.notification-toast', { hasText: text }).first();
}

/** VS Code shows no more than three at a time, and with three there a new one may stay unseen. */
export async function clearNotifications(page: Page): Promise<void> {
	await runCommand(page, 'Notifications: Clear All Notifications');
	await page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
}

/** The document inside the (only) visible webview. */
export function webview(page: Page) {
	return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}
