// What is shipped: who is inside of which bundle, how large it is, that it starts, and that it says nothing of where it was built.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Metafile } from 'esbuild';
import { root } from '../../scripts/paths.ts';
import { PROGRAMS, type Program } from '../../scripts/programs.ts';
import { COPIED } from '../../server/src/adapters/shim/install.ts';
import { hasQuickCompiler } from '../../server/src/cli/compilers.ts';
import { classify } from '../../server/src/core/issuers/classify.ts';
import { until } from '../support/harness/temporary.ts';

const KB = 1000;
const { outputs } = JSON.parse(readFileSync(`${root}/dist/meta.json`, 'utf8')) as Metafile;

const BUNDLES = Object.keys(PROGRAMS) as Program[];

function output(bundle: Program): Metafile['outputs'][string] {
	const found = outputs[`dist/${bundle}.js`];
	assert.ok(found, `dist/${bundle}.js was not built`);
	return found;
}

/** Paths of what is inside, our own sources and packages alike. */
const inside = (bundle: Program): string[] => Object.keys(output(bundle).inputs);
const textOf = (bundle: Program): string => readFileSync(`${root}/dist/${bundle}.js`, 'utf8');

const COMMAND_LINE = [
	/^client\//,
	/^server\/src\/(?:lsp|protocol)\//,
	/node_modules\/vscode/,
	/@modelcontextprotocol/,
	/@napi-rs/,
	/^test\//,
];
const LAUNCHER = [
	/^client\//,
	/^server\/src\/(?:lsp|protocol|cli)\//,
	/^server\/src\/core\/(?:rules|report|issuers|fixes)\//,
	/node_modules\/vscode/,
	/@napi-rs/,
	/^test\//,
];

