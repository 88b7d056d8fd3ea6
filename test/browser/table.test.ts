// The table in an editor tab: filled, sorted, grouped, searched, by pointer and by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFile, runCommand, waitForSquiggle, webview } from '../support/harness/browser.ts';
import { accessibilityTree, allOf, textOf } from './accessibility-tree.ts';
import { inEditor, type Theme } from './support.ts';

const WEBVIEW_FRAME = 'active-frame';

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

		// A screen reader gets the same from inside of VS Code as from the page alone.
		const [first] = allOf(await accessibilityTree(page, WEBVIEW_FRAME), 'row').filter(
			({ properties }) => properties.level === 1,
		);
		assert.match(
			first!.name,
			/^Error\. OpenAI admin key #[0-9a-f]{6}\. admin rights\. at least 400 days\. in plain text$/,
		);
		assert.deepEqual(allOf(first!, 'gridcell').map(textOf).slice(1, 4), [
			'OpenAI admin key',
			'admin rights',
			'at least 400 days',
		]);

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
		for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
		await table.locator('tr.details').first().waitFor();
		assert.match((await table.locator('tr.details').textContent()) ?? '', /first seen in commit/);
		for (const theme of ['light', 'dark', 'high-contrast'] satisfies Theme[]) {
			await useTheme(theme);
			await picture(`table-${theme}`);
		}

		// Beside another editor it is narrow, and a row becomes a card.
		await useTheme('light');
		await runCommand(page, 'View: Move Editor into Right Group');
		await table.locator('tr.details').first().waitFor();
		await picture('table-narrow');

		await table.locator('button.link').first().click();
		await page.locator('.editor-group-container.active .tab.active[data-resource-name=".mcp.json"]').waitFor();
	}));
