// What a person installs: the programs and their data, the native keyring module, and nothing else.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { vsce } from '../../scripts/package.ts';
import { root } from '../../scripts/paths.ts';
import { PROGRAMS } from '../../scripts/programs.ts';
import { RULES } from '../../server/src/core/rules/index.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { expand } from '../support/tokens.ts';

const { path: scratch, remove } = temporaryFolder('package');
after(remove);

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

/** Without any of these, something does not start, or "Open Documentation" leads nowhere. */
const NEEDED: readonly string[] = [
	...Object.keys(PROGRAMS).map((program) => `dist/${program}.js`),
	'dist/table.js',
	'dist/data.json',
	'dist/package.json',
	'dist/codicon.css',
	'dist/codicon.ttf',
	'package.json',
	'README.md',
	'CHANGELOG.md',
	'LICENSE',
	'docs/rules/README.md',
	...RULES.map(({ id }) => `docs/rules/${id}.md`),
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
	assert.deepEqual(
		NEEDED.filter((file) => !files.includes(file)),
		[],
	);
	assert.ok(
		files.some((file) => file.endsWith('.node')),
		'the native keyring module',
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
