import { COMMON } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * A `.env` file. Only those that a host reads by itself are known by their place; others are read when a server's `envFile`
 * names them.
 *
 * Sources: continuedev/continue core/config/yaml/LocalPlatformClient.ts, d0a3c0b6, and google-gemini/gemini-cli
 * packages/cli/src/config/settings.ts, 5411f113, read 2026-11.
 */
export const dotenv: Dialect = {
	...COMMON,
	id: 'dotenv',
	name: '.env file',
	readers: [],
	files: [
		...['.continue/.env', '.gemini/.env', '.qwen/.env'].flatMap((path) => [project(path), home(path)]),
		home('.codex/.env'),
		home('.hermes/.env'),
		home('.openclaw/.env'),
	],
	format: 'dotenv',
	syntax: { comments: true, trailingCommas: false },
	serverRoots: [],
	variables: [[]],
	unset: 'an empty string',
};
