// The table in an editor tab: filled, sorted, grouped, searched, by pointer and by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openActivity, openFile, runCommand, waitForSquiggle, webview } from '../support/harness/browser.ts';
import { inEditor, type Theme } from './support.ts';

test('the credentials table', () =>
	inEditor({ trusted: true, name: 'table' }, async ({ page, picture, useTheme }) => {
		await openFile(page, '.vscode/mcp.json');
		await waitForSquiggle(page, 'error');
		await page.locator('.codelens-decoration', { hasText: 'acts as you' }).first().waitFor({ timeout: 30_000 });
		await picture('code-lens');

		await runCommand(page, 'Open Credentials Table');
		const table = webview(page).locator('#table');
		const rows = table.locator('tr[data-row]');
		await rows.first().waitFor({ timeout: 30_000 });
		assert.match((await webview(page).locator('#status').textContent()) ?? '', /^5 secrets$/);
		assert.match((await rows.first().textContent()) ?? '', /OpenAI.*admin rights.*at least 400 days/);

		await webview(page).getByRole('button', { name: 'Credential', exact: true }).click();
		assert.match((await rows.first().textContent()) ?? '', /^Atlassian/);
		assert.equal(await table.locator('th[data-key=credential]').getAttribute('aria-sort'), 'ascending');

		await webview(page).getByLabel('Group by').selectOption('host');
		assert.ok((await table.locator('tr.group').allTextContents()).some((name) => name.startsWith('Cursor')));
		await webview(page).getByLabel('Group by').selectOption('none');

		await webview(page).getByLabel('Search credentials').fill('slack');
		assert.equal(await rows.count(), 1);
		assert.equal(await webview(page).locator('#status').textContent(), '1 of 5 secrets');
		await webview(page).getByLabel('Search credentials').fill('');

		await rows.first().focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowRight');
		await table.locator('tr.details').first().waitFor();
		assert.match((await table.locator('tr.details').textContent()) ?? '', /first seen in commit/);
		for (const theme of ['light', 'dark', 'high-contrast'] satisfies Theme[]) {
			await useTheme(theme);
			await picture(`table-${theme}`);
		}

		// Beside another editor it is narrow, and a row becomes a card.
		await runCommand(page, 'View: Split Editor Right');
		await openActivity(page, 'MCP Credentials');
		await picture('table-narrow');

		await table.locator('button.link').first().click();
		await page.locator('.monaco-editor').first().waitFor();
	}));
