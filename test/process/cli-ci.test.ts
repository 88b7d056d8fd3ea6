// The command line where nobody is watching, and where somebody presses Ctrl-C: hooks, the action, terminals.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../../scripts/paths.ts';
import { installShim } from '../../server/src/adapters/shim/install.ts';
import { DIALECTS } from '../../server/src/core/dialects/index.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { expand, token } from '../support/tokens.ts';

const cli = `${root}/dist/cli.js`;
const { path: folder, remove } = temporaryFolder('cli-ci');
after(remove);

const config = (value: string) =>
	expand(`{ "mcpServers": { "gh": { "command": "x", "env": { "GITHUB_TOKEN": "${value}" } } } }`);
const DIRTY = config('{{github-pat}}');
const CLEAN = config('$' + '{GITHUB_TOKEN}');

function put(path: string, text: string): string {
	const target = join(folder, path);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, text);
	return target;
}

/** Enough work for some seconds. */
before(() => {
	const servers = Array.from(
		{ length: 300 },
		(_, i) => `"s${i}": { "command": "x", "env": { "URL": "https://s${i}.example.com" } }`,
	);
	for (let i = 0; i < 250; i++) put(`large/p${i}/.mcp.json`, `{ "mcpServers": { ${servers.join(',')} } }`);
});

interface Ended {
	readonly code: number | null;
	readonly out: string;
}

/** As a shell tells it: 130 also stands for a process that the signal itself ended, before it could catch it. */
function interrupted(args: readonly string[], after: number): Promise<Ended> {
	const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
	let out = '';
	child.stdout.on('data', (chunk) => {
		out += chunk;
	});
	setTimeout(() => child.kill('SIGINT'), after);
	return new Promise((resolve) =>
		child.on('close', (code, signal) => resolve({ code: signal === 'SIGINT' ? 130 : code, out })),
	);
}

test('Ctrl-C ends with 130 and without a piece of a report', async () => {
	assert.deepEqual(await interrupted(['scan', '-', '--format', 'json'], 300), { code: 130, out: '' });
	assert.deepEqual(await interrupted(['scan', 'large', '--format', 'sarif'], 300), { code: 130, out: '' });
	assert.deepEqual(
		readdirSync(folder).filter((name) => name !== 'large'),
		[],
	);
});

const ERASE = '\r\u001b[K';

test('a terminal shows how far it is, and is left as it was', { skip: process.platform !== 'linux' }, () => {
	const terminal = (command: string) =>
		spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, encoding: 'utf8' }).stdout;
	const shown = terminal(`'${process.execPath}' '${cli}' scan large`).split(ERASE);
	assert.match(shown[1]!, /^\d+ (?:configs read|of 250 configs judged)…$/);
	assert.equal(shown.at(-1), 'No secret found in 250 configs.\r\n');
	assert.ok(!terminal(`'${process.execPath}' '${cli}' scan large 2> /dev/null`).includes(ERASE));
});

function git(cwd: string, ...args: readonly string[]) {
	const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'commit.gpgsign=false'];
	return spawnSync('git', ['-C', cwd, ...identity, ...args], { encoding: 'utf8' });
}

test('as a git hook it stops a commit, also one that stages by itself', () => {
	put('repo/.mcp.json', CLEAN);
	const repo = join(folder, 'repo');
	git(repo, 'init', '-q');
	const hook = put('repo/.git/hooks/pre-commit', `#!/bin/sh\nexec '${process.execPath}' '${cli}' scan --staged\n`);
	chmodSync(hook, 0o755);
	git(repo, 'add', '-A');
	assert.equal(git(repo, 'commit', '-m', 'clean').status, 0);
	put('repo/.mcp.json', DIRTY);
	for (const args of [['-a'], ['.mcp.json']]) {
		const { status, stderr, stdout } = git(repo, 'commit', '-m', 'dirty', ...args);
		assert.equal(status, 1, args.join(' '));
		assert.match(`${stdout}${stderr}`, /\.mcp\.json:1:\d+ error GitHub/);
	}
	put('repo/.mcp.json', CLEAN.replace('gh', 'hub'));
	assert.equal(git(repo, 'commit', '-a', '-m', 'clean').status, 0);
});

