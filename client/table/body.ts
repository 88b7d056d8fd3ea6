import { arrange } from './dom.ts';
import { GroupView } from './group.ts';
import type { RowParts, RowView } from './row.ts';
import type { RowGroup } from './rows.ts';

/**
 * The groups of rows under the head. What is there already stays: only a secret that changed is filled again, and only what
 * stands elsewhere is moved.
 */
export class TableBody {
	readonly #table: HTMLElement;
	readonly #head: HTMLElement;
	readonly #parts: RowParts;
	/** By name: a secret that two servers use has a line in both of their groups. */
	#groups: ReadonlyMap<string, GroupView> = new Map();
	#views: readonly RowView[] = [];
	/** The row that Tab leads to; arrow keys move it. */
	#active: RowView | undefined;

	constructor(table: HTMLElement, head: HTMLElement, parts: RowParts) {
		this.#table = table;
		this.#head = head;
		this.#parts = parts;
		table.addEventListener('focusin', ({ target }) => {
			const view = this.viewAt(target as Element);
			if (view) this.#activate(view);
		});
	}

	/** In the order in which they are seen. */
	get views(): readonly RowView[] {
		return this.#views;
	}

	show(groups: readonly RowGroup[], isOpen: (id: string) => boolean): void {
		const focused = document.activeElement;
		const place = this.#active ? this.#views.indexOf(this.#active) : 0;
		const hadFocus = this.#active?.hasFocus() ?? false;
		const known = this.#groups;
		this.#groups = new Map(groups.map(({ name }) => [name, known.get(name) ?? new GroupView(name, this.#parts)]));
		for (const { name, rows } of groups) this.#groups.get(name)?.show(rows, isOpen);
		arrange(this.#table, [this.#head, ...[...this.#groups.values()].map(({ element }) => element)]);
		this.#views = [...this.#groups.values()].flatMap(({ views }) => views);
		if (!this.#active || !this.#views.includes(this.#active)) this.#replaceActive(place, hadFocus);
		// Where a browser can move an element only by taking it out, it lost the focus.
		else if (hadFocus && document.activeElement === document.body) (focused as HTMLElement).focus();
	}

	/** Lets go of the rows of secrets that are not there any more. */
	forget(isKnown: (id: string) => boolean): void {
		for (const group of this.#groups.values()) group.forget(isKnown);
	}

	/** One row alone, in each of its groups. */
	open(id: string, isOpen: boolean): void {
		for (const group of this.#groups.values()) group.open(id, isOpen);
	}

	/** The row that this element is part of. */
	viewAt(element: Element): RowView | undefined {
		const line = element.closest('tr');
		return line ? this.#views.find(({ elements }) => elements.includes(line)) : undefined;
	}

	/** Another row came to where the active one was: whoever works down a list goes on from there. */
	#replaceActive(place: number, hadFocus: boolean): void {
		const next = this.#views[Math.min(place, this.#views.length - 1)];
		this.#activate(next);
		if (hadFocus) next?.line.focus();
	}

	#activate(view: RowView | undefined): void {
		if (view === this.#active) return;
		this.#active?.activate(false);
		this.#active = view;
		view?.activate(true);
	}
}
