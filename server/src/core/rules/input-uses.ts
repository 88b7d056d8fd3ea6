import type { InputDefinition } from '../servers.ts';
import { stringAt } from '../syntax/tree.ts';
import type { Span } from '../text.ts';
import { type References, variableUses } from './references-in.ts';
import { bodyAfter, type VariableUse } from './uses.ts';

/** Where each input is used: id to its `${input:id}`. */
export function usesByInput(references: References): Map<string, VariableUse[]> {
	const uses = new Map<string, VariableUse[]>();
	for (const use of variableUses(references)) {
		const id = bodyAfter(use, 'input:');
		if (id === undefined) continue;
		const known = uses.get(id);
		if (known) known.push(use);
		else uses.set(id, [use]);
	}
	return uses;
}

/** The id without its quotes: what people recognise an input by. */
export function idSpan(input: InputDefinition): Span {
	const id = stringAt(input.node, 'id');
	return id ? id.spanOf(0, id.value.length) : input.span;
}
