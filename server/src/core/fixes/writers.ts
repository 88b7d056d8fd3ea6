import type { ConfigDocument } from '../document.ts';
import type { Format } from '../syntax/parse.ts';
import type { EntryWriter } from './entry-writer.ts';
import { jsonWriter } from './json-entry.ts';
import { tomlWriter } from './toml-edit.ts';
import { yamlWriter } from './yaml-edit.ts';

/** The formats that entries are written in, beside JSON. */
export const WRITTEN_FORMATS: readonly Format[] = ['toml', 'yaml'];

/** For one of these, or JSON: see `unwritableBecause`. */
export function writerFor({ dialect }: ConfigDocument): EntryWriter {
	if (dialect.format === 'toml') return tomlWriter;
	return dialect.format === 'yaml' ? yamlWriter : jsonWriter;
}
