// `npm run bench`: the budgets of the design as ratios, every pair measured in turns in one run, so that a busy machine
// slows both. Prints a table and ends with 1 if a budget is broken.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { parseTree } from 'jsonc-parser';
import { analyze } from '../server/src/core/analyze.ts';
import { dialectById } from '../server/src/core/dialects/index.ts';
import { readDocument } from '../server/src/core/read.ts';
import { NO_KNOWLEDGE } from '../server/src/core/rules/rule.ts';
import { Fingerprinter } from '../server/src/core/secret-value.ts';
import { expand } from '../test/support/tokens.ts';
import { ms, type Row } from './bench-row.ts';
import { table } from './bench-table.ts';
import { root } from './paths.ts';
import { bundling } from './programs.ts';
import { findBrowser } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));

const [dist, readOnly] = [join(folder, 'dist'), join(folder, 'read-only')];

/** The programs as they ship, whatever lies in `dist`; and where Node cannot keep what it compiled, so that every start is a first one. */
async function bundle(): Promise<void> {
	for (const target of [dist, readOnly])
		await esbuild.build(bundling(['cli', 'scan', 'more', 'formats', 'launcher', 'launch', 'bound'], target));
	writeFileSync(join(readOnly, 'compiled'), 'no folder');
}

/** A config of about this many servers or bytes; every tenth server holds a token. */
function config(size: { readonly servers: number } | { readonly bytes: number }): string {
	const parts: string[] = [];
	let length = 0;
	for (let i = 0; 'servers' in size ? i < size.servers : length < size.bytes; i++) {
		const value = i % 10 === 0 ? expand(`{{github-pat:${i + 1}}}`) : `\${env:TOKEN_${i}}`;
		const part = `\n\t\t"server-${i}": {\n\t\t\t"command": "npx",\n\t\t\t"args": ["-y", "@example/server-${i}@1.0.${i % 9}", "--log-level", "info"],\n\t\t\t"env": { "SERVICE_TOKEN": "${value}", "SERVICE_URL": "https://service-${i}.example.com/api" }\n\t\t}`;
		parts.push(part);
		length += part.length + 1;
	}
	return `{\n\t"servers": {${parts.join(',')}\n\t}\n}\n`;
}

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(7));

function analyse(text: string): number {
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	return analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() }).findings.length;
}

