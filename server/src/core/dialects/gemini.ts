import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, machine, project } from './files.ts';
import { ALL, bareDollar, shellStyle } from './forms.ts';

/**
 * Gemini CLI's settings. Secret-looking variables are kept from servers unless their `env` names them.
 *
 * Sources: google-gemini/gemini-cli packages/cli/src/config/settings.ts, utils/envVarResolver.ts,
 * packages/core/src/tools/mcp-client.ts, 5411f113, read 2026-11.
 */
export const gemini: Dialect = {
	...host('gemini', 'Gemini CLI'),
	files: [
		project('.gemini/settings.json'),
		home('.gemini/settings.json'),
		machine('etc/gemini-cli/settings.json', 'linux'),
		machine('etc/gemini-cli/system-defaults.json', 'linux'),
		machine('Library/Application Support/GeminiCli/settings.json', 'macos'),
		machine('Library/Application Support/GeminiCli/system-defaults.json', 'macos'),
		machine('ProgramData/gemini-cli/settings.json', 'windows'),
	],
	syntax: { comments: true, trailingCommas: false },
	references: [shellStyle(ALL), bareDollar(ALL)],
	environment: 'without-secrets',
	types: { stdio: undefined, http: 'http' },
};
