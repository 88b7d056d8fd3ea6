import { COMMON } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { LAUNCH, shellStyle, USER_CONFIG, variables } from './forms.ts';

/**
 * A plugin's manifest that declares servers in itself.
 *
 * Sources: code.claude.com/docs/en/plugins-reference, mirror of 2026-08-22, read 2026-11.
 */
export const plugin: Dialect = {
	...COMMON,
	id: 'plugin',
	name: 'Plugin manifest',
	readers: ['Claude Code', 'VS Code', 'Grok Build'],
	files: [
		project('.claude-plugin/plugin.json'),
		project('.claude-plugin/marketplace.json'),
		project('.codex-plugin/plugin.json'),
		project('.cursor-plugin/plugin.json'),
		project('.github/plugin/plugin.json'),
		home('.claude/plugins/cache/*/*/*/.claude-plugin/plugin.json'),
	],
	serverRoots: [['mcpServers'], ['plugins', '*', 'mcpServers']],
	references: [
		shellStyle(LAUNCH),
		variables(['CLAUDE_PLUGIN_ROOT', 'CLAUDE_PLUGIN_DATA', 'CLAUDE_PROJECT_DIR']),
		USER_CONFIG,
	],
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
};
