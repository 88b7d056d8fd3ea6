import type { ConfigDocument } from '../document.ts';
import { child, type Member } from '../syntax/tree.ts';
import { contains, type TextChange } from '../text.ts';
import { removeParts } from './list-edit.ts';

/** Inputs that only the parts which are about to go refer to: nobody would ask for them any more. */
export function orphanedInputs(document: ConfigDocument, gone: readonly Member[]): TextChange[] {
	const { text, inputs, tree, dialect } = document;
	const orphans = inputs.filter(({ id }) => {
		const uses = usesOf(text, `\${input:${id}}`);
		return uses.length > 0 && uses.every((span) => gone.some((member) => contains(member.span, span)));
	});
	const list = (dialect.inputs ?? []).reduce<ReturnType<typeof child>>(child, tree.root);
	if (orphans.length === 0 || list?.kind !== 'array') return [];
	return removeParts(
		document,
		list,
		orphans.map(({ node }) => node),
	);
}

function usesOf(text: string, reference: string): { readonly start: number; readonly end: number }[] {
	const found = [];
	for (let at = text.indexOf(reference); at >= 0; at = text.indexOf(reference, at + 1))
		found.push({ start: at, end: at + reference.length });
	return found;
}
