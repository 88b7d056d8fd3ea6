import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { pathSegment } from '../references.ts';
import { SecretValue } from '../secret-value.ts';
import { type ArrayNode, child, member, type ObjectNode } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import {
	indentAt,
	indentUnit,
	innerComments,
	insertFirstMember,
	isBare,
	lineIndent,
	newlineOf,
	removeMember,
	setMember,
} from './json-edit.ts';
import type { Refusal } from './target.ts';
import { brokenBecause, unwritableBecause } from './writable.ts';

/**
 * VS Code's own way: a `promptString` input with `password: true`, the only kind of input whose answer VS Code keeps
 * encrypted. The editor cannot be handed the value, so it asks for it when the server starts next.
 */
export interface PromptPlan {
	readonly inputId: string;
	/** The text that the person will have to paste. */
	readonly stored: SecretValue;
	readonly changes: readonly TextChange[];
}

export function planPrompt(document: ConfigDocument, credential: Credential): PromptPlan | Refusal {
	if (!document.dialect.inputs || document.dialect.id === 'portable')
		return { refused: `${document.dialect.name} has no password inputs.` };
	const broken = brokenBecause(document) ?? unwritableBecause(document, credential);
	if (broken) return broken;
	if (credential.part.position === 'input-default') return planInput(document, credential);
	if (credential.part.position === 'input-option')
		return { refused: 'A list of options cannot be a password input; replace it by a `promptString` by hand.' };
	const { server, part } = credential;
	if (!server || server.launcher)
		return {
			refused: 'The launcher hands this secret over; an input would only bring it back into the editor’s storage.',
		};
	if (part.position !== 'env' && part.position !== 'header') {
		return { refused: 'VS Code would write the answer into an argument or a URL, where other programs can read it.' };
	}
	const place = inputsPlace(document);
	if (!place) {
		const path = document.dialect.inputs.join('.');
		return { refused: `An input would have to stand in \`${path}\`, which is not a list here. Make it one first.` };
	}
	const id = freeInputId(document, `${server.name}-${part.name ?? 'secret'}`);
	const input = {
		id,
		type: 'promptString',
		description: `${part.name ?? 'Secret'} for the MCP server ${server.name}`,
		password: true,
	};
	const secretSpan = credential.span;
	return {
		inputId: id,
		stored: credential.secret,
		changes: [{ span: secretSpan, newText: `$\{input:${id}}` }, addInput(document.text, place, input)],
	};
}

/** The secret stands as the default of an input: the default goes, and the input becomes a password. */
function planInput(document: ConfigDocument, credential: Credential): PromptPlan | Refusal {
	const input = document.inputs.find(
		(i) => i.values.includes(credential.part) || i.values.some((v) => v.pointer === credential.part.pointer),
	);
	const target = member(input?.node, 'default');
	if (!input || !target) return { refused: 'The input is not there any more.' };
	if (input.type !== 'promptString') return { refused: 'Only a `promptString` can be a password input.' };
	const password = member(input.node, 'password');
	if (password?.value) {
		return {
			inputId: input.id,
			stored: SecretValue.of(credential.part.value),
			changes: [removeMember(document, input.node, target), setMember(document.text, input.node, 'password', 'true')],
		};
	}
	return {
		inputId: input.id,
		stored: SecretValue.of(credential.part.value),
		changes: [{ span: target.span, newText: `${innerComments(document, target.span)}"password": true` }],
	};
}

function freeInputId(document: ConfigDocument, wanted: string): string {
	const taken = new Set(document.inputs.map((input) => input.id));
	const base = pathSegment(wanted);
	for (let n = 1; ; n++) {
		const id = n === 1 ? base : `${base}-${n}`;
		if (!taken.has(id)) return id;
	}
}

interface InputsPlace {
	readonly owner: ObjectNode;
	/** Absent = `inputs` is to be added. */
	readonly list?: ArrayNode;
}

/** Where the file keeps its inputs; undefined if what stands there is something else, which must not be overwritten. */
function inputsPlace({ dialect, tree }: ConfigDocument): InputsPlace | undefined {
	const owner = dialect.inputs!.slice(0, -1).reduce<ReturnType<typeof child>>(child, tree.root);
	if (owner?.kind !== 'object') return undefined;
	const inputs = member(owner, 'inputs');
	if (!inputs) return { owner };
	return inputs.value?.kind === 'array' ? { owner, list: inputs.value } : undefined;
}

function addInput(text: string, { owner, list }: InputsPlace, input: object): TextChange {
	const newline = newlineOf(text);
	if (list && list.items.length > 0) {
		const last = list.items.at(-1)!;
		const indent = indentAt(text, last.span.start);
		const json = toJson(input, indent ?? '', indent === undefined ? undefined : indentUnit(text), newline);
		const separator = indent === undefined ? ', ' : `,${newline}${indent}`;
		return { span: { start: last.span.end, end: last.span.end }, newText: separator + json };
	}
	const isOneLine = !text.includes('\n');
	const base = isOneLine ? '' : lineIndent(text, owner.span.start);
	const unit = isOneLine ? undefined : indentUnit(text);
	const inner = unit === undefined ? '' : base + unit + unit;
	const item = toJson(input, inner, unit, newline);
	const json = unit === undefined ? `[${item}]` : `[${newline}${inner}${item}${newline}${base}${unit}]`;
	if (list && isBare(text, list.span)) return { span: list.span, newText: json };
	if (list) return { span: { start: list.span.start + 1, end: list.span.start + 1 }, newText: item };
	return insertFirstMember(text, owner, 'inputs', json);
}

function toJson(value: object, indent: string, unit: string | undefined, newline: string): string {
	if (unit === undefined) {
		const members = Object.entries(value).map(([key, v]) => `${JSON.stringify(key)}: ${JSON.stringify(v)}`);
		return `{ ${members.join(', ')} }`;
	}
	return JSON.stringify(value, null, unit).replaceAll('\n', newline + indent);
}
