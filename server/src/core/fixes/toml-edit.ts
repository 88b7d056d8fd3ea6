import type { ConfigDocument } from '../document.ts';
import { type Member, member, type ObjectNode } from '../syntax/tree.ts';
import { lineEndAt, lineStartAt, type TextChange } from '../text.ts';
import { argsInBrackets } from './args-in-brackets.ts';
import { beforeEnv, type EntryWriter, urlMember, type WritableEntry } from './entry-writer.ts';
import { innerComments, insertAt, newlineOf } from './json-edit.ts';

/**
 * An entry in TOML, where one table has three spellings: below a header, in braces, as dotted keys. What is added is spelled as
 * its neighbours are, so that no table is opened twice.
 */
export const tomlWriter: EntryWriter = {
	replace: ({ document: { text } }, { span }, value) => ({
		span,
		newText: text[span.start] === "'" && isLiteral(value) ? `'${value}'` : quoted(value),
	}),

	...argsInBrackets(quoted, newArgs),

	setEnv: (entry, name, value) => setIn(entry, entry.names.env, beforeEnv(entry), name, value),

	setHeader: (entry, name, value) => setIn(entry, entry.names.headers, urlMember(entry), name, value),

	toCommand(entry, headers, command, args) {
		const { document, server, names } = entry;
		const { text } = document;
		const url = urlMember(entry);
		if (!url || (headers && !headers.value)) return undefined;
		const renamed = { span: url.span, newText: `${names.command} = ${quoted(command)}` };
		const list = `${names.args} = [${args.map(quoted).join(', ')}]`;
		if (!headers?.value) return [renamed, addAfter(entry, url, list)];
		if (isInline(text, server.node) || headers.value.kind !== 'object' || isInline(text, headers.value))
			return [renamed, { span: headers.span, newText: innerComments(document, headers.span) + list }];
		return [renamed, addLine(text, url, list), ...withoutTable(document, headers.value)];
	},
};

/** Strings of TOML are those of JSON, apart from one control character. */
function quoted(value: string): string {
	return JSON.stringify(value).replaceAll('\u007F', '\\u007F');
}

function isLiteral(value: string): boolean {
	return !value.includes("'") && quoted(value.replaceAll('\\', '').replaceAll('"', '')).length <= value.length + 2;
}

function keyOf(name: string): string {
	return /^[A-Za-z0-9_-]{1,256}$/.test(name) ? name : quoted(name);
}

/** In braces, unlike a table below a header or of dotted keys. */
function isInline(text: string, table: ObjectNode): boolean {
	return text[table.span.start] === '{';
}

function addAfter({ document: { text }, server }: WritableEntry, after: Member, statement: string): TextChange {
	return isInline(text, server.node) ? insertAt(after.span.end, `, ${statement}`) : addLine(text, after, statement);
}

/** A line below a statement, with what stands before the last part of its key: indentation, and the tables of a dotted key. */
function addLine(text: string, like: Member, statement: string): TextChange {
	const before = text.slice(lineStartAt(text, like.keySpan.start), like.keySpan.start);
	return insertAt(lineEndAt(text, like.span.end), newlineOf(text) + before + statement);
}

function newArgs(entry: WritableEntry, items: readonly string[]): TextChange | undefined {
	const { server, names } = entry;
	const command = member(server.node, names.command);
	if (!command || member(server.node, names.args)) return undefined;
	return addAfter(entry, command, `${names.args} = [${items.join(', ')}]`);
}

/** Sets a member of the table of this name, which is made where it is not there. */
function setIn(
	entry: WritableEntry,
	key: string,
	after: Member | undefined,
	name: string,
	value: string,
): TextChange | undefined {
	const { text } = entry.document;
	const statement = `${keyOf(name)} = ${quoted(value)}`;
	const table = member(entry.server.node, key);
	if (!table) return after && addAfter(entry, after, `${key} = { ${statement} }`);
	if (table.value?.kind !== 'object') return undefined;
	const existing = member(table.value, name)?.value;
	if (existing) return existing.kind === 'object' ? undefined : { span: existing.span, newText: quoted(value) };
	return addIn(text, table.value, statement);
}

function addIn(text: string, table: ObjectNode, statement: string): TextChange {
	if (isInline(text, table)) {
		const last = table.members.at(-1);
		return last ? insertAt(last.span.end, `, ${statement}`) : insertAt(table.span.start + 1, ` ${statement} `);
	}
	const last = assigned(text, table).at(-1);
	if (last) return addLine(text, last, statement);
	// Nothing but its header.
	return insertAt(lineEndAt(text, table.span.start), newlineOf(text) + statement);
}

/** The members that a statement of their own sets, and no table below this one; the last one last. */
function assigned(text: string, table: ObjectNode): Member[] {
	return table.members
		.filter(({ keySpan }) => /^[ \t]{0,64}=/.test(text.slice(keySpan.end, keySpan.end + 65)))
		.toSorted((a, b) => a.keySpan.start - b.keySpan.start);
}

/** Takes a table of statements away: its header, if it has one, and each of its lines. Comments stay. */
function withoutTable(document: ConfigDocument, table: ObjectNode): TextChange[] {
	const { text } = document;
	const { start } = table.span;
	const header = text[start] === '[' ? [withoutLine(document, start, start)] : [];
	return [
		...header,
		...assigned(text, table).map(({ keySpan, span }) => withoutLine(document, keySpan.start, span.end)),
	];
}

/** Removes the statement around these offsets; the whole line, unless a comment stands behind it. */
function withoutLine({ text, tree }: ConfigDocument, from: number, to: number): TextChange {
	const start = lineStartAt(text, from);
	const end = lineEndAt(text, to);
	const comment = tree.comments.find((one) => one.start >= to && one.start < end);
	if (comment) return { span: { start, end: comment.start }, newText: '' };
	const next = end + (text[end] === '\r' ? 2 : 1);
	return { span: { start, end: Math.min(next, text.length) }, newText: '' };
}
