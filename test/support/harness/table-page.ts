// The table's page alone in Chromium, as its webview shows it: what VS Code does around it is left out, so that it can be measured and
// taken apart.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { tablePage } from '../../../client/src/table/html.ts';
import type { FromTable, ToTable } from '../../../client/table/messages.ts';
import { root } from '../../../scripts/paths.ts';
import type { CredentialRow } from '../../../server/src/protocol/index.ts';

const ORIGIN = 'http://table.test';

/** Files of the page by their path. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
	'/table.js': [`${root}/dist/table.js`, 'text/javascript'],
	'/codicon.css': [`${root}/dist/codicon.css`, 'text/css'],
	'/table.css': [`${root}/media/table.css`, 'text/css'],
	'/table-rows.css': [`${root}/media/table-rows.css`, 'text/css'],
	'/table-narrow.css': [`${root}/media/table-narrow.css`, 'text/css'],
	'/codicon.ttf': [`${root}/dist/codicon.ttf`, 'font/ttf'],
};

/** What a webview has instead of the extension: it keeps what was said, and the state as long as the page lives. */
const HOST = `
	window.said = [];
	window.kept = undefined;
	window.acquireVsCodeApi = () => ({
		postMessage: (message) => window.said.push(message),
		getState: () => window.kept,
		setState: (state) => { window.kept = state; },
	});`;

/** Sizes and a few colours of Light Modern, as VS Code puts them on the page of a webview. */
const LOOK = `
	:root {
		--vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal;
		--vscode-foreground: #3b3b3b; --vscode-editor-background: #fff; --vscode-descriptionForeground: #717171;
		--vscode-focusBorder: #005fb8; --vscode-menu-background: #fff; --vscode-menu-selectionBackground: #005fb8;
	}
	body { margin: 0; }`;

export interface TablePage {
	readonly page: Page;
	/** What the table said to the extension since the last look. */
	said(): Promise<readonly FromTable[]>;
	tell(message: ToTable): Promise<void>;
	show(rows: readonly CredentialRow[]): Promise<void>;
}

export async function openTablePage(browser: Browser, width = 1280): Promise<TablePage> {
	const page = await browser.newPage({ viewport: { width, height: 800 } });
	await page.addInitScript(HOST);
	await page.route(`${ORIGIN}/**`, async (route) => {
		const path = new URL(route.request().url()).pathname;
		const [file, contentType] = FILES[path] ?? [];
		if (contentType === undefined) await route.fulfill({ body: HTML, contentType: 'text/html' });
		else if (contentType === 'text/css') await route.fulfill({ body: LOOK + readFileSync(file!, 'utf8'), contentType });
		else await route.fulfill({ body: readFileSync(file!), contentType });
	});
	await page.goto(`${ORIGIN}/`);
	const tell = async (message: ToTable) => {
		await page.evaluate(`window.postMessage(${JSON.stringify(message)})`);
		await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
	};
	return {
		page,
		said: () => page.evaluate<FromTable[]>('window.said.splice(0)'),
		tell,
		show: (rows) => tell({ type: 'rows', rows }),
	};
}

const HTML = tablePage({
	nonce: 'nonce',
	cspSource: ORIGIN,
	script: `${ORIGIN}/table.js`,
	styles: Object.keys(FILES)
		.filter((path) => path.endsWith('.css'))
		.map((path) => `${ORIGIN}${path}`),
});
