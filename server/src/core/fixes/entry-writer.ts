import { type OwnNames, ownNames } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import type { McpServer } from '../servers.ts';
import type { Member, StringNode } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import { jsonWriter } from './json-entry.ts';
import { tomlWriter } from './toml-edit.ts';
import { yamlWriter } from './yaml-edit.ts';

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
	/** Sets a variable of `env`. */
	setEnv(entry: WritableEntry, name: string, value: string): TextChange | undefined;
	/** `url` gives way to `command`, and what holds the headers (and nothing else) to `args`. */
	toCommand(
		entry: WritableEntry,
		headers: Member,
		command: string,
		args: readonly string[],
	): readonly TextChange[] | undefined;
}

export function writableEntry(document: ConfigDocument, server: McpServer): WritableEntry {
	return { document, server, names: ownNames(document.dialect) };
}

/** The formats that an entry is written in: see `unwritableBecause`. */
export function writerFor({ dialect }: ConfigDocument): EntryWriter {
	if (dialect.format === 'toml') return tomlWriter;
	return dialect.format === 'yaml' ? yamlWriter : jsonWriter;
}