/** What only a question to an issuer needs. */
const ASKING = [/^server\/src\/core\/probes\/(?!bases\.|surroundings\.|where\.)/, /^server\/src\/adapters\/http\//];

/** What no bundle of this name may hold. */
const BANNED: Readonly<Record<Program, readonly RegExp[]>> = {
	client: [/^server\/src\/(?!protocol\/)/, /@modelcontextprotocol/, /@napi-rs/, /^test\//],
	server: [
		/^client\//,
		/^server\/src\/(?:cli|launcher)\//,
		/\/vscode\//,
		/@modelcontextprotocol/,
		/@napi-rs/,
		/^test\//,
		...ASKING,
	],
	issuers: [
		/^client\//,
		/^server\/src\/(?:cli|launcher)\//,
		/^server\/src\/lsp\//,
		/^server\/src\/core\/(?:rules|report|syntax|fixes)\//,
		/\/vscode/,
		/@napi-rs/,
		/^test\//,
	],
	brokers: [
		/^client\//,
		/^server\/src\/(?:cli|launcher|lsp)\//,
		/^server\/src\/core\/(?:rules|issuers|dialects|syntax)\//,
		/^test\//,
	],
	cli: [...COMMAND_LINE, /^server\/src\/core\/(?:rules|issuers|dialects|syntax)\//],
	scan: [
		...COMMAND_LINE,
		/^server\/src\/(?:launcher|core\/probes|adapters\/(?:keychain|http|state\/index|brokers|shim))/,
	],
	more: [...COMMAND_LINE, /^server\/src\/(?:launcher|core\/probes|adapters\/(?:keychain|http|brokers|shim))\//],
	commands: [...COMMAND_LINE, ...ASKING],
	launcher: [...LAUNCHER, /@modelcontextprotocol/, /node_modules/],
	launch: [...LAUNCHER, /@modelcontextprotocol/, /^server\/src\/core\/(?:dialects|syntax)\//],
	bound: [...LAUNCHER, /@modelcontextprotocol/],
	connect: LAUNCHER,
	formats: [/^(?!server\/src\/core\/syntax\/)/],
	postgres: [/^client\//, /^server\/src\/(?!adapters\/http\/)/, /node_modules\/vscode/, /@napi-rs/, /^test\//],
};

/** What is loaded at run time and not bundled. Everything else that is required is Node's own. */
const EXTERNAL: Readonly<Record<Program, readonly string[]>> = {
	client: ['vscode'],
	server: ['./issuers.js', './brokers.js', './formats.js', './data.json'],
	issuers: ['./postgres.js'],
	brokers: [],
	cli: ['./scan.js', './commands.js', './launch.js'],
	scan: ['./more.js', './formats.js', './data.json'],
	more: ['./formats.js', './data.json'],
	commands: ['./more.js', './formats.js', './issuers.js', './data.json'],
	launcher: ['./launch.js'],
	launch: ['./bound.js', './connect.js', '@napi-rs/keyring'],
	bound: ['./formats.js'],
	connect: ['./formats.js'],
	formats: [],
	postgres: [],
};

describe('what is inside of the bundles', () => {
	for (const bundle of BUNDLES) {
		it(`${bundle} holds only what it may`, () => {
			const strangers = inside(bundle).filter((path) => BANNED[bundle].some((pattern) => pattern.test(path)));
			assert.deepEqual(strangers, []);
		});

		it(`${bundle} loads nothing else but Node's own modules`, () => {
			const loaded = [...textOf(bundle).matchAll(/\brequire\("([^"]{1,100})"\)/g)].map((match) => match[1]!);
			const isNodes = (name: string) => name.startsWith('node:') || isBuiltin(name);
			assert.deepEqual(
				[...new Set(loaded)].filter((name) => !isNodes(name) && !EXTERNAL[bundle].includes(name)),
				[],
			);
		});
	}

	it('the installed launcher has every part that its programs load', () => {
		const programs = COPIED.filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3) as Program);
		const parts = programs.flatMap((program) => EXTERNAL[program]).filter((part) => part.startsWith('./'));
		assert.deepEqual(
			parts.filter((part) => !COPIED.includes(part.slice(2))),
			[],
		);
	});

	it('the means of this test see what is there', () => {
		assert.ok(inside('client').some((path) => path.startsWith('server/src/protocol/')));
		assert.ok(inside('server').some((path) => path.startsWith('server/src/core/rules/')));
		assert.ok(inside('connect').some((path) => path.includes('@modelcontextprotocol')));
		assert.ok(inside('postgres').some((path) => path.includes('node_modules/pg/')));
	});
});

function isBuiltin(name: string): boolean {
	return process.getBuiltinModule(name) !== undefined;
}

/** Budgets of the design, section 9. */
describe('how large the bundles are', () => {
	const budgets: readonly (readonly [readonly Program[], number])[] = [
		[['server'], 600],
		// What a server's start loads; without a secret, the first two.
		[['launcher', 'launch', 'bound'], 150],
		[['launcher', 'launch'], 50],
		// What a short scan loads.
		[['cli', 'scan'], 250],
		[['issuers'], 90],
	];
	for (const [bundles, most] of budgets) {
		it(`${bundles.join(' and ')}: under ${most} kB`, () => {
			const bytes = bundles.reduce((sum, bundle) => sum + output(bundle).bytes, 0);
			assert.ok(bytes < most * KB, `${bytes} bytes`);
		});
	}
});

describe('the bundles start', () => {
	function start(file: string, args: readonly string[], input = '') {
		const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
			input,
			encoding: 'utf8',
			timeout: 20_000,
		});
		return { status, stdout, stderr };
	}

	it('server --stdio answers initialize, and ends when it is told to', async () => {
		const server = spawn(process.execPath, [`${root}/dist/server.js`, '--stdio']);
		const said = { out: '', err: '' };
		server.stdout.on('data', (chunk) => {
			said.out += chunk;
		});
		server.stderr.on('data', (chunk) => {
			said.err += chunk;
		});
		const send = (content: object) => {
			const text = JSON.stringify({ jsonrpc: '2.0', ...content });
			server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
		};
		// Without trust it asks nothing of this machine.
		const params = { processId: null, rootUri: null, capabilities: {}, initializationOptions: { trusted: false } };
		send({ id: 1, method: 'initialize', params });
		await until('the answer', () => (said.out.includes('"id":1') ? true : undefined));
		assert.match(said.out, /"serverInfo":\{"name":"mcp-credential-hygiene"/);
		send({ id: 2, method: 'shutdown' });
		await until('the answer', () => (said.out.includes('"id":2') ? true : undefined));
		send({ method: 'exit' });
		assert.deepEqual(await once(server, 'exit'), [0, null]);
		assert.equal(said.err, '');
	});

	it('cli tells the version of the package', () => {
		const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };
		assert.deepEqual(start(`${root}/dist/cli.js`, ['--version']), { status: 0, stdout: `${version}\n`, stderr: '' });
	});

	it('cli reads a big config without the slow compiler, where the quick one is', {
		skip: !hasQuickCompiler(process.versions.node, process.arch),
	}, () => {
		const entries = Array.from({ length: 5_000 }, (_, i) => `"s${i}":{"command":"npx","args":["-y","@example/s${i}"]}`);
		const config = `{"servers":{${entries.join(',')}}}`;
		const { stdout } = spawnSync(process.execPath, ['--trace-opt', `${root}/dist/cli.js`, 'scan', '-'], {
			input: config,
			encoding: 'utf8',
			timeout: 20_000,
		});
		assert.match(stdout, /target MAGLEV/);
		assert.doesNotMatch(stdout, /target TURBOFAN/);
	});

	it('launcher tells its usage on stderr', () => {
		const { status, stdout, stderr } = start(`${root}/dist/launcher.js`, []);
		assert.deepEqual([status, stdout], [64, '']);
		assert.match(stderr, /^mcp-hygiene: usage: .*\n$/);
	});

	it('connect can be loaded, and says nothing by itself', () => {
		const { status, stdout, stderr } = start('-p', [
			`typeof require(${JSON.stringify(`${root}/dist/connect.js`)}).connectServer`,
		]);
		assert.deepEqual([status, stdout, stderr], [0, 'function\n', '']);
	});

	it('postgres can be loaded, and says nothing by itself', () => {
		const { status, stdout, stderr } = start('-p', [
			`typeof require(${JSON.stringify(`${root}/dist/postgres.js`)}).queryPostgres`,
		]);
		assert.deepEqual([status, stdout, stderr], [0, 'function\n', '']);
	});

	it('issuers can be loaded, and says nothing by itself', () => {
		const { status, stdout, stderr } = start('-p', [
			`typeof require(${JSON.stringify(`${root}/dist/issuers.js`)}).issuerHttp`,
		]);
		assert.deepEqual([status, stdout, stderr], [0, 'function\n', '']);
	});

	it('client asks for the editor and for nothing before it', () => {
		const { status, stderr } = start('-e', [`require(${JSON.stringify(`${root}/dist/client.js`)})`]);
		assert.equal(status, 1);
		assert.match(stderr, /Cannot find module 'vscode'/);
	});
});

describe('the bundles say nothing of where they were built', () => {
	for (const file of [...BUNDLES.map((bundle) => `${bundle}.js`), 'data.json']) {
		it(file, () => {
			const text = readFileSync(`${root}/dist/${file}`, 'utf8');
			assert.ok(!text.includes(root), 'the path of the checkout');
			assert.ok(!text.includes('sourceMappingURL=data:'), 'an inline source map');
			assert.deepEqual(tokensIn(text), []);
		});
	}
});

/** Everything that our own scanner would be sure of; in pieces, since it stops looking at what is no config value. */
function tokensIn(text: string): string[] {
	const [step, overlap] = [8_000, 1_000];
	const pieces = Array.from({ length: Math.ceil(text.length / step) }, (_, i) =>
		text.slice(i * step, (i + 1) * step + overlap),
	);
	return pieces.flatMap((piece) =>
		classify(piece, { position: 'other' })
			.filter(({ kind, confidence }) => !kind.public && confidence === 'certain')
			.map(({ kind, from, to }) => `${kind.id}: ${piece.slice(from, to).slice(0, 40)}`),
	);
}
