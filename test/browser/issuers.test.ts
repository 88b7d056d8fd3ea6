import { test } from 'node:test';
import { openFile, runCommand, waitForSquiggle, webview } from '../support/harness/browser.ts';
import { startIssuers } from '../support/loopback-issuers.ts';
import { fillWithServers } from './issuers-workspace.ts';
import { inEditor } from './support.ts';

test('explore', async () => {
	const issuers = await startIssuers();
	try {
	await inEditor(
		{ trusted: true, name: 'issuers', fill: (folder) => fillWithServers(folder, issuers) },
		async ({ page, picture, useTheme }) => {
			page.setDefaultTimeout(20_000);
			await openFile(page, '.vscode/mcp.json');
			await waitForSquiggle(page, 'error');
			await runCommand(page, 'Open Credentials Table');
			const table = webview(page).locator('#table');
			await table.locator('tr[data-row]').first().waitFor({ timeout: 30_000 });
			await picture('x-before');
			const rowOf = (server: string) => table.locator('tr[data-row]', { has: page.locator(`td[data-title="Used by"]`, { hasText: server }) });
			for (const name of ['github', 'gitlab', 'pipelines', 'errors', 'dashboards', 'vault', 'orders']) {
					await table.locator(`tr[data-row]:has(td[data-title="Used by"]:has-text("${name}"))`).getByRole('button', { name: `Ask ` }).click();
					const box = page.locator('.monaco-dialog-box');
					await box.waitFor();
					console.log(await page.locator('.monaco-dialog-modal-block').ariaSnapshot());
					await picture(`x-ask-${name}`);
					await box.getByRole('button', { name: `Ask ` }).click();
					await page.locator('.notification-list-item-message', { hasText: 'answered' }).last().waitFor();
					await picture(`x-asked-${name}`);
					console.log(await page.locator('.notifications-toasts').ariaSnapshot({timeout:2000}).catch(String));
			}
			await picture('x-after');
						await runCommand(page, 'Notifications: Clear All Notifications');
			await picture('x-after2');
			await useTheme('dark');
			await picture('x-after-dark');
			await useTheme('high-contrast');
			await picture('x-after-hc');
			await useTheme('light');
			console.log(await table.ariaSnapshot());
			console.log(issuers.asked);
			for (const name of ['vault','pipelines']) {
				await table.locator(`tr[data-row]:has(td[data-title="Used by"]:has-text("${name}"))`).getByRole('button', { name: `Revoke it` }).click();
				const box = page.locator('.monaco-dialog-box');
				await box.waitFor();
				console.log(await page.locator('.monaco-dialog-modal-block').ariaSnapshot());
				await picture(`x-revoke-${name}`);
				await box.getByRole('button', { name: `Revoke` }).click();
				await page.waitForTimeout(3000);
				console.log(await page.locator('.notification-list-item-message').allTextContents());
				await picture(`x-revoked-${name}`);
			}
		},
	);
	} finally { issuers.close(); }
});
