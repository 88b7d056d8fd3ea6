/** Builds elements from data. Text only ever becomes a text node, because names come from files that anybody wrote. */
export function element<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	attributes: Readonly<Record<string, string | undefined>>,
	...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value !== undefined) made.setAttribute(name, value);
	}
	made.append(...children);
	return made;
}

export function icon(name: string): HTMLElement {
	return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
	return document.getElementById(id) as T;
}

/** A screen reader says a live text again when it is set again. */
export function setText(target: HTMLElement, text: string): void {
	if (target.textContent !== text) target.textContent = text;
}

/** Makes these the children, in this order; what stands right already is not touched. */
export function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
	const kept = new Set<Element>(wanted);
	for (const child of [...parent.children]) {
		if (!kept.has(child)) child.remove();
	}
	let next = parent.firstElementChild;
	for (const one of wanted) {
		if (one === next) next = next.nextElementSibling;
		else place(parent, one, next);
	}
}

/** `moveBefore` keeps the focus of what it moves; older browsers do not have it. */
function place(parent: HTMLElement, one: HTMLElement, next: Element | null): void {
	if (one.parentNode === parent && 'moveBefore' in parent) parent.moveBefore(one, next);
	else parent.insertBefore(one, next);
}
