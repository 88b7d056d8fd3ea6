// What the pages for contributors name must be there: a way that is told and does not exist costs more than none.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (page: string) => readFileSync(new URL(page, root), 'utf8');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'];

test('every script that a page names is there', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = PAGES.flatMap((page) => [...read(page).matchAll(/\bnpm run ([a-z:]{1,30})/g)].map(([, name]) => name!));
	assert.ok(named.includes('generate'));
	assert.deepEqual(
		named.filter((name) => !Object.hasOwn(scripts, name)),
		[],
	);
});

test('the README says which Node is needed, for the programs and for the scripts', () => {
	const { engines, optionalDependencies } = JSON.parse(read('package.json'));
	const [, scripts] = /^const NEEDED = (\d+);$/m.exec(read('scripts/run.js'))!;
	const readme = read('README.md');
	assert.ok(readme.includes(`need Node ${engines.node.replace('>=', '')} or newer`));
	assert.ok(readme.includes(`need Node ${scripts} or newer`));
	for (const [name, version] of Object.entries(optionalDependencies as Record<string, string>))
		if (name.startsWith('node-')) assert.ok(version.startsWith(`${scripts}.`), name);
});

/** Where a short path begins. */
const FOLDERS = ['', 'server/src/', 'server/src/core/', 'server/src/adapters/', 'server/src/core/issuers/', 'docs/'];

test('every file that the steps for contributors name is there', () => {
	const named = [...read('CONTRIBUTING.md').matchAll(/`([\w./-]{1,80}\/[\w.-]{1,40}\.(?:ts|json|md))`/g)].map(
		([, path]) => path!,
	);
	assert.ok(named.includes('dialects/table.ts') && named.includes('test/support/dialect-examples.ts'));
	assert.deepEqual(
		named.filter((path) => !FOLDERS.some((folder) => existsSync(new URL(`${folder}${path}`, root)))),
		[],
	);
});

test('the width below which rows of the table become cards is the one of the style sheets', () => {
	const widths = ['media/table.css', 'media/table-narrow.css'].map(
		(sheet) => /@container \(max-width: (\d{2,4})px\)/.exec(read(sheet))![1],
	);
	assert.equal(new Set(widths).size, 1);
	assert.match(read('docs/adr/0007-credentials-table.md'), new RegExp(`Below ${widths[0]} pixels`));
});
