import { type OwnNames, ownNames } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import type { McpServer } from '../servers.ts';
import { type ArrayNode, child, type Member, member, type StringNode } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';

/** A server's entry, and what its host calls the parts of it. */
export interface WritableEntry {
	readonly document: ConfigDocument;
	readonly server: McpServer;
	readonly names: OwnNames;
}

/**
 * Minimal edits of one entry in the format of its file: only what is touched changes, and comments, order and formatting stay.
 * Undefined where the entry is spelled in a way that the writer does not follow.
 */
export interface EntryWriter {
	/** Another text in place of one that stands there, in the same quotes where they can hold it. */
	replace(entry: WritableEntry, node: StringNode, value: string): TextChange | undefined;
	/** Arguments before the first one. */
	prependArgs(entry: WritableEntry, values: readonly string[]): TextChange | undefined;
	/** Arguments behind the last one. */
	appendArgs(entry: WritableEntry, values: readonly string[]): TextChange | undefined;
	/** Arguments before this one. */
	insertArgs(entry: WritableEntry, before: StringNode, values: readonly string[]): TextChange | undefined;
	/** Takes one argument away. */
	removeArg(entry: WritableEntry, node: StringNode): readonly TextChange[] | undefined;
	/** Sets a variable of `env`. */
	setEnv(entry: WritableEntry, name: string, value: string): TextChange | undefined;
	/** Sets a header of a server with a URL. */
	setHeader(entry: WritableEntry, name: string, value: string): TextChange | undefined;
	/** `url` gives way to `command`, and what holds the headers (and nothing else), if there are any, to `args`. */
	toCommand(
		entry: WritableEntry,
		headers: Member | undefined,
		command: string,
		args: readonly string[],
	): readonly TextChange[] | undefined;
}

export function writableEntry(document: ConfigDocument, server: McpServer): WritableEntry {
	return { document, server, names: ownNames(document.dialect) };
}

/** The list of arguments, if the entry has one. */
export function argsOf({ server, names }: WritableEntry): ArrayNode | undefined {
	const args = child(server.node, names.args);
	return args?.kind === 'array' ? args : undefined;
}

/** Behind which member a new `env` belongs. */
export function beforeEnv({ server, names }: WritableEntry): Member | undefined {
	return member(server.node, names.args) ?? member(server.node, names.command);
}

/** The member that holds the URL. */
export function urlMember({ server }: WritableEntry): Member | undefined {
	return server.node.members.find(({ value }) => value === server.url?.node);
}
