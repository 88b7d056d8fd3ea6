import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, machine } from './files.ts';
import { LAUNCH, shellStyle } from './forms.ts';

/**
 * Claude Code's own state: servers of the person, and of each project under its path. It writes the file itself.
 *
 * Sources: code.claude.com/docs/en/mcp and /env-vars, mirror of 2026-08-22, read 2026-11.
 */
export const claudeCode: Dialect = {
	...host('claude-code', 'Claude Code'),
	files: [
		home('.claude.json'),
		home('.claude/.claude.json'),
		home('Library/Developer/Xcode/CodingAssistant/ClaudeAgentConfig/.claude.json', 'macos'),
		machine('etc/claude-code/managed-mcp.json', 'linux'),
		machine('Library/Application Support/ClaudeCode/managed-mcp.json', 'macos'),
		machine('Program Files/ClaudeCode/managed-mcp.json', 'windows'),
	],
	serverRoots: [['mcpServers'], ['projects', '*', 'mcpServers']],
	byFolder: 'projects',
	references: [shellStyle(LAUNCH)],
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
};
