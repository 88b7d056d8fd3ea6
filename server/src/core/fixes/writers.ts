import type { ConfigDocument } from '../document.ts';
import type { EntryWriter } from './entry-writer.ts';
import { jsonWriter } from './json-entry.ts';
import { tomlWriter } from './toml-edit.ts';
import { yamlWriter } from './yaml-edit.ts';

/** For the formats that entries are written in: see `unwritableBecause`. */
export function writerFor({ dialect }: ConfigDocument): EntryWriter {
	if (dialect.format === 'toml') return tomlWriter;
	return dialect.format === 'yaml' ? yamlWriter : jsonWriter;
}
