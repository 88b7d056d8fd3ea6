// What a person installs: the programs and their data, the native keyring module, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { after, test } from 'node:test';
import { root, vsixFile } from '../../scripts/paths.ts';
import { PROGRAMS } from '../../scripts/programs.ts';
import { RULES } from '../../server/src/core/rules/index.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { expand } from '../support/tokens.ts';

const { path: scratch, remove } = temporaryFolder('package');
after(remove);

const SHIPPED: readonly RegExp[] = [
	/^(README|CHANGELOG|SECURITY|ARCHITECTURE|CONTRIBUTING)\.md$/,
	/^LICENSE$/,
	/^package\.json$/,
	new RegExp(`^dist/(${Object.keys(PROGRAMS).join('|')}|table)\\.js$`),
	/^dist\/data\.json$/,
	/^dist\/codicon\.(css|ttf)$/,
	/^dist\/package\.json$/,
	/^(media|syntaxes)\//,
	/^docs\/(rules\/|adr\/)?[a-zA-Z0-9-]+\.md$/,
	/^docs\/images\/[a-z-]+\.png$/,
	/^node_modules\/@napi-rs\/keyring(-[a-z0-9-]+)?\//,
];

/** What the packer names anew; the editor shows the first two in tabs of its own. */
const RENAMED: Readonly<Record<string, string>> = {
	'readme.md': 'README.md',
	'changelog.md': 'CHANGELOG.md',
	'LICENSE.txt': 'LICENSE',
};

/** Without any of these, something does not start, or "Open Documentation" leads nowhere. */
const NEEDED: readonly string[] = [
	...Object.keys(PROGRAMS).map((program) => `dist/${program}.js`),
	'dist/table.js',
	'dist/data.json',
	'dist/package.json',
	'dist/codicon.css',
	'dist/codicon.ttf',
	'package.json',
	...Object.values(RENAMED),
	'docs/rules/README.md',
	...RULES.map(({ id }) => `docs/rules/${id}.md`),
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

const entries = entriesOf(readFileSync(vsixFile));
const packed = entries
	.filter((name) => name.startsWith(INSIDE))
	.map((name) => name.slice(INSIDE.length))
	.map((name) => RENAMED[name] ?? name);

test('the extension holds what the product needs and nothing else', () => {
	assert.deepEqual(entries.filter((name) => !name.startsWith(INSIDE)).toSorted(), AROUND);
	const files = packed;
	const strangers = files.filter((file) => !SHIPPED.some((pattern) => pattern.test(file)));
	assert.deepEqual(strangers, []);
	assert.deepEqual(
		NEEDED.filter((file) => !files.includes(file)),
		[],
	);
	assert.ok(
		files.some((file) => file.endsWith('.node')),
		'the native keyring module',
	);
});

/** What the pages of the extension link to, beside the web: `page` and the file meant. */
function linksOf(page: string): { readonly page: string; readonly target: string }[] {
	const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');
	return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]{1,200})(?:#[^)\s]{0,200})?\)/g)].map(([, target]) => ({
		page,
		target: posix.join(posix.dirname(page), target!),
	}));
}

test('"Open Documentation" leads to pages and pictures that are there, and to no picture for nothing', () => {
	const pages = packed.filter((file) => file.endsWith('.md') && !file.startsWith('node_modules/'));
	const links = pages.flatMap(linksOf);
	assert.ok(links.length > 50, `${links.length} links`);
	assert.deepEqual(
		links.filter(({ target }) => !packed.includes(target)),
		[],
	);
	const shown = new Set(links.map(({ target }) => target).filter((target) => target.startsWith('docs/images/')));
	assert.deepEqual(
		packed.filter((file) => file.startsWith('docs/images/') && !shown.has(file)),
		[],
	);
});

test('every decision stands in their list', () => {
	const listed = linksOf('docs/adr/README.md').map(({ target }) => posix.basename(target));
	assert.deepEqual(
		readdirSync(join(root, 'docs/adr')).filter((file) => /^\d/.test(file) && !listed.includes(file)),
		[],
	);
});

/** As `pre-commit` and `npm install` get the programs. Without scripts: `prepare` would build anew while other tests run. */
function installedFromNpm(): string {
	const pack = ['pack', '--ignore-scripts', '--offline', '--silent', '--pack-destination', scratch];
	const archive = execFileSync('npm', pack, {
		cwd: root,
		env: { ...process.env, npm_config_cache: join(scratch, 'npm-cache') },
		encoding: 'utf8',
	}).trim();
	execFileSync('tar', ['-xzf', join(scratch, archive), '-C', scratch]);
	return join(scratch, 'package');
}

test('the npm package scans', () => {
	const cli = join(installedFromNpm(), 'dist/cli.js');
	const server = '{ "command": "x", "env": { "GITHUB_TOKEN": "{{github-pat}}" } }';
	writeFileSync(join(scratch, '.mcp.json'), expand(`{ "mcpServers": { "gh": ${server} } }`));
	const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'scan', '.mcp.json'], {
		cwd: scratch,
		encoding: 'utf8',
	});
	assert.equal(stderr, '');
	assert.equal(status, 1);
	assert.match(stdout, /^\.mcp\.json:1:\d+ error GitHub .+ \[inlined-credential\]$/m);
});
