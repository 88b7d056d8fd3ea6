import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';

/**
 * Zed's settings. Extensions keep what their servers need under `settings`. Nothing is interpolated.
 *
 * Sources: zed-industries/zed crates/settings_content/src/project.rs, 006ce515, read 2026-11; zed-industries/zed
 * docs/src/ai/mcp.md, 04ebba46, read 2026-11.
 */
export const zed: Dialect = {
	...host('zed', 'Zed'),
	files: [
		project('.zed/settings.json'),
		home('.config/zed/settings.json'),
		home('.var/app/dev.zed.Zed/config/zed/settings.json', 'linux'),
		config('Zed/settings.json', 'windows'),
	],
	syntax: WITH_COMMENTS,
	serverRoots: [['context_servers']],
	fields: {
		type: ['type'],
		command: ['command', 'command.path'],
		args: ['args', 'command.args'],
		env: ['env', 'command.env'],
	},
	environment: 'full',
};
