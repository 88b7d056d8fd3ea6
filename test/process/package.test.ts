// What a person installs: the programs and their data, the native keyring module, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
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
	/^node_modules\/@napi-rs\/keyring(-[a-z0-9-]+)?\//,
];

test('the package holds what the product needs and nothing else', () => {
	const listing = execFileSync(process.execPath, [vsce, 'ls'], { cwd: root, encoding: 'utf8' });
	const files = listing.split('\n').filter((line) => line !== '');
	const strangers = files.filter((file) => !SHIPPED.some((pattern) => pattern.test(file)));
	assert.deepEqual(strangers, []);
	for (const program of Object.keys(PROGRAMS)) {
		assert.ok(files.includes(`dist/${program}.js`), program);
	}
	assert.ok(
		files.some((file) => file.endsWith('.node')),
		'the native keyring module',
	);
});
