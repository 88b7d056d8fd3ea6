// The labelled records, and what was asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface Example {
	readonly provider: string;
	readonly rule: string;
	readonly is_secret: boolean;
	readonly secret_class?: string;
	readonly needs_context?: boolean | null;
	readonly synthetic_look?: boolean;
	readonly suspect?: boolean;
	readonly neg_kind?: string;
	readonly text_b64: string;
	readonly token_b64?: string;
}

export interface Label {
	readonly kind: string;
	readonly subkind: string;
	readonly pointer: string;
	readonly line: number;
	readonly key: string;
	readonly mechanism: string;
	readonly value_b64: string;
	readonly secret_b64?: string;
}

export interface ConfigRecord {
	readonly id: string;
	readonly path: string;
	readonly dialect: string;
	readonly format: string;
	readonly text_b64: string;
	readonly labels: readonly Label[];
}

export interface CleanRecord {
	readonly server: string;
	readonly kind: 'arg' | 'env' | 'url' | 'header';
	readonly key: string;
	readonly value: string;
}

export interface NameRecord {
	readonly server: string;
	readonly env: string;
	readonly example?: string;
	readonly cls: 'secret' | 'plain';
}

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { list: { type: 'string' }, placement: { type: 'string', default: 'env' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('Say which folder holds the corpus: npm run eval -- FOLDER');

export const options = values;

export function read<T>(file: string): T[] {
	return readFileSync(join(folder!, file), 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as T);
}

export function decode(base64: string | undefined): string {
	return Buffer.from(base64 ?? '', 'base64').toString();
}
