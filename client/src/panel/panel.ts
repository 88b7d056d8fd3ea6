import * as vscode from 'vscode';
import { CountItem } from './count-item.ts';
import { PanelModel, type PanelModelOptions, type PanelState } from './model.ts';
import type { PanelNode } from './node.ts';
import { PanelTree } from './tree.ts';
import { viewStateOf } from './view-state.ts';

export const VIEW = 'mcpHygiene.credentials';

/** The view with its badge, message and welcome texts, and the model that feeds it. */
export class Panel {
	readonly model: PanelModel;
	readonly #tree = new PanelTree();
	readonly #count = new CountItem();
	readonly #view: vscode.TreeView<PanelNode>;

	constructor(options: Pick<PanelModelOptions, 'list' | 'failed'>) {
		this.#view = vscode.window.createTreeView(VIEW, { treeDataProvider: this.#tree, showCollapseAll: true });
		this.model = new PanelModel({
			list: async () => vscode.window.withProgress({ location: { viewId: VIEW } }, options.list),
			failed: options.failed,
			show: (state) => this.#show(state),
			debounceMs: 200,
		});
		this.#show({ kind: 'loading' });
	}

	dispose(): void {
		this.model.dispose();
		this.#view.dispose();
		this.#tree.dispose();
		this.#count.dispose();
	}

	#show(state: PanelState): void {
		const { nodes, panel, message, badge } = viewStateOf(state);
		// First the key, then the tree: an empty tree asks at once which welcome text is its own.
		void vscode.commands.executeCommand('setContext', 'mcpHygiene.panel', panel);
		this.#tree.show(nodes);
		this.#view.message = message ?? '';
		this.#view.badge = badge;
		this.#count.show({ badge });
	}
}
