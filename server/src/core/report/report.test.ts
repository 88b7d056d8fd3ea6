import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, token } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import { jsonReport } from './json.ts';
import type { Report, ReportFile } from './model.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

function file(path: string, text: string, key = 1, dialect: DialectId = 'vscode'): ReportFile {
	const document = readDocument(`file:///${path}`, expand(text), dialectById(dialect), 'workspace');
	const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(key));
	return { path, document, analysis: analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() }) };
}

const CONFIG = `{
	"servers": {
		"gh": { "command": "npx", "args": ["srv@1.0.0"], "env": { "GITHUB_TOKEN": "{{github-pat}}" } },
		"hub": { "command": "npx", "args": ["srv@1.0.0"], "env": { "GITHUB_TOKEN": "{{github-pat}}" } }
	}
}`;
const report = (...files: readonly ReportFile[]): Report => ({ version: '1.2.3', files, problems: [] });
const CANARY = token('github-pat');

test('text: place, level, message and rule on one line, then secrets and places', () => {
	const text = textReport(report(file('.vscode/mcp.json', CONFIG)), { colours: false });
	assert.match(text, /^\.vscode\/mcp\.json:3:78 error GitHub .{1,400} \[inlined-credential\]$/m);
	assert.match(text, /\n\n2 errors, 4 warnings\. 1 secret in 2 places \(1 config read\)\.\n$/);
	assert.ok(!text.includes(CANARY));
});

test('text: nothing found is said', () => {
	assert.equal(
		textReport(report(file('mcp.json', '{}'), file('x/mcp.json', '{}')), { colours: false }),
		'No secret found in 2 configs.\n',
	);
});

const BROKEN = `{ "servers": { "gh": { "command": "x", "env": { "A": "\${input:absent}" } } } }`;

test('text: what was found is counted by level, also where no secret is', () => {
	const last = (...configs: readonly string[]) =>
		textReport(report(...configs.map((config, i) => file(`${i}/mcp.json`, config))), { colours: false })
			.trimEnd()
			.split('\n')
			.at(-1);
	assert.equal(last(BROKEN), '1 error. No secret found in 1 config.');
	assert.equal(last(BROKEN, BROKEN, '{}'), '2 errors. No secret found in 3 configs.');
});

test('text: a name from a config cannot write over the terminal', () => {
	const evil = CONFIG.replace('"gh"', '"\\u001b[2K\\u202egh"');
	const text = textReport(report(file('a\u001b]0;x\u0007/mcp.json', evil)), { colours: false });
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
	assert.doesNotMatch(text, /[\u001b\u0007\u202e]/);
});

test('colours only when asked', () => {
	assert.ok(textReport(report(file('mcp.json', CONFIG)), { colours: true }).includes('\u001b[31merror'));
});

test('json: region and properties, no secret', () => {
	const text = jsonReport(report(file('mcp.json', CONFIG)));
	assert.ok(!text.includes(CANARY));
	const { summary, findings } = JSON.parse(text);
	assert.deepEqual(summary, {
		findings: { error: 2, warning: 4, note: 0 },
		secrets: 1,
		places: 2,
		possible: 0,
		files: 1,
		accepted: 0,
	});
	const [first] = findings;
	assert.deepEqual(first.region, { startLine: 3, startColumn: 78, endLine: 3, endColumn: 118 });
	const { secretId, ...properties } = first.properties;
	assert.match(secretId, /^[0-9a-f]{32}$/);
	assert.deepEqual(properties, {
		host: 'VS Code, Visual Studio',
		server: 'gh',
		position: 'env',
		pointer: '/servers/gh/env/GITHUB_TOKEN',
		issuer: 'github',
		tokenKind: 'github-pat-classic',
		confidence: 'certain',
	});
	assert.equal(
		findings.find((f: { properties: { server: string } }) => f.properties.server === 'hub').properties.secretId,
		secretId,
	);
});

