import * as vscode from 'vscode';
import type { ServerStatus } from '../../server/src/protocol/index.ts';

const MANAGE_TRUST = { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' };
const SHOW_LOG = { title: 'Show Log', command: 'mcpHygiene.showLog' };
const OPEN_PANEL = { title: 'Show Credentials', command: 'mcpHygiene.credentials.focus' };

/** The entry behind `{}` in the status bar, only while a config is the active editor. */
export class StatusItem {
	readonly #item: vscode.LanguageStatusItem;

	constructor() {
		this.#item = vscode.languages.createLanguageStatusItem('mcpHygiene.status', []);
		this.#item.name = 'MCP Credential Hygiene';
		this.#item.text = 'MCP credentials';
		this.#item.detail = 'Starting…';
		this.#item.busy = true;
	}

	/** Which documents are configs only the server knows. */
	showBeside(globs: readonly string[]): void {
		this.#item.selector = globs.map((pattern) => ({ pattern }));
	}

	show(status: ServerStatus): void {
		this.#item.busy = false;
		this.#item.detail = status.message;
		this.#item.severity =
			status.state === 'problem' ? vscode.LanguageStatusSeverity.Error : severityOf(status.state === 'restricted');
		this.#item.text = status.state === 'restricted' ? 'MCP credentials: Restricted Mode' : 'MCP credentials';
		this.#item.command = commandOf(status.state);
	}

	dispose(): void {
		this.#item.dispose();
	}
}

function severityOf(restricted: boolean): vscode.LanguageStatusSeverity {
	return restricted ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
}

function commandOf(state: ServerStatus['state']): vscode.Command {
	if (state === 'restricted') return MANAGE_TRUST;
	return state === 'problem' ? SHOW_LOG : OPEN_PANEL;
}
