// VS Code's own password input: the secret is kept until the prompt was answered, and copied once for it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
	chooseLightBulbEntry,
	openFile,
	openLightBulb,
	runCommand,
	waitForSquiggle,
} from '../support/harness/browser.ts';
import { until } from '../support/harness/temporary.ts';
import { token } from '../support/tokens.ts';
import { inEditor } from './support.ts';

test('a password input: the kept secret is copied once and leaves the clipboard by itself', () =>
	inEditor({ trusted: true, name: 'kept' }, async ({ page, folder }) => {
		await openFile(page, '.vscode/mcp.json');
		await waitForSquiggle(page, 'error');
		// The first problem is the tracked file; the second is the token itself.
		await runCommand(page, 'Go to Next Problem in Files');
		await openLightBulb(page);
		await chooseLightBulbEntry(page, 'password input');
		await page.locator('.monaco-editor .view-line', { hasText: '${input:' }).first().waitFor();
		await page.keyboard.press('Control+s');
		await until('the saved config', () =>
			readFileSync(`${folder}/.vscode/mcp.json`, 'utf8').includes('"password": true') ? true : undefined,
		);

		await runCommand(page, 'Copy Kept Secret Once');
		await page.locator('.quick-input-list .monaco-list-row', { hasText: 'for github' }).first().click();
		const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
		await until('the secret on the clipboard', async () =>
			(await clipboard()) === token('github-pat') ? true : undefined,
		);
		await until('an empty clipboard', async () => ((await clipboard()) === '' ? true : undefined), 45_000);
		assert.ok(!readFileSync(`${folder}/.vscode/mcp.json`, 'utf8').includes(token('github-pat')));
	}));