test('json: no host where none is known to read the file', () => {
	const { findings } = JSON.parse(jsonReport(report(file('.env', 'GITHUB_TOKEN={{github-pat}}', 1, 'dotenv'))));
	assert.equal(findings[0].properties.pointer, '/GITHUB_TOKEN');
	assert.ok(!('host' in findings[0].properties));
});

test('sarif: the members that code scanning reads', () => {
	const text = sarifReport(report(file('a b/mcp.json', CONFIG)));
	assert.ok(!text.includes(CANARY));
	const log = JSON.parse(text);
	assert.equal(log.version, '2.1.0');
	const [run] = log.runs;
	const [result] = run.results;
	const rule = run.tool.driver.rules[result.ruleIndex];
	assert.equal(rule.id, result.ruleId);
	assert.match(rule.helpUri, /docs\/rules\/inlined-credential\.md$/);
	for (const { target } of rule.relationships)
		assert.ok(run.taxonomies[0].taxa.some((taxon: { id: string }) => taxon.id === target.id));
	const { artifactLocation, region } = result.locations[0].physicalLocation;
	assert.equal(artifactLocation.uri, 'a%20b/mcp.json');
	assert.deepEqual(region.snippet, { text: '[secret]' });
	assert.equal(region.startLine, 3);
});

test('sarif: fingerprints depend on the place alone, and differ between places', () => {
	const prints = (config: string, key: number) =>
		JSON.parse(sarifReport(report(file('mcp.json', config, key)))).runs[0].results.map(
			(r: { partialFingerprints: object }) => JSON.stringify(r.partialFingerprints),
		);
	const first = prints(CONFIG, 1);
	assert.deepEqual(prints(`\n\n${CONFIG.replaceAll('{{github-pat}}', '{{github-pat:2}}')}`, 2), first);
	assert.equal(new Set(first).size, first.length);
});

test('a place in another file is named by its path', () => {
	const one = file('one/mcp.json', CONFIG);
	const two = file('two/mcp.json', CONFIG);
	const [credential] = two.analysis.credentials;
	const elsewhere = new Map([
		[credential!.fingerprint, [{ uri: two.document.uri, span: credential!.span, description: 'two' }]],
	]);
	const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(1));
	const analysis = analyze(one.document, {
		fingerprinter,
		knowledge: { ...NO_KNOWLEDGE, elsewhere },
		levels: new Map(),
	});
	const { findings } = JSON.parse(jsonReport(report({ ...one, analysis }, two)));
	const shared = findings.find((f: { ruleId: string }) => f.ruleId === 'shared-credential');
	assert.ok(shared.related.some((place: { path: string }) => place.path === 'two/mcp.json'));
});

const MISPLACED = `{
	"servers": {
		"{{github-pat:3}}": { "command": "npx", "env": { "{{gitlab-pat}}": "{{github-pat}}", "B": "\${env:X}" } },
		"b": { "command": "npx", "env": { "{{github-pat:4}}": "x" }, "headers": { "{{slack-bot}}": "{{github-pat}}" } }
	}
}`;

test('a token in a place for names is shown in no format', () => {
	const files = report(file('mcp.json', MISPLACED), file('b/mcp.json', MISPLACED));
	const tokens = ['github-pat', 'github-pat:3', 'github-pat:4', 'gitlab-pat', 'slack-bot'].map((name) =>
		expand(`{{${name}}}`),
	);
	const texts = [textReport(files, { colours: false }), jsonReport(files), sarifReport(files)];
	for (const text of texts)
		assert.deepEqual(
			tokens.filter((secret) => text.includes(secret)),
			[],
		);
	const { findings } = JSON.parse(texts[1]!);
	assert.ok(findings.length > 0);
	assert.ok(
		findings.some((f: { properties: { pointer: string } }) =>
			/^\/servers\/\(unreadable name\)\/env\//.test(f.properties.pointer),
		),
	);
});
