import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { ALL, bareDollar, shellStyle } from './forms.ts';

/**
 * Crush expands values as a shell would, `$(command)` included; an unescaped `$` is never just text.
 *
 * Sources: charmbracelet/crush internal/config/config.go and resolve.go, 37f36e93, read 2026-11.
 */
export const crush: Dialect = {
	...host('crush', 'Crush'),
	files: [
		project('crush.json'),
		project('.crush.json'),
		home('.config/crush/crush.json'),
		home('.local/share/crush/crush.json'),
		home('AppData/Local/crush/crush.json', 'windows'),
	],
	serverRoots: [['mcp']],
	ownFields: [
		['providers', '*'],
		['providers', '*', 'extra_headers'],
	],
	references: [
		shellStyle(ALL),
		bareDollar(ALL),
		{
			kind: 'variable',
			example: '${NAME:?message}',
			pattern: /\$\{([A-Za-z_]\w{0,255}):?[?+=-][^{}]{0,1024}\}/g,
			positions: ALL,
		},
		{ kind: 'command', example: '$(command)', pattern: /\$\(([^()\n]{1,1024})\)/g, positions: ALL },
	],
	unset: 'an empty string',
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
};
