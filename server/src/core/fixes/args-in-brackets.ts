import type { TextChange } from '../text.ts';
import { argsOf, type EntryWriter, type WritableEntry } from './entry-writer.ts';
import { prependItems } from './json-edit.ts';
import { appendItems, insertItemsBefore, removeParts } from './list-edit.ts';

type ArgsWriter = Pick<EntryWriter, 'prependArgs' | 'appendArgs' | 'insertArgs' | 'removeArg'>;

/** How JSON and TOML write a list of arguments; `newArgs` makes it where there is none. */
export function argsInBrackets(
	quoted: (value: string) => string,
	newArgs: (entry: WritableEntry, items: readonly string[]) => TextChange | undefined,
): ArgsWriter {
	return {
		prependArgs(entry, values) {
			const args = argsOf(entry);
			const items = values.map(quoted);
			return args ? prependItems(entry.document.text, args, items) : newArgs(entry, items);
		},

		appendArgs(entry, values) {
			const args = argsOf(entry);
			const items = values.map(quoted);
			return args ? appendItems(entry.document.text, args, items) : newArgs(entry, items);
		},

		insertArgs: ({ document }, before, values) => insertItemsBefore(document.text, before, values.map(quoted)),

		removeArg(entry, node) {
			const args = argsOf(entry);
			return args?.items.includes(node) ? removeParts(entry.document, args, [node]) : undefined;
		},
	};
}
