import { type Member, member } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import { argsInBrackets } from './args-in-brackets.ts';
import { beforeEnv, type EntryWriter, urlMember, type WritableEntry } from './entry-writer.ts';
import { innerComments, insertFirstMember, insertMemberAfter, replaceWith, setMember } from './json-edit.ts';

/** An entry in JSON. */
export const jsonWriter: EntryWriter = {
	replace: (_, node, value) => replaceWith(node.span, value),

	...argsInBrackets(quoted, newArgs),

	setEnv: (entry, name, value) => setIn(entry, entry.names.env, beforeEnv(entry), name, value),

	setHeader: (entry, name, value) => setIn(entry, entry.names.headers, urlMember(entry), name, value),

	toCommand(entry, headers, command, args) {
		const { document, names } = entry;
		const url = urlMember(entry);
		if (!url) return undefined;
		const list = `[${args.map(quoted).join(', ')}]`;
		const program = `${innerComments(document, url.span)}${quoted(names.command)}: ${quoted(command)}`;
		if (!headers) {
			const added = insertMemberAfter(document.text, url, names.args, list);
			return [{ span: url.span, newText: program + added.newText }];
		}
		return [
			{ span: url.span, newText: program },
			{ span: headers.span, newText: `${innerComments(document, headers.span)}${quoted(names.args)}: ${list}` },
		];
	},
};

function quoted(value: string): string {
	return JSON.stringify(value);
}

function newArgs({ document, server, names }: WritableEntry, items: readonly string[]): TextChange | undefined {
	const command = member(server.node, names.command);
	if (!command || member(server.node, names.args)) return undefined;
	return insertMemberAfter(document.text, command, names.args, `[${items.join(', ')}]`);
}

/** Sets a member of the map of this name, which is made where it is not there. */
function setIn(
	{ document: { text }, server }: WritableEntry,
	map: string,
	after: Member | undefined,
	name: string,
	value: string,
): TextChange | undefined {
	const existing = member(server.node, map);
	if (existing?.value?.kind === 'object') return setMember(text, existing.value, name, quoted(value));
	if (existing) return undefined;
	const json = `{ ${quoted(name)}: ${quoted(value)} }`;
	return after ? insertMemberAfter(text, after, map, json) : insertFirstMember(text, server.node, map, json);
}
