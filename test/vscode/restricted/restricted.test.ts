// In Restricted Mode the person has not said that this folder may do anything: look, tell, touch nothing.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { APPLY_FIX_COMMAND, type FixOutcome, type FixRequest } from '../../../server/src/protocol/index.ts';
import { token } from '../../support/tokens.ts';
import { findings, quickFixes, show, until } from '../support.ts';

const SECRET = token('github-pat', 201);
const CONFIG = `{
	"servers": {
		"github": { "command": "npx", "args": ["server"], "env": { "GITHUB_TOKEN": "${SECRET}" } }
	}
}
`;

describe('a pasted token in a folder that is not trusted', () => {
	let document: vscode.TextDocument;
	let finding: vscode.Diagnostic;

	before(async () => {
		document = await show('.vscode/mcp.json', CONFIG);
		finding = await until('the finding', () => findings(document, 'inlined-credential')[0], 30_000);
	});

	it('is diagnosed', () => {
		assert.ok(document.getText(finding.range).includes(SECRET));
	});

	it('is offered no fix', async () => {
		const titles = (await quickFixes(document, finding.range)).map(({ title }) => title);
		assert.deepEqual(
			titles.filter((title) => /keychain|reference|password|broker/i.test(title)),
			[],
		);
	});

	it('is not touched when the fix is asked for all the same, and the answer names trust', async () => {
		const request: FixRequest = {
			fix: 'move-to-keychain',
			uri: document.uri.toString(),
			version: document.version,
			pointer: '/servers/github/env/GITHUB_TOKEN',
			ruleId: 'inlined-credential',
			fingerprint: '',
		};
		const outcome = await vscode.commands.executeCommand<FixOutcome>(APPLY_FIX_COMMAND, request);
		assert.equal(outcome.status, 'refused');
		assert.match(outcome.message, /trust/i);
		assert.equal(document.getText(), CONFIG);
	});
});
