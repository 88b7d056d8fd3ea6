import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { default as addFormats } from 'ajv-formats';
import { expand } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { RULES } from '../rules/index.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import type { Report, ReportFile } from './model.ts';
import { sarifReport } from './sarif.ts';

/** The schema that OASIS publishes, as a package carries it. */
const SCHEMA = fileURLToPath(
	new URL('../../../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', import.meta.url),
);

function file(path: string, text: string): ReportFile {
	const document = readDocument(`file:///${path}`, expand(text), dialectById('vscode'), 'workspace');
	const fingerprinter = new Fingerprinter(new Uint8Array(32));
	return { path, document, analysis: analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() }) };
}

const SERVER =
	'{ "command": "npx", "args": ["srv", "--token", "{{github-pat:2}}"], "env": { "GITHUB_TOKEN": "{{github-pat}}" } }';
const CONFIG = `{ "servers": { "a": ${SERVER}, "": ${SERVER} }, "inputs": [{ "id": "x", "type": "promptString", "default": "{{github-pat}}" }] }`;

const REPORTS: Readonly<Record<string, Report>> = {
	empty: { version: '1.2.3', files: [], problems: [] },
	clean: { version: '1.2.3', files: [file('.vscode/mcp.json', '{}')], problems: [] },
	findings: {
		version: '1.2.3',
		files: [
			file('a b/ü/mcp.json', CONFIG),
			file('/home/me/mcp.json', CONFIG),
			file('C:/Users/me/mcp.json', CONFIG),
			file('<stdin>', CONFIG),
			file('x\ud800/mcp.json', CONFIG),
		],
		problems: ['a/mcp.json is not read: it is no JSON.'],
	},
};

test('reports are valid by the published schema', () => {
	const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
	const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
	addFormats.default(ajv);
	const validate = ajv.compile(schema);
	for (const [name, report] of Object.entries(REPORTS)) {
		validate(JSON.parse(sarifReport(report)));
		assert.deepEqual(validate.errors ?? [], [], name);
	}
	assert.equal(validate({ version: '2.1.0', runs: [{}] }), false);
});

test('a rule says what it rests on: weaknesses as code scanning knows them, and the lists by their own names', () => {
	const [run] = JSON.parse(sarifReport(Object.values(REPORTS)[0]!)).runs;
	const { properties } = run.tool.driver.rules.find(({ id }: { id: string }) => id === 'over-scoped-token');
	assert.ok(properties.tags.includes('external/cwe/cwe-250') && properties.tags.includes('NHI5:2025'), properties.tags);
	for (const { id, shortDescription, helpUri } of run.taxonomies[0].taxa) {
		assert.match(shortDescription.text, /^[A-Z].{5,120}\.$/, id);
		assert.match(helpUri, /^https:\/\/cwe\.mitre\.org\//, id);
	}
});

/** What code scanning wants beyond the schema: docs.github.com, SARIF support for code scanning, read 2026-11. */
test('reports have every property that code scanning requires', () => {
	for (const report of Object.values(REPORTS)) {
		const { $schema, runs } = JSON.parse(sarifReport(report));
		assert.match($schema, /sarif-schema-2\.1\.0\.json$/);
		assert.equal(runs.length, 1);
		const { driver } = runs[0].tool;
		assert.match(driver.semanticVersion, /^\d+\.\d+\.\d+$/);
		assert.equal(driver.rules.length, RULES.length);
		for (const rule of driver.rules) {
			for (const text of [rule.shortDescription.text, rule.fullDescription.text])
				assert.ok(text !== '' && text.length <= 1024);
			assert.ok(rule.help.text !== '' && rule.help.markdown !== '');
			assert.ok(rule.properties.tags.includes('security') && rule.properties.tags.length <= 20);
			const severity = Number(rule.properties['security-severity']);
			assert.ok(severity > 0 && severity <= 10);
		}
		for (const result of runs[0].results) {
			assert.equal(driver.rules[result.ruleIndex].id, result.ruleId);
			assert.notEqual(result.message.text, '');
			assert.equal(result.locations.length, 1);
			assert.match(result.partialFingerprints.primaryLocationLineHash, /^[0-9a-f]{32}:1$/);
			for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
				assert.notEqual(physicalLocation.artifactLocation.uri, '');
				const { startLine, startColumn, endLine, endColumn } = physicalLocation.region;
				assert.ok(startLine >= 1 && startColumn >= 1 && endLine >= startLine && endColumn >= 1);
			}
			for (const taxon of result.taxa ?? []) assert.equal(runs[0].taxonomies[0].taxa[taxon.index].id, taxon.id);
		}
	}
});

test('paths are relative to the source root, and nothing tells where that is', () => {
	const [run] = JSON.parse(sarifReport(REPORTS.findings!)).runs;
	assert.deepEqual(
		run.artifacts.map((artifact: { location: object }) => artifact.location),
		[
			{ uri: 'a%20b/%C3%BC/mcp.json', uriBaseId: '%SRCROOT%' },
			{ uri: 'file:///home/me/mcp.json' },
			{ uri: 'file:///C:/Users/me/mcp.json' },
			{ uri: '%3Cstdin%3E', uriBaseId: '%SRCROOT%' },
			{ uri: 'x%EF%BF%BD/mcp.json', uriBaseId: '%SRCROOT%' },
		],
	);
	assert.deepEqual(Object.keys(run.originalUriBaseIds['%SRCROOT%']), ['description']);
});

test('what could not be read makes the run an unsuccessful one', () => {
	const invocation = (name: string) => JSON.parse(sarifReport(REPORTS[name]!)).runs[0].invocations[0];
	assert.equal(invocation('clean').executionSuccessful, true);
	assert.equal(invocation('findings').executionSuccessful, false);
	assert.match(invocation('findings').toolExecutionNotifications[0].message.text, /is not read/);
});
