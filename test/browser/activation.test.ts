// What the extension adds to the start of the editor, as VS Code itself counts it: loading its code, and the call of `activate`. The
// machine counts as much as we do, so the extensions that come with the editor are shown beside it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../support/harness/browser.ts';
import { inEditor } from './support.ts';

const OURS = 'MCP Credential Hygiene';

test('the editor tells how long activation took', (t) =>
	inEditor({ trusted: true, name: 'activation' }, async ({ page }) => {
		await runCommand(page, 'Developer: Show Running Extensions');
		const rows = page.locator('.runtime-extensions-editor .extension');
		await rows
			.filter({ hasText: OURS })
			.filter({ hasText: /[0-9]ms/ })
			.waitFor();
		const times = new Map<string, number>();
		for (const row of await rows.filter({ hasText: /[0-9]ms/ }).all()) {
			const shown = await row.locator('.activation-time').innerText();
			times.set(await row.locator('.name').innerText(), Number(/([0-9]+)ms/.exec(shown)![1]));
		}
		for (const [name, milliseconds] of times) t.diagnostic(`activation of ${name}: ${milliseconds} ms`);
		assert.ok(times.has(OURS));
		assert.ok(times.size > 1, 'nothing to compare with');
	}));
