import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { type ActionParts, actionButtons } from './action-buttons.ts';
import { levelIcon, spoken } from './cells.ts';
import { ALL_COLUMNS, COLUMNS } from './columns.ts';
import { details } from './details.ts';
import { element, icon } from './dom.ts';

/** What a row asks of the page. */
export interface RowParts extends ActionParts {
	toggle(id: string): void;
}

/**
 * The line of a secret, and its details under it. It is made once and filled again only when its secret changed: all of 500 anew
 * would take longer than a key press may, and would take the focus from what has it.
 */
export class RowView {
	readonly id: string;
	readonly line: HTMLElement;
	readonly #parts: RowParts;
	#row: CredentialRow;
	/** What the line was filled from. */
	#text = '';
	#details: HTMLElement | undefined;
	#isActive = false;

	constructor(row: CredentialRow, parts: RowParts) {
		this.#row = row;
		this.#parts = parts;
		this.id = row.id;
		this.line = element('tr', { 'data-row': row.id, role: 'row', 'aria-level': '1' });
		this.#fill(JSON.stringify(row));
	}

	/** In the order in which they stand in the table. */
	get elements(): readonly HTMLElement[] {
		return this.#details ? [this.line, this.#details] : [this.line];
	}

	update(row: CredentialRow, isOpen: boolean): void {
		const text = row === this.#row ? this.#text : JSON.stringify(row);
		this.#row = row;
		if (text !== this.#text) this.#refill(text);
		this.open(isOpen);
	}

	open(isOpen: boolean): void {
		if (isOpen === (this.#details !== undefined)) return;
		const hadFocus = this.hasFocus();
		this.#setOpen(isOpen);
		if (hadFocus && !this.hasFocus()) this.line.focus();
	}

	/** Tab leads to the line and the buttons of one row only, so that 500 rows are one stop. */
	activate(isActive: boolean): void {
		this.#isActive = isActive;
		this.line.tabIndex = isActive ? 0 : -1;
		for (const button of this.#buttons()) button.tabIndex = this.line.tabIndex;
	}

	hasFocus(): boolean {
		return this.elements.some((one) => one.contains(document.activeElement));
	}

	/** What has the focus keeps it: an answer of an issuer must not take it from its button. */
	#refill(text: string): void {
		const hadFocus = this.hasFocus();
		const { part } = (document.activeElement as HTMLElement).dataset;
		const isOpen = this.#details !== undefined;
		this.#setOpen(false);
		this.#fill(text);
		this.#setOpen(isOpen);
		if (hadFocus) (this.#buttons().find(({ dataset }) => dataset.part === part) ?? this.line).focus();
	}

	#fill(text: string): void {
		const row = this.#row;
		this.#text = text;
		this.line.setAttribute('aria-label', spoken(row));
		this.line.replaceChildren(
			cellOf('first', '', this.#toggle(), levelIcon(row)),
			...COLUMNS.map(({ key, title, cell }) => cellOf(key, title, cell(row))),
			cellOf('actions', 'Actions', ...actionButtons(row, this.#parts)),
		);
		this.#setOpen(false);
	}

	#setOpen(isOpen: boolean): void {
		this.#details?.remove();
		this.#details = isOpen ? this.#detailsLine() : undefined;
		if (this.#details) this.line.after(this.#details);
		this.line.setAttribute('aria-expanded', String(isOpen));
		this.line.querySelector('.toggle')?.setAttribute('aria-expanded', String(isOpen));
		this.activate(this.#isActive);
	}

	/** Both arrows are there; the style sheet shows the right one. */
	#toggle(): HTMLElement {
		const { id, label } = this.#row;
		const toggle = element(
			'button',
			{ class: 'toggle', type: 'button', 'data-part': 'toggle', 'aria-label': `Details of ${label}` },
			icon('chevron-right'),
			icon('chevron-down'),
		);
		toggle.addEventListener('click', () => this.#parts.toggle(id));
		return toggle;
	}

	#detailsLine(): HTMLElement {
		const { id } = this.#row;
		const { send } = this.#parts;
		const inside = details(this.#row, {
			go: (place) => send({ type: 'go', row: id, place }),
			fix: (place) => send({ type: 'fix', row: id, place }),
			ignore: (place, finding) => send({ type: 'ignore', row: id, place, finding }),
		});
		return element(
			'tr',
			{ class: 'details', role: 'row', 'aria-level': '2' },
			element('td', { role: 'gridcell', colspan: String(ALL_COLUMNS) }, inside),
		);
	}

	#buttons(): readonly HTMLElement[] {
		return this.elements.flatMap((one) => [...one.querySelectorAll<HTMLElement>('button')]);
	}
}

function cellOf(column: string, title: string, ...content: readonly HTMLElement[]): HTMLElement {
	return element('td', { role: 'gridcell', 'data-column': column, 'data-title': title }, ...content);
}