function time(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function warm(): Row[] {
	return [keystroke(), ...againstParser(), linearInServers()];
}

function keystroke(): Row {
	const text = config({ bytes: 4_096 });
	for (let i = 0; i < 200; i++) analyse(text);
	const times = Array.from({ length: 1_000 }, () => time(() => analyse(text))).toSorted((a, b) => a - b);
	const [p50, p99] = [times[500]!, times[990]!];
	return {
		what: '4 KB config, analysed',
		measured: `p50 ${ms(p50)}, p99 ${ms(p99)}`,
		budget: 'p99 < 5 ms',
		held: p99 < 5,
	};
}

const SIZES = [1, 10, 100, 1_000, 10_000] as const;

function againstParser(): Row[] {
	const perKilobyte = new Map<number, number>();
	const rows = SIZES.map((kilobytes): Row => {
		const text = config({ bytes: kilobytes * 1_000 });
		const rounds = kilobytes >= 10_000 ? 3 : kilobytes >= 1_000 ? 9 : 60;
		const ours: number[] = [];
		const parser: number[] = [];
		for (let i = 0; i < rounds; i++) {
			parser.push(time(() => parseTree(text)));
			ours.push(time(() => analyse(text)));
		}
		perKilobyte.set(kilobytes, median(ours) / kilobytes);
		const ratio = median(ours) / median(parser);
		const row = { what: `${kilobytes} KB, against parseTree`, measured: `${ms(median(ours))}, ${ratio.toFixed(1)}x` };
		return kilobytes === 1_000 ? { ...row, budget: '< 4x', held: ratio < 4 } : { ...row, budget: '' };
	});
	const growth = perKilobyte.get(10_000)! / perKilobyte.get(100)!;
	return [
		...rows,
		{
			what: 'cost of a KB, 10 MB against 100 KB',
			measured: `${growth.toFixed(1)}x`,
			budget: 'linear (< 2.5x)',
			held: growth < 2.5,
		},
	];
}

function linearInServers(): Row {
	const each = [1, 10, 100, 1_000, 10_000].map((servers) => {
		const text = config({ servers });
		const rounds = servers >= 10_000 ? 3 : 15;
		return { servers, perServer: median(Array.from({ length: rounds }, () => time(() => analyse(text)))) / servers };
	});
	const growth = each.at(-1)!.perServer / each.find(({ servers }) => servers === 100)!.perServer;
	const shown = each.map(({ servers, perServer }) => `${servers}: ${(perServer * 1000).toFixed(0)} us`).join(', ');
	return {
		what: 'cost of a server, 10,000 against 100',
		measured: `${growth.toFixed(1)}x (${shown})`,
		budget: 'linear (< 2.5x)',
		held: growth < 2.5,
	};
}

interface Start {
	readonly args: readonly string[];
	readonly input?: string;
}

/** Median milliseconds of whole processes of this runtime, started in turns. */
function processes<K extends string>(starts: Readonly<Record<K, Start>>, rounds = 15): Record<K, number> {
	const times = Object.fromEntries(Object.keys(starts).map((name) => [name, [] as number[]]));
	for (let round = -1; round < rounds; round++) {
		for (const [name, { args, input }] of Object.entries<Start>(starts)) {
			const taken = time(() =>
				spawnSync(process.execPath, [...args], {
					cwd: folder,
					stdio: ['pipe', 'pipe', 'pipe'],
					input: input ?? '',
					maxBuffer: 1 << 28,
				}),
			);
			// The first round fills the file system's cache.
			if (round >= 0) times[name]!.push(taken);
		}
	}
	return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])) as Record<K, number>;
}

const cli = join(dist, 'cli.js');

function cold(): Row[] {
	const secretlint = join(root, 'node_modules/secretlint/bin/secretlint.js');
	mkdirSync(join(folder, 'clean'));
	writeFileSync(join(folder, 'mcp.json'), config({ servers: 3 }));
	writeFileSync(
		join(folder, 'clean/mcp.json'),
		config({ servers: 3 }).replaceAll(/gh[a-z]_[A-Za-z0-9]{36}/g, '${env:TOKEN}'),
	);
	mkdirSync(join(folder, 'large'));
	writeFileSync(join(folder, 'large/mcp.json'), config({ bytes: 1_000_000 }));
	writeFileSync(
		join(folder, '.secretlintrc.json'),
		'{ "rules": [{ "id": "@secretlint/secretlint-rule-preset-recommend" }] }',
	);
	// secretlint finds its rules from the folder it runs for.
	const peer = (file: string): Start => ({
		args: [secretlint, '--secretlintrc', join(folder, '.secretlintrc.json'), join(folder, file)],
	});
	const t = processes({
		bare: { args: ['-e', '0'] },
		first: { args: [join(readOnly, 'cli.js'), 'scan', 'clean/mcp.json'] },
		later: { args: [cli, 'scan', 'clean/mcp.json'] },
		scan: { args: [cli, 'scan', 'mcp.json'] },
		large: { args: [cli, 'scan', 'large/mcp.json'] },
		...(existsSync(secretlint) ? { secretlint: peer('mcp.json'), secretlintLarge: peer('large/mcp.json') } : {}),
	} as Record<'bare' | 'first' | 'later' | 'scan' | 'large' | 'secretlint' | 'secretlintLarge', Start>);
	const ratio = (a: number, b: number) => `${ms(a)} against ${ms(b)}, ${(a / b).toFixed(2)}x`;
	return [
		{
			what: 'scan of a clean file, first start, against node -e 0',
			measured: ratio(t.first, t.bare),
			budget: '< 2.5x',
			held: t.first / t.bare < 2.5,
		},
		{
			what: 'the same, a later start',
			measured: ratio(t.later, t.bare),
			budget: '< 2.5x',
			held: t.later / t.bare < 2.5,
		},
		{
			what: 'scan of a file with a token, a later start',
			measured: ratio(t.scan, t.bare),
			budget: '< 2.5x',
			held: t.scan / t.bare < 2.5,
		},
		{
			what: 'the same, against secretlint',
			measured: ratio(t.scan, t.secretlint),
			budget: 'faster',
			held: t.scan < t.secretlint,
		},
		{
			what: 'scan of 1 MB, against secretlint',
			measured: ratio(t.large, t.secretlintLarge),
			budget: 'faster',
			held: t.large < t.secretlintLarge,
		},
	];
}

