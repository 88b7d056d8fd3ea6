// What a person installs: the programs and their data, the native keyring module, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { vsce } from '../../scripts/package.ts';
import { root } from '../../scripts/paths.ts';
import { PROGRAMS } from '../../scripts/programs.ts';

const SHIPPED: readonly RegExp[] = [
	/^(README|CHANGELOG)\.md$/,
	/^LICENSE$/,
	/^package\.json$/,
	new RegExp(`^dist/(${Object.keys(PROGRAMS).join('|')}|table)\\.js$`),
	/^dist\/data\.json$/,
	/^dist\/codicon\.(css|ttf)$/,
	/^dist\/package\.json$/,
	/^(media|syntaxes)\//,
	/^docs\/rules\/[a-zA-Z-]+\.md$/,
	/^docs\/images\/[a-z-]+\.png$/,
	/^node_modules\/@napi-rs\/keyring(-[a-z0-9-]+)?\//,
];

test('the package holds what the product needs and nothing else', () => {
	const listing = execFileSync(process.execPath, [vsce, 'ls'], { cwd: root, encoding: 'utf8' });
	const files = listing.split('\n').filter((line) => line !== '');
	const strangers = files.filter((file) => !SHIPPED.some((pattern) => pattern.test(file)));
	assert.deepEqual(strangers, []);
	const pictures = [...readFileSync(`${root}/README.md`, 'utf8').matchAll(/\]\((docs\/images\/[^)]{1,80})\)/g)].map(
		([, file]) => file,
	);
	assert.ok(pictures.length > 0);
	assert.deepEqual(
		files.filter((file) => file.startsWith('docs/images/')).toSorted(),
		pictures.toSorted(),
		'the pictures that the README shows',
	);
	for (const program of Object.keys(PROGRAMS)) {
		assert.ok(files.includes(`dist/${program}.js`), program);
	}
	assert.ok(
		files.some((file) => file.endsWith('.node')),
		'the native keyring module',
	);
});
