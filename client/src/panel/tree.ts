import * as vscode from 'vscode';
import type { PanelNode, TooltipLine } from './node.ts';

/** Turns the panel's plain nodes into the editor's tree items. */
export class PanelTree implements vscode.TreeDataProvider<PanelNode> {
	readonly #changed = new vscode.EventEmitter<undefined>();
	readonly onDidChangeTreeData = this.#changed.event;
	#roots: readonly PanelNode[] = [];

	show(roots: readonly PanelNode[]): void {
		this.#roots = roots;
		this.#changed.fire(undefined);
	}

	getChildren(node?: PanelNode): PanelNode[] {
		return [...(node?.children ?? this.#roots)];
	}

	getTreeItem(node: PanelNode): vscode.TreeItem {
		const item = new vscode.TreeItem(node.label, collapsibleState(node));
		item.id = node.id;
		item.description = node.description;
		item.iconPath = icon(node);
		item.tooltip = tooltip(node.tooltip);
		item.contextValue = node.context;
		item.accessibilityInformation = { label: node.spoken };
		if (node.place) {
			item.command = { title: 'Go to Place', command: 'mcpHygiene.goToPlace', arguments: [node] };
		}
		return item;
	}

	dispose(): void {
		this.#changed.dispose();
	}
}

function collapsibleState(node: PanelNode): vscode.TreeItemCollapsibleState {
	if (node.children.length === 0) return vscode.TreeItemCollapsibleState.None;
	return node.expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function icon({ icon: { codicon, color } }: PanelNode): vscode.ThemeIcon {
	return color ? new vscode.ThemeIcon(codicon, new vscode.ThemeColor(color)) : new vscode.ThemeIcon(codicon);
}

/** `appendText` escapes: names and messages come from files that anybody may have written. */
function tooltip(lines: readonly TooltipLine[]): vscode.MarkdownString {
	const markdown = new vscode.MarkdownString('', true);
	markdown.isTrusted = false;
	for (const { title, texts } of lines) {
		markdown.appendMarkdown('**').appendText(title).appendMarkdown('**  \n');
		for (const text of texts) markdown.appendText(text).appendMarkdown('  \n');
		markdown.appendMarkdown('\n');
	}
	return markdown;
}
