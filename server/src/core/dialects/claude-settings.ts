import { claudeCode } from './claude-code.ts';
import type { Dialect } from './dialect.ts';
import { home, machine, project } from './files.ts';

/**
 * Claude Code's settings: `env` goes to all that it starts, MCP servers included; the rest is read as in its own state.
 *
 * Sources: code.claude.com/docs/en/settings and /env-vars, mirror of 2026-08-22, read 2026-11.
 */
export const claudeSettings: Dialect = {
	...claudeCode,
	id: 'claude-settings',
	name: 'Claude Code settings',
	files: [
		project('.claude/settings.json'),
		project('.claude/settings.local.json'),
		home('.claude/settings.json'),
		home('.claude/settings.local.json'),
		machine('etc/claude-code/managed-settings.json', 'linux'),
		machine('Library/Application Support/ClaudeCode/managed-settings.json', 'macos'),
		machine('Program Files/ClaudeCode/managed-settings.json', 'windows'),
	],
	serverRoots: [['mcpServers']],
	variables: [['env']],
};
