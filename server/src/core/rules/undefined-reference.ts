import type { ConfigDocument } from '../document.ts';
import { variableUses } from './references-in.ts';
import { inputReader, isWhole } from './resolution.ts';
import type { RawFinding, Rule, RuleContext } from './rule.ts';
import { bodyAfter, type VariableUse } from './uses.ts';
import { partPlace, plainName } from './words.ts';

/** A reference in a form that the host resolves, to something that is not there. */
export const undefinedReference: Rule = {
	id: 'undefined-reference',
	title: 'A reference points at nothing',
	defaultLevel: 'error',
	cwe: [],
	*check(context) {
		const { document } = context;
		const inputs = new Set(document.inputs.map((input) => input.id));
		// In a file that does not parse the definition may stand behind the break.
		const complete = document.tree.problems.length === 0;
		for (const use of variableUses(context.references)) {
			const { form } = use;
			if (form?.kind === 'input' && complete) {
				const id = bodyAfter(use, 'input:') ?? '';
				if (!inputs.has(id)) yield undefinedInput(use, id, document);
			} else if (form?.kind === 'env') {
				const finding = undefinedVariable(use, form.pattern, context);
				if (finding) yield finding;
			}
		}
		yield* undefinedInOtherForms(context);
	},
};

/** `$NAME` and `{env:NAME}` where a host resolves them: elsewhere than as the whole value, a `$` may belong to a password. */
function* undefinedInOtherForms(context: RuleContext): Iterable<RawFinding> {
	if (!context.knowledge.environment) return;
	const forms = context.document.dialect.references.filter(({ kind }) => kind === 'env');
	for (const { part, server } of context.references.parts) {
		if (part.position !== 'env' && part.position !== 'header') continue;
		const text = BRACELESS.exec(part.value)?.[1];
		const form = text && forms.find((one) => one.positions.includes(part.position) && isWhole(one, text));
		if (!form) continue;
		const { length } = part.value;
		const span = part.node.spanOf(length - text.length, length);
		const finding = undefinedVariable({ part, server, text, span }, form.pattern, context);
		if (finding) yield finding;
	}
}

const BRACELESS = /^(?:\S{1,20} )?((?!\$\{)[${]\S{1,256})$/;

function undefinedInput(use: VariableUse, id: string, document: ConfigDocument): RawFinding {
	return {
		...foundIn(use),
		message:
			`Input "${plainName(id)}" is not defined in this file, so ${inputReader(use, document)} cannot fill ${partPlace(use.part, use.server)}. ` +
			'Add it to "inputs", with "password": true for a secret, or correct the name.',
	};
}

/** Hosts set these for the servers that they start. */
const SET_BY_HOST = /^(?:CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT|CLAUDE_PLUGIN_DATA)$/;

/** A use of the variable, and where. */
type Use = Pick<VariableUse, 'server' | 'part' | 'text' | 'span'>;

function undefinedVariable(use: Use, pattern: RegExp, { document, knowledge }: RuleContext): RawFinding | undefined {
	if (!knowledge.environment) return undefined;
	const [match] = use.text.matchAll(pattern);
	const name = match?.[1] ?? '';
	if (match?.[2] !== undefined || SET_BY_HOST.test(name)) return undefined;
	// Windows does not tell the case of names apart.
	if (knowledge.environment.has(name) || knowledge.environment.has(name.toUpperCase())) return undefined;
	// A bridge such as mcp-remote fills its arguments from the environment that this entry gives it.
	if (use.part.position === 'arg' && use.server.env.some((entry) => entry.name === name)) return undefined;
	return {
		...foundIn(use),
		level: 'warning',
		message:
			`Environment variable ${plainName(name)} is not set here, so ${partPlace(use.part, use.server)} becomes ${document.dialect.unset}. ` +
			'Set it where the host starts, or store the secret in the OS keychain.',
	};
}

function foundIn(use: Use) {
	return { span: use.span, pointer: use.part.pointer, server: use.server.name };
}
