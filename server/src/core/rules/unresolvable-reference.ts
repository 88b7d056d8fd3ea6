import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';
import { brokenReference } from './broken-reference.ts';
import { misspelledForm } from './misspelled-form.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import type { Referring } from './references-in.ts';
import type { RawFinding, Rule } from './rule.ts';
import { unresolvedVariables } from './unresolved-variable.ts';

/** A reference in a form that the readers of this file do not resolve: its text is sent in place of the secret. */
export const unresolvableReference: Rule = {
	id: 'unresolvable-reference',
	title: 'A reference has a form that the host does not resolve',
	defaultLevel: 'error',
	cwe: [],
	*check({ document, references }) {
		for (const at of references.parts) {
			for (const problem of problems(at, document)) yield finding(problem, at.part, at.server);
		}
	},
};

function problems({ part, server, uses }: Referring, document: ConfigDocument): readonly ReferenceProblem[] {
	const broken = brokenReference(part, server);
	if (broken) return [broken];
	const unresolved = unresolvedVariables(uses, document);
	const misspelled = misspelledForm(part, server, document);
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
