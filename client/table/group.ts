import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { ALL_COLUMNS } from './columns.ts';
import { arrange, element } from './dom.ts';
import { type RowParts, RowView } from './row.ts';

/** A group of rows under its name, which is empty when nothing is grouped. */
export class GroupView {
	readonly element = element('tbody', { role: 'rowgroup' });
	readonly #parts: RowParts;
	readonly #title: readonly HTMLElement[];
	readonly #count = element('span', { class: 'muted' });
	/** Those that a search hides for now too: the next key may bring them back. */
	readonly #known = new Map<string, RowView>();
	#views: readonly RowView[] = [];

	constructor(name: string, parts: RowParts) {
		this.#parts = parts;
		const title = element(
			'th',
			{ scope: 'rowgroup', role: 'rowheader', colspan: String(ALL_COLUMNS) },
			name,
			' ',
			this.#count,
		);
		this.#title = name === '' ? [] : [element('tr', { class: 'group', role: 'row' }, title)];
	}

	get views(): readonly RowView[] {
		return this.#views;
	}

	show(rows: readonly CredentialRow[], isOpen: (id: string) => boolean): void {
		this.#views = rows.map((row) => this.#viewOf(row));
		for (const [index, row] of rows.entries()) this.#views[index]?.update(row, isOpen(row.id));
		this.#count.textContent = String(rows.length);
		arrange(this.element, [...this.#title, ...this.#views.flatMap(({ elements }) => elements)]);
	}

	open(id: string, isOpen: boolean): void {
		this.#known.get(id)?.open(isOpen);
	}

	/** Secrets that are gone. */
	forget(isKnown: (id: string) => boolean): void {
		for (const id of this.#known.keys()) if (!isKnown(id)) this.#known.delete(id);
	}

	#viewOf(row: CredentialRow): RowView {
		const view = this.#known.get(row.id) ?? new RowView(row, this.#parts);
		this.#known.set(row.id, view);
		return view;
	}
}
