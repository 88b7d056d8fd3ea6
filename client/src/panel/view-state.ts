import type { PanelState } from './model.ts';
import type { PanelNode } from './node.ts';
import { countOpen, presentRows } from './present.ts';
import { counted, oneLine } from './words.ts';

/** All that the view shows around and in its tree. */
export interface ViewState {
	readonly nodes: readonly PanelNode[];
	/** Value of the context key `mcpHygiene.panel`: which welcome text an empty tree shows. */
	readonly panel: 'loading' | 'listed' | 'empty' | 'restricted' | 'failed';
	/** The line above the tree. While there is one, VS Code shows no welcome text. */
	readonly message: string | undefined;
	readonly badge: { readonly value: number; readonly tooltip: string } | undefined;
}

export function viewStateOf(state: PanelState): ViewState {
	if (state.kind !== 'listed') return { nodes: [], panel: state.kind, message: undefined, badge: undefined };
	const { list } = state;
	const open = countOpen(list.rows);
	return {
		nodes: presentRows(list.rows),
		// A tree that is only slow to fill must not say that nothing was found.
		panel: list.rows.length > 0 ? 'listed' : list.state === 'restricted' ? 'restricted' : 'empty',
		message: messageOf(list.state === 'restricted' && list.rows.length > 0, list.problems),
		badge:
			open === 0 ? undefined : { value: open, tooltip: `${counted(open, 'credential')} with an error or a warning` },
	};
}

function messageOf(restricted: boolean, problems: readonly string[]): string | undefined {
	const parts: string[] = [];
	if (restricted) parts.push('Restricted Mode: only formats are looked at. Trust the workspace for ages and fixes.');
	if (problems.length > 0) parts.push(`${counted(problems.length, 'problem')}: ${problems.map(oneLine).join(' ')}`);
	return parts.length > 0 ? parts.join(' ') : undefined;
}
