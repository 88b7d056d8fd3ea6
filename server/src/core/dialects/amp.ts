import { host, undocumented, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';

/**
 * Amp, in its own settings file and in the settings of VS Code, under a key with a dot in it.
 *
 * Sources: stacklok/toolhive config.go, read 2026-11; the rest not verified.
 */
export const amp: Dialect = {
	...host('amp', 'Amp'),
	files: [
		home('.config/amp/settings.json'),
		home('.config/amp/settings.jsonc'),
		config('amp/settings.json', 'windows'),
		project('.amp/settings.json'),
		project('.amp/settings.jsonc'),
	],
	syntax: WITH_COMMENTS,
	serverRoots: [['amp.mcpServers'], ['mcpServers']],
	...undocumented('Amp'),
};
