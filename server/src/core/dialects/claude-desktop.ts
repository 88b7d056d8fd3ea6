import type { Dialect } from './dialect.ts';

/** Claude Desktop: strict JSON, stdio servers only, no interpolation of any kind. */
export const claudeDesktop: Dialect = {
	id: 'claude-desktop',
	name: 'Claude Desktop',
	readers: ['Claude Desktop'],
	files: [{ scope: 'user', base: 'config', path: 'Claude/claude_desktop_config.json' }],
	syntax: { comments: false, trailingCommas: false },
	serverRoots: [['mcpServers']],
	references: [],
	unset: 'the text of the reference itself',
	stopSeconds: 2,
	environment: 'safe-list',
	types: { stdio: undefined, http: undefined },
	sources: ['modelcontextprotocol.io docs/tools/debugging, read 2026-11'],
};
