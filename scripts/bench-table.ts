// What the credentials table costs with 500 rows, in its own page in Chromium: each change as a part of drawing all.
import { launchBrowser } from '../test/support/harness/browser.ts';
import { openTablePage, type TablePage } from '../test/support/harness/table-page.ts';
import { manyRows } from '../test/support/rows.ts';
import { ms, type Row } from './bench-row.ts';
import { build } from './build.ts';

const ROWS = 500;

/** @param chromium path of the program */
export async function table(chromium: string): Promise<Row[]> {
	await build();
	const browser = await launchBrowser(chromium);
	try {
		const open = await openTablePage(browser);
		await open.page.evaluate(`
			window.rows = ${JSON.stringify(manyRows(ROWS))};
			window.tell = (rows) => dispatchEvent(new MessageEvent('message', { data: { type: 'rows', rows: structuredClone(rows) } }));
			window.type = (text) => { search.value = text; search.dispatchEvent(new Event('input')); };
			window.change = (kind) => { rows[250].kind = kind; };`);
		const all = await milliseconds(open, 'tell([])', 'tell(rows)');
		const costs: readonly (readonly [what: string, cost: number, most: number])[] = [
			['one changed row', await milliseconds(open, 'change(String(Math.random()))', 'tell(rows)'), 0.5],
			['a key that hides most', await milliseconds(open, `type('')`, `type('server-1')`), 0.5],
			['a key that shows all again', await milliseconds(open, `type('server-1')`, `type('')`), 0.5],
			[
				'another order',
				await milliseconds(open, '', `document.querySelector('[data-key=credential] button').click()`),
				0.5,
			],
			['an opened row', await milliseconds(open, '', `document.querySelectorAll('.toggle')[9].click()`), 0.2],
		];
		return costs.map(([what, cost, most]) => ({
			what: `table of ${ROWS} rows: ${what}, against drawing all`,
			measured: `${ms(cost)} against ${ms(all)}, ${(cost / all).toFixed(2)}x`,
			budget: `< ${most}x`,
			held: cost / all < most,
		}));
	} finally {
		await browser.close();
	}
}

/** Median milliseconds until the page is laid out again. */
async function milliseconds({ page }: TablePage, prepare: string, work: string): Promise<number> {
	const times: number[] = [];
	for (let round = 0; round < 7; round += 1) {
		times.push(
			await page.evaluate<number>(`(async () => {
				${prepare};
				await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
				const start = performance.now();
				${work};
				document.body.offsetHeight;
				return performance.now() - start;
			})()`),
		);
	}
	return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}
