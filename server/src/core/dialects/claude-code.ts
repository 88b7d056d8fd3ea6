import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, machine } from './files.ts';
import { LAUNCH, shellStyle } from './forms.ts';

const COMMAND =
	'Claude Code runs this itself, so no launcher can fill it in: let the command read the value from the environment or from a secret manager.';
const RULE = 'Nothing fills in a permission rule: delete it, or end it with `*` before the secret.';
const KEY =
	'Claude Code reads it itself, so no launcher can fill it in: sign in with `/login`, or let `apiKeyHelper` fetch it.';

/**
 * Claude Code's own state: servers of the person, and of each project under its path. It writes the file itself.
 *
 * Sources: code.claude.com/docs/en/mcp, /env-vars, /hooks, /settings and /permissions, mirror of 2026-08-22, read 2026-11;
 * `primaryApiKey` and `allowedTools` seen in its files, not documented.
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
	ownTexts: [
		{ path: ['hooks', '*', '*', 'hooks', '*', '*'], instead: COMMAND },
		{ path: ['statusLine', 'command'], instead: COMMAND },
		{ path: ['apiKeyHelper'], instead: COMMAND },
		{ path: ['primaryApiKey'], instead: KEY },
		{ path: ['permissions', '*', '*'], instead: RULE },
		{ path: ['projects', '*', 'allowedTools', '*'], instead: RULE },
	],
	references: [shellStyle(LAUNCH)],
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
};
