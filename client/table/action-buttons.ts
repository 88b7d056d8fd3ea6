import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { element, icon } from './dom.ts';
import type { FromTable } from './messages.ts';

/** What a row offers: its first fix, its first place, and what its issuer and a person can do. */
export function actionButtons(row: CredentialRow, send: (message: FromTable) => void): readonly HTMLElement[] {
	const place = row.places.findIndex(({ fix }) => fix !== undefined);
	const fix =
		place < 0
			? []
			: [actionButton('fix', 'Fix', `Fix ${row.label}`, 'lightbulb', () => send({ type: 'fix', row: row.id, place }))];
	const go =
		row.places.length === 0
			? []
			: [
					actionButton('go', 'Go to', `Go to ${row.label}`, 'go-to-file', () =>
						send({ type: 'go', row: row.id, place: 0 }),
					),
				];
	const others = (row.actions ?? []).map((action, index) =>
		actionButton(action.id, action.title, `${action.title}: ${row.label}`, ACTION_ICON[action.id], () =>
			send({ type: 'act', row: row.id, action: index }),
		),
	);
	return [...fix, ...go, ...others];
}

const ACTION_ICON = {
	'open-page': 'link-external',
	probe: 'search',
	declare: 'edit',
	rotate: 'sync',
	revoke: 'trash',
} as const;

function actionButton(part: string, title: string, label: string, name: string, act: () => void): HTMLElement {
	const attributes = { class: 'icon', type: 'button', 'data-part': part, title, 'aria-label': label };
	const button = element('button', attributes, icon(name));
	button.addEventListener('click', act);
	return button;
}
