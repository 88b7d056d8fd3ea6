import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expand, token } from '../../../test/support/tokens.ts';
import { baselineKey } from '../core/accepted/baseline.ts';
import { REASON_TO_WRITE } from '../core/accepted/suppressions.ts';
import { analyze } from '../core/analyze.ts';
import { dialectById } from '../core/dialects/index.ts';
import type { Finding } from '../core/finding.ts';
import { readDocument } from '../core/read.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { Fingerprinter } from '../core/secret-value.ts';
import { BaselineReader, newBaseline, readBaseline, writeBaseline } from './baseline.ts';

const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const FILE = join(folder, 'b.json');
const PATH = '.vscode/mcp.json';

/** Another run has another key, so fingerprints differ; a baseline must not depend on them. */
function findingsOf(env: string, key = 1): readonly Finding[] {
	const text = expand(`{ "servers": { "gh": { "command": "gh-mcp", "env": { ${env} } } } }`);
	const document = readDocument('file:///w/.vscode/mcp.json', text, dialectById('vscode'), 'workspace');
	const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(key));
	return analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() }).findings;
}

const placed = (findings: readonly Finding[], path = PATH) => findings.map((finding) => ({ path, finding }));
const ENV = '"GITHUB_TOKEN": "{{github-pat}}", "DB_PASSWORD": "summer2024"';

async function write(env: string): Promise<void> {
	const reader = new BaselineReader();
	const baseline = newBaseline();
	const findings = await Promise.all(placed(findingsOf(env)).map((one) => reader.entry(one, baseline, 'old account')));
	await writeBaseline(FILE, { ...baseline, findings });
}

test('what was written is accepted in another run', async () => {
	await write(ENV);
	const findings = findingsOf(ENV, 2);
	const accepted = await new BaselineReader().accepted((await readBaseline(FILE))!, placed(findings));
	assert.deepEqual([...accepted.keys()].toSorted(), [...new Set(findings.map(baselineKey))].toSorted());
	assert.deepEqual([...new Set(accepted.values())], ['old account']);
});

test('another secret, another file and another place are not accepted', async () => {
	await write(ENV);
	const baseline = (await readBaseline(FILE))!;
	const reader = new BaselineReader();
	const rotated = await reader.accepted(baseline, placed(findingsOf('"GITHUB_TOKEN": "{{github-pat:2}}"')));
	assert.equal(rotated.size, 0);
	const moved = await reader.accepted(baseline, placed(findingsOf('"GH_TOKEN": "{{github-pat}}"')));
	assert.equal(moved.size, 0);
	assert.equal((await reader.accepted(baseline, placed(findingsOf(ENV), 'x.json'))).size, 0);
});

test('the file holds no secret, and no hash of what could be guessed', async () => {
	await write(ENV);
	const text = readFileSync(FILE, 'utf8');
	assert.ok(!text.includes(token('github-pat')) && !text.includes('summer2024'));
	const { findings } = JSON.parse(text) as { findings: { pointer: string; secret?: string }[] };
	for (const { pointer, secret } of findings) {
		if (pointer.endsWith('DB_PASSWORD')) assert.equal(secret, undefined);
		else assert.match(secret!, /^[0-9a-f]{64}$/);
	}
});

test('two files have two salts, so equal secrets do not show as equal', () => {
	assert.notEqual(newBaseline().salt, newBaseline().salt);
});

test('no baseline is none, a broken one is told', async () => {
	assert.equal(await readBaseline(join(folder, 'gone.json')), undefined);
	const broken = join(folder, 'broken.json');
	writeFileSync(broken, '{');
	await assert.rejects(readBaseline(broken), /is no baseline: it is no JSON/);
});

test('an entry whose reason is still to be written accepts nothing', async () => {
	await write(ENV);
	const baseline = (await readBaseline(FILE))!;
	const unsaid = { ...baseline, findings: baseline.findings.map((entry) => ({ ...entry, reason: REASON_TO_WRITE })) };
	assert.equal((await new BaselineReader().accepted(unsaid, placed(findingsOf(ENV)))).size, 0);
});
