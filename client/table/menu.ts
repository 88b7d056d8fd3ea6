import { element, icon } from './dom.ts';

export interface MenuItem {
	readonly text: string;
	readonly icon: string;
	/** Stands apart from what can be undone. */
	readonly destructive: boolean;
	choose(): void;
}

const GAP = 2;

/**
 * The menu of a button: arrows, Home and End move, a letter goes to the next item that begins with it, Enter and Space choose, Escape
 * goes back to the button. There is one for the page, because only one can be open.
 */
export class Menu {
	readonly #element = element('div', { id: 'menu', role: 'menu', hidden: '' });
	readonly #closed: () => void;
	#button: HTMLElement | undefined;

	constructor(closed: () => void) {
		this.#closed = closed;
		document.body.append(this.#element);
		this.#element.addEventListener('keydown', (event) => this.#keyPressed(event));
		this.#element.addEventListener('focusout', ({ relatedTarget }) => {
			if (!this.#element.contains(relatedTarget as Node | null)) this.close();
		});
		window.addEventListener('resize', () => this.close());
		window.addEventListener('scroll', () => this.close());
	}

	get isOpen(): boolean {
		return this.#button !== undefined;
	}

	open(button: HTMLElement, label: string, items: readonly MenuItem[], first: 0 | -1 = 0): void {
		this.close();
		this.#button = button;
		button.setAttribute('aria-expanded', 'true');
		this.#element.setAttribute('aria-label', label);
		const harmless = items.filter(({ destructive }) => !destructive);
		const others = items.filter(({ destructive }) => destructive);
		const line = harmless.length > 0 && others.length > 0 ? [element('div', { role: 'separator' })] : [];
		const made = (item: MenuItem) => this.#item(item);
		this.#element.replaceChildren(...harmless.map(made), ...line, ...others.map(made));
		this.#element.hidden = false;
		this.#placeAt(button);
		this.#items().at(first)?.focus();
	}

	close(): void {
		if (!this.#button) return;
		this.#button.setAttribute('aria-expanded', 'false');
		this.#button = undefined;
		this.#element.hidden = true;
		// The focus is still on its way to where it goes.
		setTimeout(this.#closed);
	}

	#item({ text, icon: name, choose }: MenuItem): HTMLElement {
		const attributes = { type: 'button', role: 'menuitem', tabindex: '-1' };
		const item = element('button', attributes, icon(name), text);
		item.addEventListener('click', () => {
			this.#back();
			choose();
		});
		item.addEventListener('pointerenter', () => item.focus());
		return item;
	}

	#items(): readonly HTMLElement[] {
		return [...this.#element.querySelectorAll<HTMLElement>('[role=menuitem]')];
	}

	/** Closes, and the button has the focus again. */
	#back(): void {
		const button = this.#button;
		button?.focus();
		this.close();
	}

	#keyPressed(event: KeyboardEvent): void {
		const { key } = event;
		const items = this.#items();
		const at = items.indexOf(document.activeElement as HTMLElement);
		const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
		const targets: Readonly<Record<string, HTMLElement | undefined>> = {
			ArrowDown: after[0],
			ArrowUp: items.at(at - 1),
			Home: items[0],
			End: items.at(-1),
		};
		const begins = (item: HTMLElement) =>
			key.length === 1 && item.textContent.toLowerCase().startsWith(key.toLowerCase());
		const target = targets[key] ?? (key === ' ' ? undefined : after.find(begins));
		if (target) target.focus();
		else if (key === 'Escape' || key === 'Tab') this.#back();
		else return;
		// From the button, Tab goes on by itself.
		if (key !== 'Tab') event.preventDefault();
	}

	/** Under the button, or above it where there is no room. */
	#placeAt(button: HTMLElement): void {
		const { right, top, bottom } = button.getBoundingClientRect();
		const { offsetWidth: width, offsetHeight: height, style } = this.#element;
		const fits = bottom + GAP + height <= document.documentElement.clientHeight;
		style.left = `${Math.max(GAP, right - width)}px`;
		style.top = `${fits ? bottom + GAP : Math.max(GAP, top - GAP - height)}px`;
	}
}
