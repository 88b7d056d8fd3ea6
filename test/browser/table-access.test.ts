// The table for people who do not see it or have no pointer: what Chromium tells a screen reader of the page, and the keys alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { launchBrowser } from '../support/harness/browser.ts';
import { openTablePage, type TablePage } from '../support/harness/table-page.ts';
import { place, row } from '../support/rows.ts';
import { accessibilityTree, allOf, textOf } from './accessibility-tree.ts';
import { setting } from './support.ts';

let browser: Browser;

before(async () => {
	browser = await launchBrowser(setting('MCP_HYGIENE_CHROMIUM'));
});
after(() => browser.close());

const ROWS: readonly CredentialRow[] = [
	row('a', {
		scope: {
			text: 'Acts as you.',
			breadth: 'user',
			evidence: 'from its format',
			chips: [{ text: 'admin:org', kind: 'excess' }],
		},
		age: {
			text: 'at least 400 days',
			old: true,
			days: 400,
			oldAfterDays: 90,
			evidence: ['git: first seen in 53a7d76'],
		},
		expires: '2026-12-15',
		actions: [
			{ id: 'open-page', title: 'Open the token page of GitHub' },
			{ id: 'probe', title: 'Ask GitHub about this token…' },
			{ id: 'revoke', title: 'Revoke this token at GitHub…', destructive: true },
		],
		places: [place({ findings: [{ ruleId: 'inlined-credential', level: 'error', message: 'It is written here.' }] })],
	}),
	row('b', { issuer: 'Slack', kind: 'bot token', label: 'Slack bot token #b', level: 'warning', answer: 'unasked' }),
];

async function filled(width?: number): Promise<TablePage> {
	const table = await openTablePage(browser, width);
	await table.show(ROWS);
	await table.said();
	return table;
}

const focused = ({ page }: TablePage) =>
	page.evaluate<string>(`document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`);

describe('a screen reader', () => {
	test('says a row in one sentence, and reaches each of its cells', async () => {
		const grid = allOf(await accessibilityTree((await filled()).page), 'treegrid')[0]!;
		assert.deepEqual(allOf(grid, 'columnheader').map(textOf), [
			'Risk',
			'Credential',
			'Scope',
			'Age',
			'Expires',
			'Last used',
			'Used by',
			'Stored',
			'Actions',
		]);
		const [, first, second] = allOf(grid, 'row');
		assert.equal(first!.name, 'Error. GitHub token #a. acts as you, admin:org. at least 400 days. in plain text');
		assert.deepEqual(allOf(first!, 'gridcell').map(textOf), [
			'Details of GitHub token #a Error',
			'GitHub token',
			'acts as you admin:org',
			'at least 400 days',
			'2026-12-15',
			'unknown',
			'gh',
			'in plain text',
			'Go to GitHub token #a More actions for GitHub token #a',
		]);
		assert.deepEqual(
			allOf(first!, 'listitem').map(({ name }) => name),
			['acts as you: Acts as you. (from its format)', 'admin:org: granted, but needed by no enabled tool'],
		);
		assert.deepEqual(allOf(second!, 'gridcell').map(textOf).slice(2, 4), ['Slack not asked yet', 'unknown']);
	});

	test('says whether a row is open, and what is in it', async () => {
		const table = await filled();
		const rowsNow = async () => allOf(await accessibilityTree(table.page), 'row');
		const toggle = (node: Awaited<ReturnType<typeof rowsNow>>[number]) => allOf(node, 'button')[0]!;
		const [, closed] = await rowsNow();
		assert.deepEqual([closed!.properties.expanded, toggle(closed!).properties.expanded], [false, false]);
		await table.page.getByRole('button', { name: 'Details of GitHub token #a' }).click();
		const [, open, details] = await rowsNow();
		assert.deepEqual([open!.properties.expanded, toggle(open!).properties.expanded], [true, true]);
		assert.equal(toggle(open!).name, 'Details of GitHub token #a');
		assert.match(textOf(details!), /git: first seen in 53a7d76.*Error\. +It is written here\./);
	});

	test('hears of a new order, and not of rows that come again', async () => {
		const { page, show } = await filled();
		const sorted = page.locator('#sorted');
		assert.equal(await sorted.textContent(), '');
		await page.getByRole('button', { name: 'Age', exact: true }).click();
		assert.equal(await sorted.textContent(), 'Sorted by age, ascending');
		assert.equal(await page.locator('th[data-key=age]').getAttribute('aria-sort'), 'ascending');
		await page.keyboard.press('Enter');
		assert.equal(await sorted.textContent(), 'Sorted by age, descending');
		await page.evaluate(`
			window.changes = 0;
			new MutationObserver((all) => { changes += all.length; }).observe(document.querySelector('header'), { childList: true, characterData: true, subtree: true });`);
		await show(ROWS);
		assert.equal(await page.evaluate('changes'), 0);
	});
});

