import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';
import { brokenReference } from './broken-reference.ts';
import { misspelledForms } from './misspelled-form.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import type { RawFinding, Rule } from './rule.ts';
import { unresolvedVariables } from './unresolved-variable.ts';
import { referenceParts } from './uses.ts';

/** A reference in a form that the readers of this file do not resolve: its text is sent in place of the secret. */
export const unresolvableReference: Rule = {
	id: 'unresolvable-reference',
	title: 'A reference has a form that the host does not resolve',
	defaultLevel: 'error',
	cwe: [],
	*check({ document }) {
		for (const server of document.servers) {
			for (const part of referenceParts(server)) {
				if (!MAY_REFER.test(part.value)) continue;
				for (const problem of problems(part, server, document)) yield finding(problem, part, server);
			}
		}
	},
};

/** Every form has one of these. */
const MAY_REFER = /[$%{]|:\/\//;

function* problems(part: Part, server: McpServer, document: ConfigDocument): Iterable<ReferenceProblem> {
	const broken = brokenReference(part, server);
	if (broken) {
		yield broken;
		return;
	}
	yield* unresolvedVariables(part, server, document);
	yield* misspelledForms(part, server);
}

function finding(problem: ReferenceProblem, part: Part, server: McpServer): RawFinding {
	return {
		span: problem.span,
		message: problem.message,
		pointer: part.pointer,
		server: server.name,
		...(problem.level ? { level: problem.level } : {}),
	};
}