const FILES = 100_000;
const PER_FOLDER = 100;

/** A listing reads every folder once and looks at nothing. */
const LISTING = `
const { readdirSync } = require('node:fs');
const visit = (folder) => { for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) visit(folder + '/' + entry.name); };
visit('tree');`;

function tree(): Row[] {
	for (let i = 0; i < FILES / PER_FOLDER; i++) {
		const target = join(folder, 'tree', `a${i % 10}`, `b${i % 100}`, `c${i}`);
		mkdirSync(target, { recursive: true });
		for (let j = 0; j < PER_FOLDER; j++) writeFileSync(join(target, `file-${j}.ts`), '');
	}
	writeFileSync(join(folder, 'tree/.gitignore'), 'dist/\n*.log\n/out\n');
	mkdirSync(join(folder, 'tree/a1/.vscode'));
	writeFileSync(join(folder, 'tree/a1/.vscode/mcp.json'), config({ servers: 3 }));
	const t = processes({ listing: { args: ['-e', LISTING] }, scan: { args: [cli, 'scan', 'tree'] } }, 5);
	return [
		{
			what: 'scan of 100,000 files, against listing them',
			measured: `${ms(t.scan)} against ${ms(t.listing)}, ${(t.scan / t.listing).toFixed(2)}x`,
			budget: '< 2x',
			held: t.scan / t.listing < 2,
		},
	];
}

/** What the launcher adds to the start of a server that needs no secret: at most one start of Node. */
function launcher(): Row[] {
	const server = ['-e', "require('node:fs').writeSync(1, 'ready')"];
	const run = (bundles: string): Start => ({
		args: [join(bundles, 'launcher.js'), 'run', '--', process.execPath, ...server],
	});
	const t = processes({
		bare: { args: ['-e', '0'] },
		direct: { args: server },
		first: run(readOnly),
		later: run(dist),
	});
	return (['first', 'later'] as const).map((start): Row => {
		const added = t[start] - t.direct;
		return {
			what: `launcher run (no secret), ${start} start, added to a direct one`,
			measured: `${ms(added)}, ${(added / t.bare).toFixed(2)} starts of node`,
			budget: '<= 1 start (+10 % noise)',
			held: added <= t.bare * 1.1,
		};
	});
}

function print(rows: readonly Row[]): void {
	const width = (key: 'what' | 'measured' | 'budget') => Math.max(...rows.map((row) => row[key].length));
	const [what, measured, budget] = [width('what'), width('measured'), width('budget')];
	for (const row of rows) {
		const verdict = row.held === undefined ? '' : row.held ? 'held' : 'BROKEN';
		console.log(
			`${row.what.padEnd(what)}  ${row.measured.padEnd(measured)}  ${row.budget.padEnd(budget)}  ${verdict}`.trimEnd(),
		);
	}
}

try {
	await bundle();
	const chromium = findBrowser();
	if (!chromium) console.log('The table is not measured: no Chromium is installed.');
	const rows = [...warm(), ...cold(), ...tree(), ...launcher(), ...(chromium ? await table(chromium) : [])];
	print(rows);
	process.exitCode = rows.some((row) => row.held === false) ? 1 : 0;
} finally {
	rmSync(folder, { recursive: true });
}
