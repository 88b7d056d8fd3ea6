// What the suites inside the extension host share.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/harness/temporary.ts';

export { until };

export const EXTENSION_ID = 'mcp-credential-hygiene.mcp-credential-hygiene';
export const SOURCE = 'mcp-hygiene';

export function workspaceFolder(): vscode.Uri {
	const folder = vscode.workspace.workspaceFolders?.[0];
	if (!folder) throw new Error('The suite needs an open folder');
	return folder.uri;
}

/** A file of the checkout; the bundled suite lies in `.cache/vscode-suite/<name>`. */
export function inCheckout(path: string): string {
	return join(__dirname, '../../..', path);
}

/** Writes a file of the workspace and shows it in an editor. */
export async function show(path: string, text: string): Promise<vscode.TextDocument> {
	const uri = vscode.Uri.joinPath(workspaceFolder(), path);
	await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
	const document = await vscode.workspace.openTextDocument(uri);
	await vscode.window.showTextDocument(document);
	return document;
}

/** In a browser VS Code also saves by itself; where it was quicker, there is nothing left to save, which `save` calls a failure. */
export async function save(document: vscode.TextDocument): Promise<void> {
	assert.ok((await document.save()) || !document.isDirty, 'not saved');
}

/** Our diagnostics of a document, by rule. */
export function findings(document: vscode.TextDocument, rule?: string): vscode.Diagnostic[] {
	return vscode.languages
		.getDiagnostics(document.uri)
		.filter((diagnostic) => diagnostic.source === SOURCE && (rule === undefined || ruleOf(diagnostic) === rule));
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
	const { code } = diagnostic;
	return String(typeof code === 'object' ? code.value : code);
}

/** The quick fixes that are offered at a place. */
export async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
	const kind = vscode.CodeActionKind.QuickFix.value;
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		'vscode.executeCodeActionProvider',
		document.uri,
		range,
		kind,
	);
	return actions ?? [];
}

/** The quick fix whose title contains `title`. The editor's list of problems can lag behind, so it is asked more than once. */
export function quickFix(
	document: vscode.TextDocument,
	range: vscode.Range,
	title: string,
): Promise<vscode.CodeAction> {
	return until(`the fix "${title}"`, async () => {
		const actions = await quickFixes(document, range).catch(noneIfCanceled);
		return actions.find((action) => action.title.includes(title));
	});
}

/** VS Code takes its question back when the document changes meanwhile, as when a slow one reads it from the disk again. */
function noneIfCanceled(error: unknown): [] {
	if (error instanceof Error && error.name === 'Canceled') return [];
	throw error;
}

/** Does what choosing the entry in the light bulb's menu does. */
export async function choose(action: vscode.CodeAction): Promise<unknown> {
	if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit was not applied');
	if (!action.command) return undefined;
	return vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Starts a server of `.vscode/mcp.json`, as its code lens does, until `seen` sees that it runs. */
export async function startMcpServer<T>(name: string, seen: () => T | undefined): Promise<T> {
	return until(
		`the MCP server "${name}"`,
		async () => {
			if (seen() === undefined)
				await vscode.commands.executeCommand('workbench.mcp.startServer', `mcp.config.ws0.${name}`);
			return until(`"${name}" after a start`, seen, 3000).catch(() => undefined);
		},
		45_000,
	);
}

/** A tool that VS Code has listed from an MCP server, by the name that the server itself gives. */
export function mcpTool(server: string, tool: string): vscode.LanguageModelToolInformation | undefined {
	return vscode.lm.tools.find(({ name }) => name.includes(server) && name.endsWith(tool));
}
