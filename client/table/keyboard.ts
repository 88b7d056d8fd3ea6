import type { TableBody } from './body.ts';

interface KeyParts {
	isOpen(id: string): boolean;
	toggle(id: string): void;
	/** To its first place in a config. */
	go(id: string): void;
}

/** Arrow keys, Home and End move between rows; Right and Left open and close; Enter goes to the first place. */
export function moveByKeys(table: HTMLElement, body: TableBody, { isOpen, toggle, go }: KeyParts): void {
	table.addEventListener('keydown', (event) => {
		const { key, target } = event;
		const line = (target as Element).closest('tr');
		const { views } = body;
		const at = views.findIndex((view) => view.line === line);
		const view = views[at];
		if (!view) return;
		const next = { ArrowDown: views[at + 1], ArrowUp: views[at - 1], Home: views[0], End: views.at(-1) }[key];
		if (next) next.line.focus();
		else if (key === 'ArrowRight' && !isOpen(view.id)) toggle(view.id);
		else if (key === 'ArrowLeft' && isOpen(view.id)) toggle(view.id);
		else if (key === 'Enter' && target === line) go(view.id);
		else return;
		event.preventDefault();
	});
}

/** Finding is what the search does: the editor's own find widget would look only at what is shown. */
export function findByKeys(search: HTMLInputElement): void {
	window.addEventListener('keydown', (event) => {
		if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
		search.select();
		event.preventDefault();
	});
}
