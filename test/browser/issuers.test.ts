// Ten servers of six issuers: a person asks what each token may do, and then takes every way to less.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { chooseLightBulbEntry, clearNotifications, notification, webview } from '../support/harness/browser.ts';
import { until } from '../support/harness/temporary.ts';
import { type LoopbackIssuers, startIssuers, TOKENS } from '../support/loopback-issuers.ts';
import { fillWithServers } from './issuers-workspace.ts';
import { ask, askToRotate, lightBulbAt, openPanel, openTable, press, rowOf } from './moves.ts';
import { type Editor, inEditor, type Theme } from './support.ts';

const CONFIG = '.vscode/mcp.json';

async function withIssuers(name: string, steps: (editor: Editor, issuers: LoopbackIssuers) => Promise<void>) {
	const issuers = await startIssuers();
	try {
		await inEditor({ trusted: true, name, fill: (folder) => fillWithServers(folder, issuers) }, (editor) =>
			steps(editor, issuers),
		);
	} finally {
		issuers.close();
	}
}

test('six issuers are asked, and the table fills', () =>
	withIssuers('issuers', async ({ page, picture, useTheme, widenSideBar }, issuers) => {
		await openPanel(page, 'Grafana');
		await openTable(page);
		assert.equal(await webview(page).locator('#status').textContent(), '8 secrets');
		assert.equal(await webview(page).locator('.chip.excess').count(), 0);

		// The question names what is sent where, who uses it, and what comes of it. Saying no sends nothing.
		const dialog = await press(page, 'pipelines', 'Ask GitLab about this token');
		const question = await dialog.innerText();
		for (const part of [
			/Ask GitLab about this token: GitLab .* #[0-9a-f]{6}\?/,
			/The secret itself is sent to:\s+• 127\.0\.0\.1:\d+ \(named by GITLAB_API_URL in the entry\)/,
			/server pipelines in \.vscode\/mcp\.json/,
			/server review in \.cursor\/mcp\.json/,
			/GitLab tells: scopes, creation, expiry, last use, name; .*counts as a use/,
			/Nothing is changed by it/,
		])
			assert.match(question, part);
		await picture('ask-issuer');
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'hidden' });
		assert.equal(issuers.asked.length, 0);

		for (const [server, issuer, told] of [
			['github', 'GitHub', 'admin:org'],
			['gitlab', 'GitLab', 'sudo'],
			['pipelines', 'GitLab', 'read_api'],
			['errors', 'Sentry', 'org:read'],
			['dashboards', 'Grafana', 'users:write'],
			['vault', 'Vault', 'root'],
			['orders', 'the authorization server', 'orders:read'],
		] as const) {
			assert.doesNotMatch(await ask(page, server, issuer), /undefined|null/);
			await rowOf(page, server).locator('.chip', { hasText: told }).waitFor();
			await notification(page, new RegExp(`${issuer} answered: .*${told}`, 'i')).waitFor();
		}
		assert.deepEqual(
			issuers.asked.map((line) => line.split(' ')[0]),
			['GitHub', 'GitLab', 'GitLab', 'Sentry', 'Grafana', 'Vault'],
		);
		await clearNotifications(page);

		const github = rowOf(page, 'github');
		assert.deepEqual(await github.locator('.chip.needed').allTextContents(), ['repo']);
		assert.deepEqual(await github.locator('.chip.excess').allTextContents(), ['admin:org', 'delete_repo']);
		const gitlab = rowOf(page, 'gitlab');
		assert.match(await gitlab.innerText(), /400 days\s+\d{4}-\d\d-\d\d\s+\d{4}-\d\d-\d\d\s+gitlab/);
		assert.match(await rowOf(page, 'vault').innerText(), /200 days\s+never/);
		// What a screen reader says: one sentence for the row, and of each scope whether it is needed.
		assert.match(
			(await gitlab.getAttribute('aria-label'))!,
			/^Error\. GitLab .*\. acts as you, .*\. 400 days\. in plain text$/,
		);
		await gitlab.getByRole('listitem', { name: 'sudo: granted, but needed by no enabled tool' }).waitFor();

		await webview(page).locator('body').evaluate('scrollTo(0, 0)');
		for (const theme of ['dark', 'high-contrast', 'light'] satisfies Theme[]) {
			await useTheme(theme);
			await picture(`table-asked-${theme}`);
		}

		await widenSideBar();
		await page.locator('.pane-body .monaco-list-row', { hasText: 'acts as you, 2 scopes not needed' }).waitFor();
		await picture('panel-asked');
	}));

