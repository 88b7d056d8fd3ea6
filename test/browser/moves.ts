// What a person does with a secret in VS Code, from the table and from the config.
import type { Locator, Page } from 'playwright-core';
import {
	clearNotifications,
	modal,
	openActivity,
	openLightBulbHere,
	runCommand,
	webview,
} from '../support/harness/browser.ts';

/** The side panel, with what it found. */
export async function openPanel(page: Page, issuer: string): Promise<void> {
	await openActivity(page, 'MCP Credentials');
	await page.locator('.pane-body .monaco-list-row', { hasText: issuer }).first().waitFor({ timeout: 60_000 });
}

export async function openTable(page: Page): Promise<void> {
	await runCommand(page, 'Open Credentials Table');
	await webview(page).locator('tr[data-row]').first().waitFor({ timeout: 60_000 });
}

/** The table's row of the secret that this server uses. */
export function rowOf(page: Page, server: string): Locator {
	return webview(page).locator('tr[data-row]', { has: page.locator(`.used[title~="${server}"]`) });
}

/** Chooses from the menu of a row and hands over the dialog that asks. */
export async function press(page: Page, server: string, action: string): Promise<Locator> {
	await rowOf(page, server).getByRole('button', { name: 'More actions' }).click();
	await webview(page).getByRole('menuitem', { name: action }).click();
	await modal(page).waitFor();
	return modal(page);
}

/** The dialog that asks before the stored token of this server is rotated. */
export async function askToRotate(page: Page, server: string): Promise<Locator> {
	await openTable(page);
	await rowOf(page, server).getByText('OS keychain').waitFor({ timeout: 30_000 });
	await clearNotifications(page);
	return press(page, server, 'Rotate this token at GitLab');
}

/** Asks the issuer, once the person said yes. */
export async function ask(page: Page, server: string, issuer: string): Promise<string> {
	const dialog = await press(page, server, `Ask ${issuer} about this token`);
	const question = await dialog.innerText();
	await dialog.getByRole('button', { name: `Ask ${issuer}` }).click();
	return question;
}

/** To the token in the config, as a person goes there from the table, and its light bulb. */
export async function lightBulbAt(page: Page, server: string): Promise<void> {
	await openTable(page);
	await rowOf(page, server).getByRole('button', { name: 'Go to' }).click();
	await page.locator('.tab.active[data-resource-name="mcp.json"]').waitFor();
	await openLightBulbHere(page);
}
