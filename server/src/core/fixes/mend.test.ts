import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import { dialectById, dialectFor } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import { applyChanges } from '../text.ts';
import { mendOf } from './mend.ts';

/** The first finding that can be mended, its title, and the text after the edit. */
function mended(path: string, before: string): { title?: string; after?: string } {
	const text = expand(before);
	const { dialect, scope } = dialectFor(path, '/home/me')!;
	const document = readDocument(path, text, dialect, scope);
	const fingerprinter = new Fingerprinter(new Uint8Array(32));
	const { findings } = analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() });
	const first = findings.map((finding) => mendOf(document, finding)).find((mend) => mend !== undefined);
	return first ? { title: first.title, after: applyChanges(text, first.changes) } : {};
}

describe('an input that keeps its answer in plain text', () => {
	test('becomes a password, in the style of its neighbours', () => {
		const { title, after } = mended(
			'/w/.vscode/mcp.json',
			`{
  "inputs": [
    {
      "type": "promptString",
      "id": "github-token" // asked once
    }
  ],
  "servers": { "gh": { "command": "gh", "env": { "GITHUB_TOKEN": "\${input:github-token}" } } }
}`,
		);
		assert.equal(title, 'Add "password": true, so that VS Code keeps the answer encrypted');
		assert.equal(
			after,
			`{
  "inputs": [
    {
      "type": "promptString",
      "id": "github-token",
      "password": true // asked once
    }
  ],
  "servers": { "gh": { "command": "gh", "env": { "GITHUB_TOKEN": "\${input:github-token}" } } }
}`,
		);
	});

	test('also where it says that it is none', () => {
		const text =
			'{"inputs":[{"id":"t","type":"promptString","password":false}],"servers":{"a":{"command":"a","env":{"A_TOKEN":"${input:t}"}}}}';
		assert.equal(mended('/w/.vscode/mcp.json', text).after, text.replace('false', 'true'));
	});
});

describe('a reference in a form that its host does not know', () => {
	const vscode = (value: string) => `{"servers":{"a":{"command":"a","env":{"A_TOKEN":"${value}"}}}}`;
	for (const [written, right] of [
		['{env:A_TOKEN}', '${env:A_TOKEN}'],
		['$env:A_TOKEN', '${env:A_TOKEN}'],
		['$A_TOKEN', '${env:A_TOKEN}'],
		['%A_TOKEN%', '${env:A_TOKEN}'],
		['$input:a-token', '${input:a-token}'],
		['{input:a-token}', '${input:a-token}'],
	] as const)
		test(`${written} becomes ${right} in VS Code`, () => {
			assert.deepEqual(mended('/w/.vscode/mcp.json', vscode(written)), {
				title: `Write it as ${right.includes('input') ? '${input:id}' : '${env:NAME}'}, which VS Code resolves`,
				after: vscode(right),
			});
		});

	test('keeps what stands before it', () => {
		const text = (value: string) =>
			`{"mcpServers":{"a":{"url":"https://a.example.com/mcp","headers":{"Authorization":"Bearer ${value}"}}}}`;
		assert.equal(mended('/w/.cursor/mcp.json', text('$A_TOKEN')).after, text('${env:A_TOKEN}'));
	});

	test('never says what stands there: a password can begin with a sign', () => {
		const secret = '$' + 'ecretPassw0rd';
		const document = readDocument('/w/.vscode/mcp.json', vscode(secret), dialectById('vscode'), 'workspace');
		const fingerprinter = new Fingerprinter(new Uint8Array(32));
		const { findings } = analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() });
		const mends = findings.map((finding) => mendOf(document, finding)).filter((mend) => mend !== undefined);
		assert.equal(mends.length, 1);
		assert.doesNotMatch(JSON.stringify(mends), /ecret/);
	});

	test('stays where its host resolves none', () => {
		const text = '{"mcpServers":{"a":{"command":"a","env":{"A_TOKEN":"$A_TOKEN"}}}}';
		assert.deepEqual(mended('/home/me/.config/Claude/claude_desktop_config.json', text), {});
	});
});

describe('a secret in a comment', () => {
	test('goes with its line', () => {
		const { title, after } = mended(
			'/w/.vscode/mcp.json',
			`{
  "servers": {
    "gh": {
      // "env": { "GITHUB_TOKEN": "{{github-pat}}" },
      "command": "gh"
    }
  }
}`,
		);
		assert.equal(title, 'Delete this line');
		assert.equal(after, '{\n  "servers": {\n    "gh": {\n      "command": "gh"\n    }\n  }\n}');
	});

	test('stays behind something, and in a longer comment: there a person decides', () => {
		const behind = '{"servers":{"gh":{"command":"gh"}}} // {{github-pat}}\n';
		const longer = '{"servers":{"gh":{"command":"gh"}}}\n/* keep\n{{github-pat}}\n*/\n';
		for (const text of [behind, longer]) assert.deepEqual(mended('/w/.vscode/mcp.json', text), {});
	});

	test('in YAML', () => {
		const before = 'extensions:\n  gh:\n    cmd: gh\n    # GITHUB_TOKEN: {{github-pat}}\n    type: stdio\n';
		assert.equal(
			mended('/home/me/.config/goose/config.yaml', before).after,
			'extensions:\n  gh:\n    cmd: gh\n    type: stdio\n',
		);
	});
});

test('nothing is edited around a syntax error', () => {
	assert.deepEqual(
		mended('/w/.vscode/mcp.json', '{"servers":{"a":{"command":"a","env":{"A_TOKEN":"{env:A_TOKEN}"}}'),
		{},
	);
});