test('each way to less', () =>
	withIssuers('ways-to-less', async ({ page, folder, picture }, issuers) => {
		const onDisk = () => readFileSync(`${folder}/${CONFIG}`, 'utf8');
		/** What a fix wrote, on the disk: in a browser, VS Code saves by itself. */
		const saved = (expected: RegExp) => until(String(expected), () => (expected.test(onDisk()) ? true : undefined));
		await openPanel(page, 'Grafana');
		await lightBulbAt(page, 'github');
		await picture('ways-to-less');
		await chooseLightBulbEntry(page, 'Let this server only read');
		await saved(/"GITHUB_READ_ONLY": "true"/);

		await lightBulbAt(page, 'copilot');
		await chooseLightBulbEntry(page, 'Sign in with OAuth at https://api.githubcopilot.com/mcp/');
		await saved(/"headers": {\s+"X-MCP-Toolsets": "issues"\s+}/);
		assert.ok(!onDisk().includes(TOKENS.copilot));

		await lightBulbAt(page, 'errors');
		await chooseLightBulbEntry(page, 'Copy what a token for "errors" needs');
		await until('the scopes on the clipboard', async () =>
			(await page.evaluate<string>('navigator.clipboard.readText()')) ===
			'event:read\norg:read\nproject:read\nteam:read'
				? true
				: undefined,
		);

		await lightBulbAt(page, 'gitlab');
		const opened = page.waitForEvent('popup');
		await chooseLightBulbEntry(page, `Make a GitLab token with only api at ${new URL(issuers.at.gitlab).host}`);
		const tokenPage = await opened;
		await until('the page of this GitLab, filled in', () =>
			issuers.asked.includes('GitLab GET /-/user_settings/personal_access_tokens?name=mcp-gitlab&scopes=api')
				? true
				: undefined,
		);
		await tokenPage.close();

		await lightBulbAt(page, 'gitlab');
		await chooseLightBulbEntry(page, 'OS keychain');
		await saved(/cred:\/\/keychain\/gitlab\//);
		assert.ok(!onDisk().includes(TOKENS.gitlab));
		const rotating = await askToRotate(page, 'gitlab');
		assert.match(
			await rotating.innerText(),
			/The old value dies at once[\s\S]*No server runs that mcp-hygiene started[\s\S]*cannot be undone/,
		);
		await rotating.getByRole('button', { name: 'Rotate' }).click();
		await notification(page, 'Rotated: the keychain holds the new value').waitFor();
		assert.deepEqual([issuers.isAlive(TOKENS.gitlab), issuers.isAlive(TOKENS.gitlabRotated)], [false, true]);
		// The new value has a row of its own, and is the one that is asked about.
		await rowOf(page, 'gitlab').getByText('less than a day').waitFor();
		await ask(page, 'gitlab', 'GitLab');
		await rowOf(page, 'gitlab').locator('.chip', { hasText: 'sudo' }).waitFor();

		await clearNotifications(page);
		const revoking = await press(page, 'vault', 'Revoke this token at Vault');
		const question = await revoking.innerText();
		for (const part of [
			/server vault in/,
			/server audit in/,
			/Everything that runs on it stops working/,
			/cannot be undone/,
		])
			assert.match(question, part);
		await picture('revoke');
		await revoking.getByRole('button', { name: 'Revoke' }).click();
		await notification(page, 'Vault revoked the token').waitFor();
		await rowOf(page, 'vault').locator('.chip', { hasText: 'rejected by HashiCorp Vault' }).waitFor();

		await (await press(page, 'pipelines', 'Revoke this token at GitLab'))
			.getByRole('button', { name: 'Revoke' })
			.click();
		await notification(page, 'GitLab does not let this token do that (403). Nothing was revoked').waitFor();
		assert.ok(issuers.isAlive(TOKENS.pipelines));
	}));
