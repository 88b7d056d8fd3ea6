// A person says what a token may do: the light bulb, the list to tick, the box for the last day.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { token } from '../../support/tokens.ts';
import { choose, findings, quickFix, show, until, workspaceFolder } from '../support.ts';

const PATH = '.cursor/mcp.json';
const VALUE = token('github-fine-grained', 104);
const TEXT = JSON.stringify({ mcpServers: { gh: { command: 'gh-tool', env: { GITHUB_TOKEN: VALUE } } } });

describe('saying what a token may do', () => {
	let document: vscode.TextDocument;

	before(async () => {
		document = await show(PATH, TEXT);
	});

	after(() => vscode.workspace.fs.delete(vscode.Uri.joinPath(workspaceFolder(), PATH)));

	it('is a line of the light bulb, and the hover tells who said it', async () => {
		const [finding] = await until('a finding', () => {
			const found = findings(document, 'inlined-credential');
			return found.length > 0 ? found : undefined;
		});
		assert.doesNotMatch(await hoverText(document, finding!.range.start), /declared by you/);
		// A key that comes before its list is lost, so the whole is tried again.
		const told = await until(
			'the hover',
			async () => {
				const action = await quickFix(document, finding!.range, 'Say what this token may do');
				const ended = choose(action);
				await press('quickOpenSelectNext', 'quickPickManyToggle', 'acceptSelectedQuickOpenItem');
				await press('acceptSelectedQuickOpenItem');
				await press('closeQuickOpen');
				await ended;
				await sleep(500);
				const text = await hoverText(document, finding!.range.start);
				return /declared by you/.test(text) ? text : undefined;
			},
			45_000,
		);
		assert.match(told, /Scope:\*\* read access .*declared by you on \d{4}/s);
		assert.ok(!told.includes(VALUE));
	});
});

async function press(...keys: readonly string[]): Promise<void> {
	for (const key of keys) {
		await sleep(500);
		await vscode.commands.executeCommand(`workbench.action.${key}`);
	}
}

async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
	const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
		'vscode.executeHoverProvider',
		document.uri,
		position,
	);
	return hovers
		.flatMap(({ contents }) => contents)
		.map((content) => (typeof content === 'string' ? content : content.value))
		.join('\n');
}
