import { type ConfigNode, child, type Member, member, type ObjectNode } from '../syntax/tree.ts';
import { contains, lineEndAt, lineStartAt, type Span, type TextChange } from '../text.ts';
import { argsOf, beforeEnv, type EntryWriter, urlMember, type WritableEntry } from './entry-writer.ts';
import { indentAt, innerComments, insertAt, newlineOf } from './json-edit.ts';
import { appendItems, insertItemsBefore, removeParts } from './list-edit.ts';

/** An entry in YAML: in brackets or by indentation, and scalars in the quotes of their neighbours. */
export const yamlWriter: EntryWriter = {
	replace({ document }, { span }, value) {
		if (isTagged(document.text, span.start)) return undefined;
		const comments = document.tree.comments.filter((comment) => contains(span, comment));
		const kept = comments.map(({ start, end }) => ` ${document.text.slice(start, end)}`).join('');
		return { span, newText: scalar(value, document.text[span.start]) + kept };
	},

	prependArgs(entry, values) {
		const { text } = entry.document;
		const items = itemsFor(entry, values);
		const args = argsOf(entry);
		if (!args) return newArgs(entry, items);
		if (isBracket(text, args)) return fillBrackets(text, args.span, items);
		return insertLines(text, args.span.start, items);
	},

	appendArgs(entry, values) {
		const { text } = entry.document;
		const items = itemsFor(entry, values);
		const args = argsOf(entry);
		if (!args) return newArgs(entry, items);
		const last = args.items.at(-1);
		if (last && !contains(args.span, last.span)) return undefined;
		if (!last || isBracket(text, args)) return appendItems(text, args, items);
		const indent = indentAt(text, args.span.start);
		if (indent === undefined || isBlock(text, last)) return undefined;
		const lines = items.map((item) => `${newlineOf(text)}${indent}- ${item}`);
		return insertAt(lineEndAt(text, last.span.end), lines.join(''));
	},

	insertArgs(entry, before, values) {
		const { text } = entry.document;
		const items = itemsFor(entry, values);
		const args = argsOf(entry);
		if (!args || !contains(args.span, before.span)) return undefined;
		if (isBracket(text, args)) return insertItemsBefore(text, before, items);
		const dash = dashOf(text, before);
		return dash === undefined ? undefined : insertLines(text, dash, items);
	},

	removeArg(entry, node) {
		const { text } = entry.document;
		const args = argsOf(entry);
		if (!args?.items.includes(node) || args.items.length === 1) return undefined;
		if (isBracket(text, args)) return removeParts(entry.document, args, [node]);
		const dash = dashOf(text, node);
		const end = lineEndAt(text, node.span.end);
		if (dash === undefined || text.slice(node.span.end, end).trim() !== '') return undefined;
		return [{ span: { start: lineStartAt(text, dash), end: end + newlineOf(text).length }, newText: '' }];
	},

	setEnv: (entry, name, value) => setMember(entry, [entry.names.env], beforeEnv(entry), name, value),

	setHeader: (entry, name, value) => setMember(entry, entry.names.headers.split('.'), urlMember(entry), name, value),

	toCommand(entry, headers, command, args) {
		const { document, names } = entry;
		const url = urlMember(entry);
		if (!url?.value) return undefined;
		const program = scalar(command, document.text[url.value.span.start]);
		const list = `${names.args}: [${args.map((arg) => scalar(arg, '"')).join(', ')}]`;
		const renamed = {
			span: url.span,
			newText: `${innerComments(document, url.span)}${names.command}: ${program}`,
		};
		if (!headers) {
			const added = addAfter(entry, url, list);
			return added && [renamed, added];
		}
		return [renamed, { span: headers.span, newText: innerComments(document, headers.span) + list }];
	},
};

/** Arguments as they are written: like the first one that is there, or like the command. */
function itemsFor(entry: WritableEntry, values: readonly string[]): string[] {
	const like = argsOf(entry)?.items[0] ?? child(entry.server.node, entry.names.command);
	return values.map((value) => scalar(value, like && entry.document.text[like.span.start]));
}

function newArgs(entry: WritableEntry, items: readonly string[]): TextChange | undefined {
	const { document, server, names } = entry;
	const list = `[${items.join(', ')}]`;
	const args = member(server.node, names.args);
	if (args) return isEmpty(args.value) ? fill(document.text, args, list) : undefined;
	const command = member(server.node, names.command);
	return command && addAfter(entry, command, `${names.args}: ${list}`);
}

/** In brackets or braces. */
function isBracket(text: string, { span }: ConfigNode): boolean {
	return text[span.start] === '[' || text[span.start] === '{';
}

/** A text in lines of its own. */
function isBlock(text: string, { span }: ConfigNode): boolean {
	return text[span.start] === '|' || text[span.start] === '>';
}

/** Items in lines of their own, before the dash at this offset. */
function insertLines(text: string, dash: number, items: readonly string[]): TextChange | undefined {
	const indent = indentAt(text, dash);
	if (indent === undefined) return undefined;
	return insertAt(dash, items.map((item) => `- ${item}${newlineOf(text)}${indent}`).join(''));
}

/** The dash of an item, if nothing else stands before the item in its line. */
function dashOf(text: string, { span }: ConfigNode): number | undefined {
	const before = text.slice(lineStartAt(text, span.start), span.start);
	return before.trim() === '-' ? span.start - before.length + before.indexOf('-') : undefined;
}

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

/** Sets a member of the map at this path of the entry, which is made where it is not there. */
function setMember(
	entry: WritableEntry,
	path: readonly string[],
	after: Member | undefined,
	name: string,
	value: string,
): TextChange | undefined {
	const { text } = entry.document;
	const pair = `${scalar(name, undefined)}: ${scalar(value, '"')}`;
	const owner = path.slice(0, -1).reduce<ConfigNode | undefined>(child, entry.server.node);
	const map = member(owner, path.at(-1)!);
	if (!map) return after && path.length === 1 ? addAfter(entry, after, `${path[0]}: { ${pair} }`) : undefined;
	if (isEmpty(map.value)) return fill(text, map, `{ ${pair} }`);
	return map.value?.kind === 'object' ? setIn(entry, map.value, name, value, pair) : undefined;
}

function setIn(
	{ document: { text, tree } }: WritableEntry,
	map: ObjectNode,
	name: string,
	value: string,
	pair: string,
): TextChange | undefined {
	const isShared = (node: { readonly span: Span }) => (tree.shared ?? []).some((span) => contains(span, node.span));
	const existing = member(map, name)?.value;
	if (existing) {
		if (isShared(existing) || existing.kind === 'object' || existing.kind === 'array') return undefined;
		return { span: existing.span, newText: scalar(value, text[existing.span.start]) };
	}
	if (isBracket(text, map)) return fillBrackets(text, map.span, [pair]);
	const own = map.members.filter((one) => contains(map.span, one.keySpan) && !isShared(one));
	const last = own.findLast((one) => isInOneLine(text, one));
	if (last) return addLine(text, last, pair);
	const first = own[0]?.keySpan.start;
	const indent = first === undefined ? undefined : indentAt(text, first);
	return indent === undefined ? undefined : insertAt(first!, `${pair}${newlineOf(text)}${indent}`);
}

/** A scalar right behind its key, so that the next line can be another member's. */
function isInOneLine(text: string, { keySpan, value }: Member): boolean {
	if (!value || value.span.start < keySpan.end || isBlock(text, value)) return false;
	return !text.slice(keySpan.start, value.span.end).includes('\n');
}
