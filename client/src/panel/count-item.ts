import * as vscode from 'vscode';
import { SHOW_PANEL_COMMAND } from '../../../server/src/protocol/index.ts';
import type { ViewState } from './view-state.ts';

/** The status bar's count of secrets with an error or a warning, with the sign of the worst. Hidden while there is nothing to do. */
export class CountItem {
	readonly #item = vscode.window.createStatusBarItem('mcpHygiene.count', vscode.StatusBarAlignment.Left, 0);

	constructor() {
		this.#item.name = 'MCP credentials with findings';
		this.#item.command = SHOW_PANEL_COMMAND;
	}

	show({ badge }: Pick<ViewState, 'badge'>): void {
		if (!badge) {
			this.#item.hide();
			return;
		}
		this.#item.text = `$(shield) ${badge.value} $(${badge.worst})`;
		this.#item.tooltip = badge.tooltip;
		this.#item.accessibilityInformation = { label: badge.tooltip, role: 'button' };
		this.#item.show();
	}

	dispose(): void {
		this.#item.dispose();
	}
}
