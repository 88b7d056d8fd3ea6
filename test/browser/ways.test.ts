// The ways to less that need no issuer on this machine: edits of the config, pages of issuers that are only looked at, a text to copy.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { chooseLightBulbEntry, modal } from '../support/harness/browser.ts';
import { until } from '../support/harness/temporary.ts';
import { expand } from '../support/tokens.ts';
import { lightBulbAt, openPanel } from './moves.ts';
import { inEditor } from './support.ts';

const CONFIG = '.vscode/mcp.json';

const WRITTEN = expand(`{
	// Reviewed in spring; ask before you add one.
	"servers": {
		"code": {
			"command": "github-mcp-server",
			"args": ["stdio"], // every toolset
			"env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat:21}}" }
		},
		"reviews": {
			"command": "github-mcp-server",
			"args": ["stdio", "--toolsets", "issues,pull_requests"],
			"env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "{{github-pat:22}}" }
		},
		"cluster": {
			"command": "uvx",
			"args": ["awslabs.eks-mcp-server@0.1.6", "--allow-write", "--no-verify"],
			"env": { "AWS_ACCESS_KEY_ID": "{{aws-key-id}}" }
		},
		"backend": {
			"command": "npx",
			"args": ["-y", "@supabase/mcp-server-supabase@0.5.5"],
			"env": { "SUPABASE_ACCESS_TOKEN": "{{supabase-pat}}" }
		},
		"orders": {
			"command": "uvx",
			"args": ["postgres-mcp@0.3.0", "--access-mode=restricted"],
			"env": { "DATABASE_URI": "{{dsn}}" }
		}
	}
}
`);

/** No request leaves this machine: what would be opened is answered here, and remembered. */
async function outsideOf(page: Page): Promise<string[]> {
	const asked: string[] = [];
	await page.context().route(
		({ hostname }) => hostname !== '127.0.0.1' && hostname !== 'localhost',
		async (route) => {
			if (route.request().isNavigationRequest()) asked.push(route.request().url());
			await route.fulfill({ body: '<title>A page outside</title>', contentType: 'text/html' });
		},
	);
	return asked;
}

/** VS Code asks before it opens a page of a host that it does not know. */
async function openOutside(page: Page, entry: string): Promise<void> {
	const opened = page.waitForEvent('popup');
	await chooseLightBulbEntry(page, entry);
	await modal(page).getByRole('button', { name: 'Open', exact: true }).click();
	await (await opened).close();
}

test('narrower servers, pages that are filled in, and a role to copy', () =>
	inEditor(
		{
			trusted: true,
			name: 'ways',
			fill: (folder) => {
				mkdirSync(`${folder}/.vscode`, { recursive: true });
				writeFileSync(`${folder}/${CONFIG}`, WRITTEN);
			},
		},
		async ({ page, folder }) => {
			const asked = await outsideOf(page);
			let expected = WRITTEN;
			/** A fix wrote just this: in a browser, VS Code saves by itself. */
			const saved = async (before: string, after: string) => {
				assert.ok(expected.includes(before));
				expected = expected.replace(before, after);
				await until(after, () => (readFileSync(`${folder}/${CONFIG}`, 'utf8') === expected ? true : undefined)).catch(
					() => assert.equal(readFileSync(`${folder}/${CONFIG}`, 'utf8'), expected),
				);
			};

			await openPanel(page, 'Supabase');
			await lightBulbAt(page, 'code');
			await chooseLightBulbEntry(page, 'Switch off delete_repository, the only use of delete_repo');
			const token = expand('"{{github-pat:21}}"');
			await saved(`${token} }`, `${token}, "GITHUB_EXCLUDE_TOOLS": "delete_repository" }`);

			await lightBulbAt(page, 'cluster');
			await chooseLightBulbEntry(page, 'Let this server only read (without --allow-write)');
			await saved('"--allow-write", ', '');

			await lightBulbAt(page, 'backend');
			await chooseLightBulbEntry(page, 'Let this server only read (--read-only)');
			await saved('supabase@0.5.5"]', 'supabase@0.5.5", "--read-only"]');

			await lightBulbAt(page, 'reviews');
			await openOutside(page, 'Make a fine-grained GitHub token on selected repositories');
			await lightBulbAt(page, 'backend');
			await openOutside(page, 'Open the page where Supabase makes and revokes such tokens');
			assert.deepEqual(asked, [
				'https://github.com/settings/personal-access-tokens/new?name=mcp-reviews&expires_in=90&contents=write&issue_fields=read&issue_types=read&issues=write&pull_requests=write',
				'https://supabase.com/dashboard/account/tokens',
			]);

			await lightBulbAt(page, 'orders');
			await chooseLightBulbEntry(page, 'Copy a read-only role for "orders"');
			const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
			await until('the role on the clipboard', async () =>
				/^CREATE ROLE mcp_ro LOGIN NOSUPERUSER .*GRANT SELECT ON ALL TABLES/s.test(await clipboard())
					? true
					: undefined,
			);
			assert.equal(readFileSync(`${folder}/${CONFIG}`, 'utf8'), expected);
		},
	));
