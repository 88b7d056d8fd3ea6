import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
	APPLY_FIX_COMMAND,
	type CredentialAction,
	type CredentialPlace,
	type CredentialRow,
	type DeclareSubject,
	type FixOutcome,
	IGNORE_COMMAND,
	type IgnoreRequest,
} from '../../server/src/protocol/index.ts';
import { runAct } from './acts.ts';
import { declareGrant } from './declare.ts';
import type { OfferedFix, PanelNode } from './panel/node.ts';
import { VIEW } from './panel/panel.ts';
import { oneLine, shortPath } from './panel/words.ts';

export interface CommandParts {
	readonly refresh: () => Promise<void>;
	readonly log: vscode.LogOutputChannel;
	readonly extensionUri: vscode.Uri;
	readonly reviewRefusals: () => Promise<void>;
	readonly copyKeptSecret: () => Promise<void>;
	readonly openTable: () => void;
	readonly declare: (about: DeclareSubject) => Promise<void>;
	readonly act: (row: CredentialRow, action: CredentialAction) => Promise<void>;
}

export function registerCommands(parts: CommandParts): vscode.Disposable {
	const { registerCommand } = vscode.commands;
	const { refresh, log, extensionUri, reviewRefusals, copyKeptSecret, openTable, declare, act } = parts;
	return vscode.Disposable.from(
		registerCommand('mcpHygiene.refresh', refresh),
		registerCommand('mcpHygiene.showLog', () => log.show()),
		registerCommand('mcpHygiene.openDocs', () =>
			vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extensionUri, 'README.md')),
		),
		registerCommand('mcpHygiene.showPanel', () => vscode.commands.executeCommand(`${VIEW}.focus`)),
		registerCommand('mcpHygiene.openTable', openTable),
		registerCommand('mcpHygiene.reviewRefusals', reviewRefusals),
		registerCommand('mcpHygiene.copyKeptSecret', copyKeptSecret),
		registerCommand('mcpHygiene.declareGrant', (about?: DeclareSubject) => about && declare(about)),
		registerCommand('mcpHygiene.goToPlace', (node?: PanelNode) => node?.place && goTo(node.place)),
		registerCommand('mcpHygiene.revealConfig', (node?: PanelNode) => node?.place && reveal(node.place)),
		registerCommand('mcpHygiene.fixPlace', (node?: PanelNode) => node && fix(node.fixes)),
		registerCommand('mcpHygiene.ignorePlace', (node?: PanelNode) => node?.ignore && ignore(node.ignore)),
		registerCommand('mcpHygiene.actOnCredential', async (node?: PanelNode) => {
			const action = node?.row && (await chooseAction(node.row));
			if (node?.row && action) await act(node.row, action);
		}),
	);
}

/** A refusal names the way out; that is worth more than a line in the log. */
export function showOutcome({ status, message, open, copy }: FixOutcome): void {
	if (open !== undefined) void vscode.env.openExternal(vscode.Uri.parse(open));
	if (copy !== undefined) void vscode.env.clipboard.writeText(copy);
	if (status === 'done') void vscode.window.showInformationMessage(message);
	else if (status === 'refused' || status === 'unknown') void vscode.window.showWarningMessage(message);
	else void vscode.window.showErrorMessage(message);
}

export async function goTo({ uri, range }: CredentialPlace): Promise<void> {
	const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
	try {
		await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
	} catch {
		void vscode.window.showWarningMessage(
			`${shortPath(uri)} could not be opened: it may have been moved or deleted. Refresh the list.`,
		);
	}
}

/** In the Explorer where it is part of the workspace, else in the system's file manager, else at least open. */
async function reveal(place: CredentialPlace): Promise<void> {
	const uri = vscode.Uri.parse(place.uri);
	if (vscode.workspace.getWorkspaceFolder(uri)) {
		await vscode.commands.executeCommand('revealInExplorer', uri);
		return;
	}
	const local = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
	if (local && uri.scheme === 'file') await vscode.commands.executeCommand('revealFileInOS', uri);
	else await goTo(place);
}

async function fix(fixes: readonly OfferedFix[]): Promise<void> {
	const chosen = await choose(fixes);
	if (chosen) await fixPlace(chosen.place);
}

/** Runs the fix that the server offers for a place. The outcome is shown where every fix's is. */
export async function fixPlace(place: CredentialPlace): Promise<void> {
	if (!place.fix) return;
	const { request } = place.fix;
	const outcome = await vscode.window.withProgress({ location: { viewId: VIEW } }, () =>
		vscode.commands.executeCommand<FixOutcome | undefined>(APPLY_FIX_COMMAND, request),
	);
	if (outcome?.status === 'done') await goTo(place);
}

/** Asks for the reason and accepts the finding; both happen where the light bulb's do. */
export async function ignore(request: IgnoreRequest): Promise<void> {
	await vscode.commands.executeCommand(IGNORE_COMMAND, request);
}

/** What a row offers besides the fixes of its places. */
export async function act(client: LanguageClient, row: CredentialRow, action: CredentialAction): Promise<void> {
	if (action.id === 'declare') await declareGrant(client, { row: row.id }, showOutcome);
	else if (action.id !== 'open-page') await runAct(client, action.id, row.id, showOutcome);
	else if (action.url) await vscode.env.openExternal(vscode.Uri.parse(action.url));
}

async function chooseAction(row: CredentialRow): Promise<CredentialAction | undefined> {
	const picked = await vscode.window.showQuickPick(
		(row.actions ?? []).map((action) => ({ label: action.title, action })),
		{ title: oneLine(row.label), placeHolder: 'What should happen? You are asked again before anything is sent.' },
	);
	return picked?.action;
}

async function choose(fixes: readonly OfferedFix[]): Promise<OfferedFix | undefined> {
	const picked = await vscode.window.showQuickPick(
		fixes.map((offered) => ({ label: offered.title, description: offered.where, offered })),
		{ title: 'Fix', placeHolder: 'What should happen, and where?' },
	);
	return picked?.offered;
}
