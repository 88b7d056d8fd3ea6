import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { token } from '../../../test/support/tokens.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

const NAME = '.mcp-hygiene-baseline.json';
const config = (env: string) =>
	`{ "mcpServers": { "gh": { "command": "npx", "args": ["srv@1.0.0"], "env": { ${env} } } } }`;
const written = () => JSON.parse(readFileSync(join(at.folder, NAME), 'utf8'));

at.put('.mcp.json', config('"GITHUB_TOKEN": "{{github-pat}}"'));

test('what is there can be accepted, with a reason, and then passes', async () => {
	const without = await at.run('scan', '--write-baseline');
	assert.equal(without.code, 2);
	assert.match(without.err, /needs --reason TEXT/);
	assert.ok(!existsSync(join(at.folder, NAME)));
	const { code, err, out } = await at.run('scan', '--write-baseline', '--reason', 'known before we started');
	assert.equal(code, 0);
	assert.match(err, /accepted \d more in .*baseline\.json/);
	assert.match(out, /^(?:\d notes?\. )?1 secret in 1 place \(1 config read\)\. \d findings? accepted\.$/m);
	assert.ok(!readFileSync(join(at.folder, NAME), 'utf8').includes(token('github-pat')));
	assert.equal((await at.run('scan', '--baseline', NAME)).code, 0);
	// Only when it is named: what a repository says of itself decides nothing by being there.
	assert.equal((await at.run('scan')).code, 1);
});

const HINT = `mcp-hygiene scan: ${NAME} is here, and does not count by itself: name it with --baseline ${NAME}\n`;

test('a baseline that is there and was not named is told, where it could change something', async () => {
	const { code, err } = await at.run('scan');
	assert.deepEqual([code, err], [1, HINT]);
	assert.equal((await at.run('scan', '.mcp.json', '--format', 'json')).err, HINT);
	assert.equal((await at.run('scan', '--baseline', NAME)).err, '');
	at.put('clean/.mcp.json', config('"A": "b"'));
	at.put(`clean/${NAME}`, '{}');
	assert.equal((await at.run('scan', 'clean')).err, '', 'nothing to accept');
	at.put('clean/.mcp.json', config('"GITHUB_TOKEN": "{{github-pat}}"'));
	rmSync(join(at.folder, NAME));
	assert.match((await at.run('scan', 'clean')).err, new RegExp(`--baseline clean/${NAME}\n$`));
	rmSync(join(at.folder, 'clean'), { recursive: true });
	await at.run('scan', '--write-baseline', '--reason', 'known before we started');
});

test('the pre-commit hook counts it as documented', async () => {
	const page = readFileSync(new URL('../../../docs/ci.md', import.meta.url), 'utf8');
	const [, args] = /^ {8}args: \[(.{1,80})\]$/m.exec(page)!;
	const hooked = desk();
	const git = (...rest: readonly string[]) => execFileSync('git', ['-C', hooked.folder, ...rest]);
	hooked.put('.mcp.json', config('"GITHUB_TOKEN": "{{github-pat}}"'));
	git('init', '-q');
	git('add', '.mcp.json');
	await hooked.run('scan', '--write-baseline', '--reason', 'known before we started');
	const { code, err } = await hooked.run('scan', '--staged');
	assert.deepEqual([code, err], [1, HINT]);
	assert.equal((await hooked.run('scan', '--staged', ...args!.split(', '))).code, 0);
	rmSync(hooked.folder, { recursive: true });
});

test('another secret in the same place is reported, and so is the same one in another', async () => {
	at.put('.mcp.json', config('"GITHUB_TOKEN": "{{github-pat:2}}"'));
	assert.equal((await at.run('scan', '--baseline', NAME)).code, 1);
	at.put('.mcp.json', config('"OTHER_TOKEN": "{{github-pat}}"'));
	assert.equal((await at.run('scan', '--baseline', NAME)).code, 1);
});

test('writing again keeps reasons, drops what is gone, and leaves other files alone', async () => {
	at.put('.mcp.json', config('"GITHUB_TOKEN": "{{github-pat}}"'));
	at.put('sub/.mcp.json', config('"GITHUB_TOKEN": "{{github-pat:3}}"'));
	await at.run('scan', 'sub', '--write-baseline', '--reason', 'a second reason');
	const reasons = (path: string) =>
		new Set(
			written()
				.findings.filter((entry: { path: string }) => entry.path === path)
				.map((entry: { reason: string }) => entry.reason),
		);
	assert.deepEqual(reasons('.mcp.json'), new Set(['known before we started']));
	assert.deepEqual(reasons('sub/.mcp.json'), new Set(['a second reason']));
	assert.equal((await at.run('scan', '--baseline', NAME)).code, 0);
	at.put('sub/.mcp.json', config('"X": "y"'));
	await at.run('scan', '--write-baseline', '--reason', 'a third reason');
	assert.deepEqual(reasons('sub/.mcp.json'), new Set());
	assert.deepEqual(reasons('.mcp.json'), new Set(['known before we started']));
});

test('a name that holds a token is not written, and a person’s own files are not listed', async () => {
	at.put('.mcp.json', config('"{{github-pat:4}}": "{{github-pat}}"'));
	at.put('home/.cursor/mcp.json', config('"GITHUB_TOKEN": "{{github-pat:5}}"'));
	at.put('team/.mcp.json', config('"GITHUB_TOKEN": "{{github-pat:6}}"'));
	const { code } = await at.run(
		'scan',
		'team',
		'--user',
		'--baseline',
		'team/b.json',
		'--write-baseline',
		'--reason',
		'known already',
	);
	assert.equal(code, 1);
	await at.run('scan', '.mcp.json', '--write-baseline', '--reason', 'known already');
	const text = readFileSync(join(at.folder, NAME), 'utf8') + readFileSync(join(at.folder, 'team/b.json'), 'utf8');
	for (const n of [1, 4, 5, 6]) assert.ok(!text.includes(token('github-pat', n)));
	assert.ok(!text.includes('cursor'));
});

test('a baseline that is not there or no baseline is a failure, never a pass', async () => {
	at.put('broken.json', '{ "version": 1 }');
	for (const file of ['absent.json', 'broken.json']) {
		const { code, err } = await at.run('scan', '--baseline', file);
		assert.equal(code, 2);
		assert.match(err, /^mcp-hygiene scan: .*(?:does not exist|is no baseline)/);
	}
	const secret = await at.run('scan', '--write-baseline', '--reason', `it is ${token('github-pat')}`);
	assert.equal(secret.code, 2);
	assert.ok(!secret.err.includes(token('github-pat')));
});
