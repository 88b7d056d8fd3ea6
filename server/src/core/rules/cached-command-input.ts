import type { ConfigDocument } from '../document.ts';
import type { InputDefinition } from '../servers.ts';
import { stringAt } from '../syntax/tree.ts';
import { idSpan, usesByInput } from './input-uses.ts';
import { type References, variableUses } from './references-in.ts';
import type { RawFinding, Rule } from './rule.ts';
import { isSecretName } from './secret-names.ts';
import { bodyAfter, carriesSecret, type VariableUse } from './uses.ts';
import { isVsCode, partPlace, plainName } from './words.ts';

/**
 * A command whose result is a secret. VS Code runs it once, writes the result in plain text into its state database
 * (a user-level one takes part in Settings Sync) and never runs it again (VS Code 1.128 and 1.139, measured 2026-11).
 */
export const cachedCommandInput: Rule = {
	id: 'cached-command-input',
	title: 'A command’s secret result is cached in plain text',
	defaultLevel: 'error',
	cwe: ['CWE-312'],
	*check({ document, references }) {
		if (!isVsCode(document)) return;
		for (const use of variableUses(references)) {
			if (bodyAfter(use, 'command:') !== undefined && carriesSecret(use.part)) yield commandUse(use);
		}
		yield* commandInputs(document, references);
	},
};

const CACHED =
	'VS Code stores the result in plain text and never asks again, so the secret lies unencrypted and goes stale';
const INSTEAD = 'Keep it in the OS keychain and start the server through mcp-hygiene.';

function commandUse(use: VariableUse): RawFinding {
	return {
		span: use.span,
		pointer: use.part.pointer,
		server: use.server.name,
		message: `A command fills ${partPlace(use.part, use.server)}: ${CACHED}. ${INSTEAD}`,
	};
}

function* commandInputs(document: ConfigDocument, references: References): Iterable<RawFinding> {
	const uses = usesByInput(references);
	for (const input of document.inputs) {
		if (input.type !== 'command' || input.id === '') continue;
		const fed = uses.get(input.id)?.find((use) => carriesSecret(use.part));
		if (!fed && !isSecretName(input.id) && !isSecretName(commandOf(input))) continue;
		const feeds = fed ? ` and feeds ${partPlace(fed.part, fed.server)}` : '';
		yield {
			span: idSpan(input),
			pointer: input.pointer,
			level: fed ? 'error' : 'warning',
			message: `Input "${plainName(input.id)}" runs a command${feeds}: ${CACHED}. ${INSTEAD}`,
			...(fed ? { server: fed.server.name, related: [{ span: fed.span, message: 'The result is used here' }] } : {}),
		};
	}
}

function commandOf(input: InputDefinition): string {
	return stringAt(input.node, 'command')?.value ?? '';
}