test('with keys alone: to a row, through its details, into its menu and back', async () => {
	const table = await filled();
	const { page, said } = table;
	const press = (key: string) => page.keyboard.press(key);
	await page.locator('[data-row=a]').focus();
	await press('ArrowDown');
	assert.match(await focused(table), /^Warning\. Slack/);
	await press('Home');
	await press('ArrowRight');
	await page.locator('tr.details').waitFor();
	await press('ArrowLeft');
	await page.locator('tr.details').waitFor({ state: 'detached' });
	await press('Enter');
	assert.deepEqual(await said(), [{ type: 'go', row: 'a', place: 0 }]);

	for (let stop = 0; stop < 3; stop += 1) await press('Tab');
	assert.equal(await focused(table), 'More actions for GitHub token #a');
	for (const key of ['Enter', 'Space', 'ArrowDown']) {
		await press(key);
		assert.equal(await focused(table), 'Open the token page of GitHub', key);
		const [menu] = allOf(await accessibilityTree(page), 'menu');
		assert.equal(menu!.name, 'More actions for GitHub token #a');
		assert.equal(allOf(menu!, 'menuitem').length, 3);
		await press('Escape');
		assert.equal(await focused(table), 'More actions for GitHub token #a');
		assert.equal(allOf(await accessibilityTree(page), 'menu').length, 0);
	}
	await press('ArrowUp');
	assert.equal(await focused(table), 'Revoke this token at GitHub…');
	await press('ArrowDown');
	await press('ArrowDown');
	assert.equal(await focused(table), 'Ask GitHub about this token…');
	await press('o');
	assert.equal(await focused(table), 'Open the token page of GitHub');
	await press('End');
	// Rows that come meanwhile wait, so that the menu keeps its button.
	await table.show(ROWS.map((one) => ({ ...one, kind: 'another kind' })));
	assert.equal(await page.getByText('another kind').count(), 0);
	await press('Enter');
	assert.deepEqual(await said(), [{ type: 'act', row: 'a', action: 'revoke' }]);
	await page.getByText('another kind').first().waitFor();
	assert.equal(await focused(table), 'More actions for GitHub token #a');

	await press('Control+f');
	await page.keyboard.type('slack');
	assert.equal(await page.locator('#status').textContent(), '1 of 2 secrets');
});

test('narrow, it can still be sorted by everything, either way', async () => {
	const { page } = await filled(600);
	const list = page.getByLabel('Sort by', { exact: true });
	const orders = await list.locator('option').evaluateAll((all) => all.map((one) => (one as { value?: string }).value));
	assert.deepEqual(orders, ['risk', 'credential', 'scope', 'age', 'expires', 'lastUsed', 'used', 'stored']);
	const first = () => page.locator('tr[data-row]').first().getAttribute('data-row');
	await list.selectOption('credential');
	assert.equal(await first(), 'a');
	await page.getByRole('button', { name: 'Sorted by name, ascending. Reverse the order' }).click();
	assert.equal(await first(), 'b');
	// A fact without its column's title over it says itself what it is.
	const [card] = allOf(await accessibilityTree(page), 'row');
	assert.match(textOf(card!), /Expires: unknown Last used: unknown/);
});
