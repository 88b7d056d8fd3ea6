import type { CredentialAction, CredentialRow } from '../../server/src/protocol/index.ts';
import { element, icon } from './dom.ts';
import type { Menu, MenuItem } from './menu.ts';
import type { FromTable } from './messages.ts';

export interface ActionParts {
	readonly menu: Menu;
	send(message: FromTable): void;
}

/** What a row offers: its first fix, its first place, and behind one button what its issuer and a person can do. */
export function actionButtons(row: CredentialRow, { menu, send }: ActionParts): readonly HTMLElement[] {
	const { id, label, places, actions = [] } = row;
	const place = places.findIndex(({ fix }) => fix !== undefined);
	const fix = () => send({ type: 'fix', row: id, place });
	const go = () => send({ type: 'go', row: id, place: 0 });
	return [
		...(place < 0 ? [] : [actionButton('fix', 'Fix', `Fix ${label}`, 'lightbulb', fix)]),
		...(places.length === 0 ? [] : [actionButton('go', 'Go to', `Go to ${label}`, 'go-to-file', go)]),
		...(actions.length === 0 ? [] : [moreButton(row, actions, menu, send)]),
	];
}

const ACTION_ICON = {
	'open-page': 'link-external',
	probe: 'search',
	declare: 'edit',
	rotate: 'sync',
	revoke: 'trash',
} as const;

function moreButton(
	{ id, label }: CredentialRow,
	actions: readonly CredentialAction[],
	menu: Menu,
	send: ActionParts['send'],
): HTMLElement {
	const name = `More actions for ${label}`;
	const items = actions.map(
		(action): MenuItem => ({
			text: action.title,
			icon: ACTION_ICON[action.id],
			destructive: action.destructive ?? false,
			choose: () => send({ type: 'act', row: id, action: action.id }),
		}),
	);
	const button = actionButton('more', 'More actions', name, 'ellipsis', () => menu.open(button, name, items));
	button.setAttribute('aria-haspopup', 'menu');
	button.setAttribute('aria-expanded', 'false');
	button.addEventListener('keydown', (event) => {
		if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
		menu.open(button, name, items, event.key === 'ArrowDown' ? 0 : -1);
		event.preventDefault();
		// Otherwise these keys move between rows.
		event.stopPropagation();
	});
	return button;
}

function actionButton(part: string, title: string, label: string, name: string, act: () => void): HTMLElement {
	const attributes = { class: `icon ${part}`, type: 'button', 'data-part': part, title, 'aria-label': label };
	const button = element('button', attributes, icon(name));
	button.addEventListener('click', act);
	return button;
}