test('the pre-commit definition starts our program for every file that a host reads', () => {
	const hooks = parse(readFileSync(`${root}/.pre-commit-hooks.yaml`, 'utf8')) as {
		id: string;
		entry: string;
		files?: string;
	}[];
	assert.deepEqual(
		hooks.map(({ id, entry }) => [id, entry]),
		[
			['mcp-hygiene', 'mcp-hygiene scan --staged'],
			['mcp-hygiene-tree', 'mcp-hygiene scan'],
		],
	);
	// Python writes the flag into the pattern.
	const files = new RegExp(hooks[0]!.files!.replace(/^\(\?i\)/, ''), 'i');
	const places = DIALECTS.flatMap((dialect) => dialect.files.map(({ path }) => path.replaceAll('*', 'x')));
	assert.deepEqual(
		[...places, 'mcp-config.json.example'].filter((path) => !files.test(path)),
		[],
	);
});

interface Action {
	readonly inputs: Readonly<Record<string, { readonly default: string }>>;
	readonly runs: {
		readonly steps: readonly { readonly name: string; readonly run: string; readonly env?: Record<string, string> }[];
	};
}

/** Runs the scan step of the action as a runner does: inputs filled in, the script handed to bash. */
function act(inputs: Readonly<Record<string, string>>) {
	const action = parse(readFileSync(`${root}/action.yml`, 'utf8')) as Action;
	const step = action.runs.steps.find(({ name }) => name === 'Scan')!;
	const values: Readonly<Record<string, string>> = {
		'github.action_path': root,
		...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default])),
		...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value])),
	};
	const fill = (text: string) => text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name]!);
	assert.doesNotMatch(step.run, /\$\{\{/);
	const env = Object.fromEntries(Object.entries(step.env!).map(([name, text]) => [name, fill(text)]));
	const output = put('action-output', '');
	const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
		cwd: join(folder, 'action'),
		env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...env, GITHUB_OUTPUT: output },
		encoding: 'utf8',
	});
	return { status, log: `${stdout}${stderr}`, output: readFileSync(output, 'utf8') };
}

test('the action writes the report, shows the findings, and fails for them', () => {
	put('action/.mcp.json', DIRTY);
	put('action/clean dir/.mcp.json', CLEAN);
	const found = act({});
	assert.equal(found.status, 1);
	assert.equal(found.output, 'sarif-file=mcp-hygiene.sarif\n');
	assert.match(found.log, /^\.mcp\.json:1:\d+ error /m);
	const report = readFileSync(join(folder, 'action/mcp-hygiene.sarif'), 'utf8');
	assert.ok(JSON.parse(report).runs[0].results.length > 0);
	assert.ok(!`${report}${found.log}`.includes(token('github-pat')));
	assert.equal(act({ paths: 'clean dir\n\n' }).status, 0);
	assert.equal(act({ 'fail-on': 'error', rules: 'inlined-credential=note\n' }).status, 0);
	const wrong = act({ rules: '$(touch injected)=off' });
	assert.equal(wrong.status, 2);
	assert.match(wrong.log, /names a rule that does not exist/);
	assert.ok(!existsSync(join(folder, 'action/injected')));
});

test('the installed copy tells its version', async () => {
	const { command } = await installShim({
		stateDir: join(folder, 'state'),
		distDir: `${root}/dist`,
		runtimes: [{ path: process.execPath, kind: 'node' }],
		linkFolder: join(folder, 'nowhere'),
	});
	const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
	assert.equal(execFileSync(command, ['--version'], { encoding: 'utf8' }), `${version}\n`);
	// Compiled once, and kept beside the program that it belongs to.
	const [lib] = readdirSync(join(folder, 'state/lib'));
	assert.ok(existsSync(join(folder, 'state/lib', lib!, 'compiled')));
});
