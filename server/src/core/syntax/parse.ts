import { parseDotenv } from './dotenv.ts';
import { parseJsonc } from './jsonc.ts';
import { parseJson5, parseToml, parseYaml } from './other-formats.ts';
import type { ConfigTree } from './tree.ts';

/** How a config file is written. JSON with comments is JSON whose reader accepts comments. */
export type Format = 'json' | 'json5' | 'toml' | 'yaml' | 'dotenv';

export interface FormatOptions {
	readonly comments: boolean;
	readonly trailingCommas: boolean;
}

/** Parses as far as the text parses. Never throws. */
export function parseText(text: string, format: Format, options: FormatOptions): ConfigTree {
	switch (format) {
		case 'json':
			return parseJsonc(text, options);
		case 'json5':
			return parseJson5(text);
		case 'toml':
			return parseToml(text);
		case 'yaml':
			return parseYaml(text);
		case 'dotenv':
			return parseDotenv(text);
	}
}
