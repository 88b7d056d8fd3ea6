import { SORTS } from './columns.ts';
import { element, icon } from './dom.ts';
import type { SortKey, TableQuery } from './rows.ts';
import type { SortParts } from './sorting.ts';

/** The line of column titles: made once, so that the pressed one keeps the focus. A press sorts, another turns the order. */
export class TableHead {
	readonly element: HTMLElement;
	readonly #headers: ReadonlyMap<SortKey, HTMLElement>;

	constructor({ sortBy }: SortParts) {
		this.#headers = new Map(SORTS.map(({ key, title }) => [key, header(key, title, sortBy)]));
		const actions = element('th', { scope: 'col', role: 'columnheader', class: 'actions' }, 'Actions');
		this.element = element(
			'thead',
			{ role: 'rowgroup' },
			element('tr', { role: 'row' }, ...this.#headers.values(), actions),
		);
	}

	show({ sort, descending }: TableQuery): void {
		for (const [key, header] of this.#headers) {
			const direction = key !== sort ? 'none' : descending ? 'descending' : 'ascending';
			header.setAttribute('aria-sort', direction);
		}
	}
}

/** Both arrows are there; the style sheet shows the one of the direction. */
function header(key: SortKey, title: string, sortBy: SortParts['sortBy']): HTMLElement {
	const button = element('button', { type: 'button' }, title, icon('chevron-up'), icon('chevron-down'));
	button.addEventListener('click', () => sortBy(key));
	return element('th', { scope: 'col', role: 'columnheader', 'data-key': key, 'aria-sort': 'none' }, button);
}
