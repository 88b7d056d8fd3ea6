import type { Dialect, FilePlace } from './dialects/dialect.ts';
import { fieldsOf } from './dialects/fields.ts';
import type { ConfigDocument } from './document.ts';
import { readInputs } from './entries/inputs.ts';
import { namedValues } from './entries/maps.ts';
import { locate } from './entries/nodes.ts';
import { readOwnTexts } from './entries/own-texts.ts';
import { findEntries } from './entries/roots.ts';
import { readServer, usedFields } from './entries/server.ts';
import type { Position } from './servers.ts';
import { parseText } from './syntax/parse.ts';

/** Reads a config: text to tree to servers. Never throws; what does not parse is simply not there. */
export function readDocument(uri: string, text: string, dialect: Dialect, scope: FilePlace['scope']): ConfigDocument {
	const tree = parseText(text, dialect.format ?? 'json', dialect.syntax);
	const entries = findEntries(tree.root, { dialect, uri, scope });
	const fields = usedFields(fieldsOf(dialect), entries);
	const named = (paths: readonly (readonly string[])[] | undefined, position: Position) =>
		(paths ?? []).flatMap((path) =>
			locate(tree.root, path).flatMap((at) => namedValues(at.node, position, at.pointer, text, new Set())),
		);
	return {
		uri,
		text,
		dialect,
		scope,
		tree,
		servers: entries.map((entry) => readServer(entry, fields, text)),
		inputs: readInputs(tree.root, dialect),
		variables: [...named(dialect.variables, 'env'), ...named(dialect.ownFields, 'other')],
		ownTexts: readOwnTexts(tree.root, dialect),
	};
}
