// The table's page by itself: what it does again when something changes. How long that takes is told by `npm run bench`.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { launchBrowser } from '../support/harness/browser.ts';
import { openTablePage, type TablePage } from '../support/harness/table-page.ts';
import { manyRows, place, row } from '../support/rows.ts';
import { setting } from './support.ts';

let browser: Browser;

before(async () => {
	browser = await launchBrowser(setting('MCP_HYGIENE_CHROMIUM'));
});
after(() => browser.close());

const changed = (rows: readonly CredentialRow[], id: string, changes: Partial<CredentialRow>) =>
	rows.map((one) => (one.id === id ? { ...one, ...changes } : one));

/** The focused element, as its row and its part. */
const focus = ({ page }: TablePage) =>
	page.evaluate<string>(
		`[document.activeElement.closest('tr')?.dataset.row ?? document.activeElement.tagName, document.activeElement.dataset.part].filter(Boolean).join(' ')`,
	);

const order = ({ page }: TablePage) =>
	page.evaluate<string>(`[...document.querySelectorAll('tr[data-row]')].map(({ dataset }) => dataset.row).join(' ')`);

describe('rows that did not change', () => {
	const rows = ['a', 'b', 'c'].map((id) => row(id, { actions: [{ id: 'probe', title: 'Ask GitHub…' }] }));

	test('are not made again when another one changed, or when one is opened', async () => {
		const table = await openTablePage(browser);
		await table.show(rows);
		await table.page.evaluate(
			`document.querySelectorAll('td[data-column=credential]').forEach((cell) => { cell.isOld = true; })`,
		);
		const made = () =>
			table.page.evaluate<string>(
				`[...document.querySelectorAll('td[data-column=credential]')].filter(({ isOld }) => !isOld).map((cell) => cell.closest('tr').dataset.row).join(' ')`,
			);
		await table.show(rows);
		assert.equal(await made(), '');
		await table.page.locator('[data-row=c] .toggle').click();
		await table.page.locator('tr.details').waitFor();
		assert.equal(await made(), '');
		await table.show(changed(rows, 'b', { kind: 'another kind' }));
		assert.equal(await made(), 'b');
		// What a search hides is not lost.
		await table.page.locator('#search').fill('#c');
		await table.page.locator('#search').fill('');
		assert.equal(await table.page.locator('tr[data-row]').count(), 3);
		assert.equal(await made(), 'b');
	});

	test('keep the focus, as does a button of one that changed or moved', async () => {
		const table = await openTablePage(browser);
		await table.show(rows);
		await table.page.locator('[data-row=b] [data-part=go]').focus();
		await table.show(changed(rows, 'a', { kind: 'another kind' }));
		assert.equal(await focus(table), 'b go');
		await table.show(changed(rows, 'b', { kind: 'another kind' }));
		assert.equal(await focus(table), 'b go');
		const [a, b, c] = changed(rows, 'b', { level: 'none' });
		await table.show([a!, c!, b!]);
		assert.equal(await order(table), 'a c b');
		assert.equal(await focus(table), 'b go');
	});

	test('take over the focus of one that is gone', async () => {
		const table = await openTablePage(browser);
		await table.show(rows);
		await table.page.locator('[data-row=b]').focus();
		await table.show(rows.filter(({ id }) => id !== 'b'));
		assert.equal(await focus(table), 'c');
	});
});

test('Tab leads into one row, whatever there are', async () => {
	const table = await openTablePage(browser);
	await table.show(manyRows(20));
	const stops = await table.page.evaluate(
		`new Set([...document.querySelectorAll('tbody [tabindex="0"]')].map((one) => one.closest('tr'))).size`,
	);
	assert.equal(stops, 1);
});

test('a secret of two groups is opened in both', async () => {
	const table = await openTablePage(browser);
	await table.show([row('a', { places: [place(), place({ server: 'jira' })] })]);
	await table.page.getByLabel('Group by').selectOption('server');
	await table.page.locator('.toggle').first().click();
	assert.equal(await table.page.locator('tr.details').count(), 2);
	assert.deepEqual(await table.page.locator('tr.group').allTextContents(), ['gh 1', 'jira 1']);
});

test('it says that it reads, that it cannot, that there is nothing, and that nothing matches', async () => {
	const table = await openTablePage(browser);
	const { page } = table;
	const status = () => page.locator('#status').textContent();
	assert.equal(await status(), 'Reading your MCP configs…');
	assert.deepEqual(await table.said(), [{ type: 'ready' }]);

	await table.tell({ type: 'failed' });
	assert.match(await page.getByRole('alert').innerText(), /could not be listed: the language server does not answer/);
	await page.getByRole('button', { name: 'Show Log' }).click();
	await page.getByRole('button', { name: 'Try Again' }).click();
	assert.deepEqual(await table.said(), [{ type: 'log' }, { type: 'retry' }]);
	assert.equal(await status(), 'Reading your MCP configs…');
	assert.equal(await page.getByRole('alert').count(), 0);

	await table.show([]);
	assert.equal(await status(), 'No secrets');
	await page.getByText('No credential found in your MCP configs.').waitFor();

	await table.tell({ type: 'rows', rows: manyRows(3), note: 'x cannot be read.', isRestricted: true });
	assert.equal(await status(), '3 secrets');
	await page.getByText('x cannot be read.').waitFor();
	await page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
	assert.deepEqual(await table.said(), [{ type: 'trust' }]);
	await table.show(manyRows(3));
	await page.getByText('x cannot be read.').waitFor({ state: 'hidden' });
	await page.getByText('Restricted Mode').waitFor({ state: 'hidden' });
	await page.getByLabel('Search credentials').fill('nothing is called that');
	assert.equal(await status(), '0 of 3 secrets');
	await page.getByRole('button', { name: 'Show All' }).click();
	assert.equal(await status(), '3 secrets');
	assert.equal(await page.getByLabel('Search credentials').inputValue(), '');
});
