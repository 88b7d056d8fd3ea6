import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand, token } from '../../../test/support/tokens.ts';
import { type AnalysisSettings, analyze } from './analyze.ts';
import { dialectById } from './dialects/index.ts';
import { readDocument } from './read.ts';
import { NO_KNOWLEDGE } from './rules/rule.ts';
import { Fingerprinter, SecretValue } from './secret-value.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32));

function levelsOf(text: string, levels: AnalysisSettings['levels'], knowledge = NO_KNOWLEDGE): Record<string, string> {
	const document = readDocument('file:///w/.vscode/mcp.json', expand(text), dialectById('vscode'), 'workspace');
	return Object.fromEntries(
		analyze(document, { fingerprinter, knowledge, levels }).findings.map((f) => [f.ruleId, f.level]),
	);
}

const CERTAIN = '{"servers":{"gh":{"command":"x","env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';
const LIKELY = '{"servers":{"gh":{"command":"x","env":{"GITHUB_TOKEN":"{{github-pat-bad-checksum}}"}}}}';

test('a chosen level is for certain findings; weaker ones stay below it', () => {
	const note = new Map([['inlined-credential', 'warning']] as const);
	assert.equal(levelsOf(CERTAIN, new Map())['inlined-credential'], 'error');
	assert.equal(levelsOf(LIKELY, new Map())['inlined-credential'], 'warning');
	assert.equal(levelsOf(CERTAIN, note)['inlined-credential'], 'warning');
	assert.equal(levelsOf(LIKELY, note)['inlined-credential'], 'note');
});

test('a value that came back does not vanish when its rule is off', () => {
	const fingerprint = fingerprinter.of(SecretValue.of(token('github-pat')));
	const stored = new Map([[fingerprint, { reference: 'cred://keychain/github/gh', storedAt: 0, boundPlaces: [] }]]);
	assert.equal(levelsOf(CERTAIN, new Map(), { ...NO_KNOWLEDGE, stored })['reinlined-credential'], 'error');
	assert.equal(
		levelsOf(CERTAIN, new Map([['reinlined-credential', 'off']] as const), { ...NO_KNOWLEDGE, stored })[
			'inlined-credential'
		],
		'error',
	);
});
