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
