import type { CredentialRow } from '../../../server/src/protocol/index.ts';
import type { PanelState } from './model.ts';
import type { PanelNode } from './node.ts';
import { countOpen, presentRows } from './present.ts';
import { counted, oneLine, RESTRICTED, ruleWords } from './words.ts';

/** All that the view shows around and in its tree. */
export interface ViewState {
	readonly nodes: readonly PanelNode[];
	/** Value of the context key `mcpHygiene.panel`: which welcome text an empty tree shows. */
	readonly panel: 'loading' | 'listed' | 'empty' | 'restricted' | 'failed';
	/** The line above the tree. While there is one, VS Code shows no welcome text. */
	readonly message: string | undefined;
	readonly badge: { readonly value: number; readonly worst: 'error' | 'warning'; readonly tooltip: string } | undefined;
}

export function viewStateOf(state: PanelState): ViewState {
	if (state.kind !== 'listed') return { nodes: [], panel: state.kind, message: undefined, badge: undefined };
	const { list } = state;
	return {
		nodes: presentRows(list.rows),
		// A tree that is only slow to fill must not say that nothing was found.
		panel: list.rows.length > 0 ? 'listed' : list.state === 'restricted' ? 'restricted' : 'empty',
		message: messageOf(list.state === 'restricted' && list.rows.length > 0, list.problems),
		badge: badgeOf(list.rows),
	};
}

/** The count, and the finding to begin with. */
function badgeOf(rows: readonly CredentialRow[]): ViewState['badge'] {
	const value = countOpen(rows);
	// They come in the order of risk.
	const worst = rows[0];
	if (!worst || (worst.level !== 'error' && worst.level !== 'warning')) return undefined;
	const { level, label, places } = worst;
	const finding = places.flatMap(({ findings }) => findings).find((one) => one.level === level);
	const rule = finding ? `, ${ruleWords(finding.ruleId).toLowerCase()}` : '';
	const tooltip = `${counted(value, 'credential')} with an error or a warning. Worst: ${oneLine(label)}, ${level}${rule}.`;
	return { value, worst: level, tooltip };
}

function messageOf(restricted: boolean, problems: readonly string[]): string | undefined {
	const parts: string[] = [];
	if (restricted) parts.push(RESTRICTED);
	if (problems.length > 0) parts.push(`${counted(problems.length, 'problem')}: ${problems.map(oneLine).join(' ')}`);
	return parts.length > 0 ? parts.join(' ') : undefined;
}
