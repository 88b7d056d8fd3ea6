// What a person installs: the programs and their data, the native keyring module, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root, vsixFile } from '../../scripts/paths.ts';
import { PROGRAMS } from '../../scripts/programs.ts';

const SHIPPED: readonly RegExp[] = [
	/^(readme|changelog)\.md$/,
	/^LICENSE\.txt$/,
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

const INSIDE = 'extension/';
const AROUND = ['[Content_Types].xml', 'extension.vsixmanifest'];

/** Names of what is in a ZIP file, from the list at its end. */
function entriesOf(zip: Buffer): string[] {
	const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
	const names: string[] = [];
	let at = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
		const start = at + 46;
		const length = zip.readUInt16LE(at + 28);
		names.push(zip.toString('utf8', start, start + length));
		at = start + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
	}
	return names;
}

test('the package holds what the product needs and nothing else', () => {
	const entries = entriesOf(readFileSync(vsixFile));
	assert.deepEqual(entries.filter((name) => !name.startsWith(INSIDE)).toSorted(), AROUND);
	const files = entries.filter((name) => name.startsWith(INSIDE)).map((name) => name.slice(INSIDE.length));
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
