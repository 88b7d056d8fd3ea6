import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import * as esbuild from 'esbuild';
import { bundling } from '../../scripts/programs.ts';
import { expand, token } from '../support/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-process-'));
const program = join(folder, 'dist/cli.js');
after(() => rmSync(folder, { recursive: true }));

before(async () => {
	await esbuild.build(
		bundling(['cli', 'scan', 'more', 'formats', 'commands', 'launch', 'bound'], join(folder, 'dist')),
	);
	mkdirSync(join(folder, 'w/.vscode'), { recursive: true });
	writeFileSync(join(folder, 'w/.vscode/mcp.json'), CONFIG);
});

const CANARY = token('github-pat');
const CONFIG = expand(
	'{ "servers": { "gh": { "command": "npx", "args": ["srv@1.0.0"], "env": { "GITHUB_TOKEN": "{{github-pat}}" } } } }',
);

interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

function cli(
	args: readonly string[],
	options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
	const child = spawn(process.execPath, [program, ...args], {
		cwd: join(folder, 'w'),
		env: { PATH: process.env.PATH, ...options.env },
	});
	child.stdin.end(options.input ?? '');
	const read = { out: '', err: '' };
	child.stdout.setEncoding('utf8').on('data', (chunk) => {
		read.out += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk) => {
		read.err += chunk;
	});
	return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...read })));
}

test('scan: the report on stdout, exit code 1, nothing on stderr', async () => {
	const { code, out, err } = await cli(['scan']);
	assert.deepEqual([code, err], [1, '']);
	assert.match(out, /^\.vscode\/mcp\.json:1:\d+ error GitHub /m);
});

test('the bundle starts by itself, as npm links it', { skip: process.platform === 'win32' }, async () => {
	chmodSync(program, 0o755);
	symlinkSync(program, join(folder, 'mcp-hygiene'));
	const child = spawn(join(folder, 'mcp-hygiene'), ['help'], { env: { PATH: dirname(process.execPath) } });
	assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
});

test('a pipe gets no colours, even when the environment wants them', async () => {
	const { out } = await cli(['scan'], { env: { FORCE_COLOR: '1', TERM: 'xterm-256color' } });
	assert.ok(!out.includes('\u001b'));
});

test('stdin is read to its end', async () => {
	const { code, out } = await cli(['scan', '-', '--format', 'sarif'], { input: `${CONFIG}${' '.repeat(300_000)}` });
	assert.equal(code, 1);
	assert.equal(JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.region.startLine, 1);
});

test('a large report arrives whole, and a reader that leaves early is no error', async () => {
	const servers = Array.from(
		{ length: 2_000 },
		(_, i) => `"s${i}": { "command": "x", "env": { "GITHUB_TOKEN": "${CANARY}" } }`,
	);
	const input = `{ "servers": { ${servers.join(',')} } }`;
	const { out } = await cli(['scan', '-', '--format', 'json', '--dialect', 'vscode'], { input });
	assert.ok(JSON.parse(out).findings.length >= 2_000);

	const child = spawn(process.execPath, [program, 'scan', '-', '--format', 'json'], { cwd: folder });
	let err = '';
	child.stderr.setEncoding('utf8').on('data', (chunk) => {
		err += chunk;
	});
	child.stdout.once('data', () => child.stdout.destroy());
	child.stdin.end(input);
	const code = await new Promise((resolve) => child.on('close', resolve));
	assert.deepEqual([code, err], [1, '']);
});

test('a mistake: one line on stderr, exit code 2, empty stdout', async () => {
	const { code, out, err } = await cli(['scan', '--wrong']);
	assert.deepEqual([code, out], [2, '']);
	assert.match(err, /^mcp-hygiene scan: Unknown option --wrong\. See "mcp-hygiene help"\.\n$/);
});

test('without a terminal nothing is revealed and nothing is approved', async () => {
	const approve = await cli(['approve']);
	assert.deepEqual([approve.code, approve.out], [2, '']);
	assert.match(approve.err, /in a terminal/);
});

test('the secret appears in no output of any command', async () => {
	const outputs = await Promise.all(
		[
			['scan'],
			['scan', '--format', 'json'],
			['scan', '--format', 'sarif'],
			['list'],
			['list', '--format', 'json'],
			['scan', CANARY],
			['scan', `--format=${CANARY}`],
			['rules', CANARY],
			['store', 'put', 'a/b', CANARY],
			[CANARY],
		].map((args) => cli(args)),
	);
	for (const { out, err } of outputs) assert.ok(!`${out}${err}`.includes(CANARY));
});
