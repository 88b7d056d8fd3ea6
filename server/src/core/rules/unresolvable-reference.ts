import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';
import { brokenReference } from './broken-reference.ts';
import { misspelledForm } from './misspelled-form.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import type { RawFinding, Rule } from './rule.ts';
import { unresolvedVariables } from './unresolved-variable.ts';

/** A reference in a form that the readers of this file do not resolve: its text is sent in place of the secret. */
export const unresolvableReference: Rule = {
	id: 'unresolvable-reference',
	title: 'A reference has a form that the host does not resolve',
	defaultLevel: 'error',
	cwe: [],
	*check({ document, references }) {
		for (const { part, server } of references.parts) {
			for (const problem of problems(part, server, document)) yield finding(problem, part, server);
		}
	},
};

function problems(part: Part, server: McpServer, document: ConfigDocument): readonly ReferenceProblem[] {
	const broken = brokenReference(part, server);
	if (broken) return [broken];
	const unresolved = unresolvedVariables(part, server, document);
	const misspelled = misspelledForm(part, server);
	return misspelled ? [...unresolved, misspelled] : unresolved;
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
