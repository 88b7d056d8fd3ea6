import type { ReferenceForm } from '../dialects/dialect.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import { contains, type Span, type TextChange } from '../text.ts';
import { setMember } from './json-edit.ts';
import { brokenBecause } from './writable.ts';

/** The small edit that a finding's own message asks for. It holds no secret, so it can lie in an editor's memory. */
export interface Mend {
	/** For a menu; says what will stand there. */
	readonly title: string;
	readonly changes: readonly TextChange[];
}

/** Undefined where the finding asks for something that no edit can do. */
export function mendOf(document: ConfigDocument, finding: Finding): Mend | undefined {
	if (brokenBecause(document)) return undefined;
	switch (finding.ruleId) {
		case 'plaintext-input':
			return keptEncrypted(document, finding);
		case 'unresolvable-reference':
			return inHostsForm(document, finding);
		case 'commented-out-credential':
			return withoutLine(document, finding);
		default:
			return undefined;
	}
}

function keptEncrypted({ text, inputs }: ConfigDocument, { pointer }: Finding): Mend | undefined {
	const input = inputs.find((one) => one.pointer === pointer);
	return (
		input && {
			title: 'Add "password": true, so that VS Code keeps the answer encrypted',
			changes: [setMember(text, input.node, 'password', 'true')],
		}
	);
}

/** `$input:x`, `{env:X}`, `$X`, `%X%`: what people write for another host, or with a sign missing. Before, kind or sign, name. */
const OTHER_FORMS: readonly { readonly pattern: RegExp; readonly kind: ReferenceForm['kind'] | undefined }[] = [
	{ pattern: /^(\$\{?(env|input|command):)([A-Za-z0-9_.-]{1,128})\}?$/, kind: undefined },
	{ pattern: /^(\{(env|input|command):)([A-Za-z0-9_.-]{1,128})\}$/, kind: undefined },
	{ pattern: /^((\$)\{?)([A-Za-z_][A-Za-z0-9_]{0,127})\}?$/, kind: 'env' },
	{ pattern: /^((%))([A-Za-z_][A-Za-z0-9_]{0,127})%$/, kind: 'env' },
];

/** Only the signs around the name change, and no title says it: a password that begins with `$` looks like a reference too. */
function inHostsForm({ text, dialect }: ConfigDocument, { span }: Finding): Mend | undefined {
	const written = text.slice(span.start, span.end);
	for (const { pattern, kind } of OTHER_FORMS) {
		const [, before, sign, name] = pattern.exec(written) ?? [];
		if (before === undefined || name === undefined) continue;
		const form = dialect.references.find((one) => one.kind === (kind ?? sign) && NAMED.test(one.example));
		const [, prefix, suffix] = NAMED.exec(form?.example ?? '') ?? [];
		if (!form || prefix === undefined || suffix === undefined || prefix + name + suffix === written) return undefined;
		const from = span.start + before.length;
		return {
			title: `Write it as ${form.example}, which ${dialect.name} resolves`,
			changes: [
				{ span: { start: span.start, end: from }, newText: prefix },
				{ span: { start: from + name.length, end: span.end }, newText: suffix },
			],
		};
	}
	return undefined;
}

/** The example of a form: what stands before the name, and behind it. */
const NAMED = /^(.{0,20}?)(?:NAME|\bid\b)(.{0,20})$/;

/** A comment that has its line for itself goes with it; of a longer comment, or one behind something, a person decides. */
function withoutLine({ text, tree }: ConfigDocument, { span }: Finding): Mend | undefined {
	const comment = tree.comments.find((one) => contains(one, span));
	if (!comment) return undefined;
	const line = lineAround(text, comment);
	const isAlone =
		text.slice(line.start, comment.start).trim() === '' && text.slice(comment.end, line.end).trim() === '';
	if (!isAlone || text.slice(comment.start, comment.end).trim().includes('\n')) return undefined;
	return { title: 'Delete this line', changes: [{ span: line, newText: '' }] };
}

/** From the first character of the line to that of the next one. */
function lineAround(text: string, { start, end }: Span): Span {
	const last = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
	return { start: text.lastIndexOf('\n', start - 1) + 1, end: last < 0 ? text.length : last + 1 };
}
