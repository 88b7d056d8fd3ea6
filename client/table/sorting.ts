import { SORTS } from './columns.ts';
import { byId, element, icon, setText } from './dom.ts';
import type { SortKey, TableQuery } from './rows.ts';

export interface SortParts {
	/** The other way round if it is sorted by this already. */
	sortBy(key: SortKey): void;
}

/** The list of all orders for where there is no room for titles, and the words that tell a screen reader of a new order. */
export class Sorting {
	readonly #list = byId<HTMLSelectElement>('sort');
	readonly #reverse = byId('reverse');
	readonly #spoken = byId('sorted');
	#shown: string | undefined;

	constructor({ sortBy }: SortParts) {
		this.#list.append(...SORTS.map(({ key, order }) => element('option', { value: key }, `By ${order}`)));
		this.#list.addEventListener('change', () => sortBy(this.#list.value as SortKey));
		this.#reverse.addEventListener('click', () => sortBy(this.#list.value as SortKey));
	}

	show({ sort, descending }: TableQuery): void {
		const direction = descending ? 'descending' : 'ascending';
		const words = `Sorted by ${SORTS.find(({ key }) => key === sort)?.order}, ${direction}`;
		if (words === this.#shown) return;
		this.#list.value = sort;
		this.#reverse.replaceChildren(icon(descending ? 'arrow-down' : 'arrow-up'));
		this.#reverse.setAttribute('aria-label', `${words}. Reverse the order`);
		this.#reverse.title = `${words}. Reverse the order`;
		// The first order is no news.
		if (this.#shown !== undefined) setText(this.#spoken, words);
		this.#shown = words;
	}
}
