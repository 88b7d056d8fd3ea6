// VS Code runs a server on a stored token; the person rotates it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../scripts/paths.ts';
import { chooseLightBulbEntry, notification } from '../support/harness/browser.ts';
import { until } from '../support/harness/temporary.ts';
import { startIssuers, TOKENS } from '../support/loopback-issuers.ts';
import { askToRotate, lightBulbAt, openPanel } from './moves.ts';
import { inEditor } from './support.ts';

/** A real server from npm, which VS Code starts through the rewritten entry. */
const EVERYTHING = `${root}/node_modules/@modelcontextprotocol/server-everything/dist/index.js`;

test('a rotation stops the server that VS Code runs on the old value', async () => {
	const issuers = await startIssuers();
	const fill = (folder: string) => {
		const env = { GITLAB_API_URL: `${issuers.at.gitlab}/api/v4`, GITLAB_TOKEN: TOKENS.gitlab };
		const config = { servers: { gitlab: { command: 'node', args: ['server.mjs'], env } } };
		mkdirSync(`${folder}/.vscode`, { recursive: true });
		writeFileSync(`${folder}/server.mjs`, `import ${JSON.stringify(EVERYTHING)};\n`);
		writeFileSync(`${folder}/.vscode/mcp.json`, `${JSON.stringify(config, undefined, '\t')}\n`);
	};
	try {
		await inEditor({ trusted: true, name: 'running', fill }, async ({ page, folder, picture }) => {
			const lens = (text: RegExp) => page.locator('.codelens-decoration a', { hasText: text }).first();
			await openPanel(page, 'GitLab');
			await lightBulbAt(page, 'gitlab');
			await chooseLightBulbEntry(page, 'OS keychain');
			await until('the saved config', () =>
				readFileSync(`${folder}/.vscode/mcp.json`, 'utf8').includes('cred://keychain/') ? true : undefined,
			);
			// A lens that is drawn anew under the pointer loses the click.
			await until(
				'the running server',
				async () => {
					if (await lens(/Running/).isVisible()) return true;
					await lens(/Start/)
						.click({ timeout: 5_000 })
						.catch(() => undefined);
					await page.waitForTimeout(2_000);
					return undefined;
				},
				60_000,
			);

			const rotating = await askToRotate(page, 'gitlab');
			assert.match(
				await rotating.innerText(),
				/Running now:\s+• server gitlab \(process \d+, since [\d -]+:\d\d\)[\s\S]*is stopped before anything is sent/,
			);
			await picture('rotate');
			await rotating.getByRole('button', { name: 'Rotate' }).click();
			await notification(page, /Stopped before it was sent: server gitlab/).waitFor();
			assert.deepEqual([issuers.isAlive(TOKENS.gitlab), issuers.isAlive(TOKENS.gitlabRotated)], [false, true]);
			await page.locator('.tab', { hasText: 'mcp.json' }).click();
			await lens(/Start|Error|Stopped/).waitFor();
			await page.locator('.codelens-decoration a', { hasText: 'Running' }).waitFor({ state: 'hidden' });
		});
	} finally {
		issuers.close();
	}
});
