// What a person does: sees the squiggle, presses the light bulb, saves, looks at the panel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
	chooseLightBulbEntry,
	expandRow,
	lightBulbEntries,
	openActivity,
	openFile,
	openLightBulb,
	openLightBulbHere,
	putCursorInto,
	waitForSquiggle,
} from '../support/harness/browser.ts';
import { until } from '../support/harness/temporary.ts';
import { token } from '../support/tokens.ts';
import { inEditor, type Theme } from './support.ts';

const CONTAINER = 'MCP Credentials';
const CONFIG = '.vscode/mcp.json';

test('squiggle, light bulb, save, panel', () =>
	inEditor({ trusted: true, name: 'chain' }, async ({ page, folder, picture, useTheme, widenSideBar }) => {
		const onDisk = () => readFileSync(`${folder}/${CONFIG}`, 'utf8');
		await openFile(page, CONFIG);
		await waitForSquiggle(page, 'error');
		await putCursorInto(page, token('github-pat'));
		await openLightBulbHere(page);
		await picture('light-bulb');
		await chooseLightBulbEntry(page, 'OS keychain');
		await page.locator('.monaco-editor .view-line', { hasText: 'mcp-hygiene' }).first().waitFor();
		await page.keyboard.press('Control+s');
		await until('the saved config', () => (onDisk().includes('cred://keychain/') ? true : undefined));
		assert.ok(!onDisk().includes(token('github-pat')), 'the token is still in the config');
		assert.match(onDisk(), /"mcp-hygiene"/);
		assert.match(onDisk(), /Every token here is fake/);
		await picture('after-the-fix', 'Moved to the OS keychain');

		await openActivity(page, CONTAINER);
		await page.locator('.pane-body .monaco-list-row', { hasText: 'Slack' }).first().waitFor({ timeout: 30_000 });
		await widenSideBar();
		await expandRow(page, 'OpenAI', 'Admin token');
		for (const theme of ['light', 'dark', 'high-contrast'] satisfies Theme[]) {
			await useTheme(theme);
			await picture(`panel-${theme}`);
		}
	}));

test('a click on a row of the panel goes to the place', () =>
	inEditor({ trusted: true, name: 'panel-click' }, async ({ page }) => {
		await openActivity(page, CONTAINER);
		const row = page.locator('.pane-body .monaco-list-row', { hasText: 'Slack' }).first();
		await row.click({ timeout: 60_000 });
		await page.locator('.monaco-editor .view-line', { hasText: 'SLACK_BOT_TOKEN' }).first().waitFor();
	}));

test('Restricted Mode: a squiggle, no fix, and the panel says why', () =>
	inEditor({ trusted: false, name: 'restricted' }, async ({ page, picture }) => {
		await openFile(page, CONFIG);
		await waitForSquiggle(page, 'error');
		await openLightBulb(page);
		assert.deepEqual(
			(await lightBulbEntries(page)).filter((entry) => /keychain|reference/i.test(entry)),
			[],
		);
		await page.keyboard.press('Escape');
		await openActivity(page, CONTAINER);
		await page
			.locator('.pane-body', { hasText: /Restricted Mode|trust/i })
			.first()
			.waitFor({ timeout: 30_000 });
		await picture('panel-restricted');
	}));
