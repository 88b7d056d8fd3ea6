import { type ConfigNode, type Member, member, type ObjectNode } from '../syntax/tree.ts';
import { contains, lineEndAt, lineStartAt, type Span, type TextChange } from '../text.ts';
import type { EntryWriter, WritableEntry } from './entry-writer.ts';
import { indentAt, innerComments, insertAt, newlineOf } from './json-edit.ts';

/** An entry in YAML: in brackets or by indentation, and scalars in the quotes of their neighbours. */
export const yamlWriter: EntryWriter = {
	replace({ document }, { span }, value) {
		if (isTagged(document.text, span.start)) return undefined;
		const comments = document.tree.comments.filter((comment) => contains(span, comment));
		const kept = comments.map(({ start, end }) => ` ${document.text.slice(start, end)}`).join('');
		return { span, newText: scalar(value, document.text[span.start]) + kept };
	},

	prependArgs(entry, values) {
		const { document, server, names } = entry;
		const args = member(server.node, names.args);
		const command = member(server.node, names.command);
		const list = args?.value;
		const like = list?.kind === 'array' ? list.items[0] : command?.value;
		const items = values.map((value) => scalar(value, like && document.text[like.span.start]));
		const inBrackets = `[${items.join(', ')}]`;
		if (args && isEmpty(list)) return fill(document.text, args, inBrackets);
		if (list?.kind === 'array') return prependItems(document.text, list.span, items);
		if (args || !command) return undefined;
		return addAfter(entry, command, `${names.args}: ${inBrackets}`);
	},

	setEnv(entry, name, value) {
		const { document, server, names } = entry;
		const pair = `${scalar(name, undefined)}: ${scalar(value, '"')}`;
		const env = member(server.node, names.env);
		if (env && isEmpty(env.value)) return fill(document.text, env, `{ ${pair} }`);
		if (env) return env.value?.kind === 'object' ? setIn(entry, env.value, name, value, pair) : undefined;
		const after = member(server.node, names.args) ?? member(server.node, names.command);
		return after && addAfter(entry, after, `${names.env}: { ${pair} }`);
	},

	toCommand({ document, server, names }, headers, command, args) {
		const url = server.node.members.find(({ value }) => value === server.url?.node);
		if (!url?.value) return undefined;
		const program = scalar(command, document.text[url.value.span.start]);
		const items = args.map((arg) => scalar(arg, '"'));
		return [
			{ span: url.span, newText: `${innerComments(document, url.span)}${names.command}: ${program}` },
			{
				span: headers.span,
				newText: `${innerComments(document, headers.span)}${names.args}: [${items.join(', ')}]`,
			},
		];
	},
};

/** `!secret x`: what the host makes of such a text is not known. `!!str` only says that it is one. */
function isTagged(text: string, start: number): boolean {
	const word = text.slice(lineStartAt(text, start), start).trimEnd().split(' ').at(-1)!;
	return word.startsWith('!') && word !== '!!str';
}

/** Words that some reader of YAML takes for something else than text. */
const WORDS = /^(?:y|yes|n|no|true|false|on|off|null|nan|inf)$/i;

/** In the quotes that stand there; without quotes where no reader takes the text for something else. */
function scalar(value: string, like: string | undefined): string {
	const isPlain = /^(?:--?)?[A-Za-z_/][\w./@:-]{0,1024}$/.test(value) && !value.endsWith(':') && !WORDS.test(value);
	if (like !== "'" && like !== '"' && isPlain) return value;
	const quoted = JSON.stringify(value).replace(
		/[\u007F-\u009F\u2028\u2029\uFEFF]/g,
		(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	if (like === "'" && quoted === `"${value}"`) return `'${value.replaceAll("'", "''")}'`;
	return quoted;
}

/** Nothing behind the colon, or a word for nothing. */
function isEmpty(value: ConfigNode | undefined): boolean {
	return value === undefined || value.kind === 'null';
}

function fill(text: string, { keySpan, value }: Member, newText: string): TextChange {
	if (value) return { span: value.span, newText };
	return insertAt(text.indexOf(':', keySpan.end) + 1, ` ${newText}`);
}

/** Right before the first item: in brackets with commas, else each in a line of its own. */
function prependItems(text: string, span: Span, items: readonly string[]): TextChange | undefined {
	if (text[span.start] === '[') return fillBrackets(text, span, items);
	const indent = indentAt(text, span.start);
	if (indent === undefined) return undefined;
	return insertAt(span.start, items.map((item) => `- ${item}${newlineOf(text)}${indent}`).join(''));
}

function fillBrackets(text: string, { start, end }: Span, items: readonly string[]): TextChange {
	let first = start + 1;
	while (first < end && /\s/.test(text[first]!)) first++;
	if (first >= end - 1) return insertAt(start + 1, items.join(', '));
	if (text[first] === '#') return insertAt(start + 1, ` ${items.join(', ')},`);
	const indent = indentAt(text, first);
	const separator = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`;
	return insertAt(first, items.map((item) => item + separator).join(''));
}

/** A member behind another one: in braces with a comma, else in the next line at the same indentation. */
function addAfter({ document: { text }, server }: WritableEntry, after: Member, pair: string): TextChange | undefined {
	if (text[server.node.span.start] === '{') return insertAt(after.span.end, `, ${pair}`);
	return addLine(text, after, pair);
}

function addLine(text: string, { keySpan, span }: Member, pair: string): TextChange | undefined {
	const before = text.slice(lineStartAt(text, keySpan.start), keySpan.start);
	// Behind `- ` it is the first key of an item.
	if (!/^[ -]{0,512}$/.test(before)) return undefined;
	return insertAt(lineEndAt(text, span.end), `${newlineOf(text)}${' '.repeat(before.length)}${pair}`);
}

function setIn(
	entry: WritableEntry,
	map: ObjectNode,
	name: string,
	value: string,
	pair: string,
): TextChange | undefined {
	const { text, tree } = entry.document;
	const isShared = (node: { readonly span: Span }) => (tree.shared ?? []).some((span) => contains(span, node.span));
	const existing = member(map, name)?.value;
	if (existing) {
		if (isShared(existing) || existing.kind === 'object' || existing.kind === 'array') return undefined;
		return { span: existing.span, newText: scalar(value, text[existing.span.start]) };
	}
	if (text[map.span.start] === '{') return fillBrackets(text, map.span, [pair]);
	const own = map.members.filter((one) => contains(map.span, one.keySpan) && !isShared(one));
	const last = own.findLast((one) => isInOneLine(text, one));
	if (last) return addLine(text, last, pair);
	const first = own[0]?.keySpan.start;
	const indent = first === undefined ? undefined : indentAt(text, first);
	return indent === undefined ? undefined : insertAt(first!, `${pair}${newlineOf(text)}${indent}`);
}

/** A scalar right behind its key, so that the next line can be another member's. */
function isInOneLine(text: string, { keySpan, value }: Member): boolean {
	if (!value || value.span.start < keySpan.end || '|>'.includes(text[value.span.start]!)) return false;
	return !text.slice(keySpan.start, value.span.end).includes('\n');
}
