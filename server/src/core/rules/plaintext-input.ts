import type { InputDefinition } from '../servers.ts';
import { stringAt } from '../syntax/tree.ts';
import { idSpan, usesByInput } from './input-uses.ts';
import type { Rule } from './rule.ts';
import { describesSecret, isSecretName } from './secret-names.ts';
import { carriesSecret, type VariableUse } from './uses.ts';
import { isVsCode, partPlace, plainName } from './words.ts';

/**
 * A `promptString` without `"password": true` that asks for a secret. VS Code keeps the answer in plain text in its state
 * database and shows it as an inlay hint (VS Code 1.128 and 1.139, read and measured 2026-11).
 */
export const plaintextInput: Rule = {
	id: 'plaintext-input',
	title: 'An input asks for a secret and keeps the answer in plain text',
	defaultLevel: 'error',
	cwe: ['CWE-256', 'CWE-312'],
	*check({ document, references }) {
		if (!isVsCode(document)) return;
		const uses = usesByInput(references);
		for (const input of document.inputs) {
			if (input.type !== 'promptString' || input.password || input.id === '') continue;
			const fed = uses.get(input.id)?.find((use) => carriesSecret(use.part));
			const named = isSecretName(input.id);
			if (!fed && !named && !describesSecret(descriptionOf(input))) continue;
			yield {
				span: idSpan(input),
				pointer: input.pointer,
				level: fed || named ? 'error' : 'warning',
				message:
					`Input "${plainName(input.id)}" ${purpose(fed)}, and without "password": true VS Code keeps the answer in plain text ` +
					'and shows it beside the reference. Add "password": true, then clear the stored answer.',
				...(fed ? { server: fed.server.name, related: [{ span: fed.span, message: 'The answer is used here' }] } : {}),
			};
		}
	},
};

function purpose(fed: VariableUse | undefined): string {
	return fed ? `feeds ${partPlace(fed.part, fed.server)}` : 'asks for a secret';
}

function descriptionOf(input: InputDefinition): string {
	return stringAt(input.node, 'description')?.value ?? '';
}
