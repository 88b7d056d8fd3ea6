import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { gemini } from './gemini.ts';

/**
 * Tabnine's CLI, built on Gemini CLI.
 *
 * Sources: docs.tabnine.com, MCP server configuration, excerpts, read 2026-11; the rest taken over from Gemini CLI.
 */
export const tabnine: Dialect = {
	...gemini,
	id: 'tabnine',
	name: 'Tabnine',
	readers: ['Tabnine'],
	files: [
		project('.tabnine/agent/settings.json'),
		home('.tabnine/agent/settings.json'),
		project('.tabnine/mcp_servers.json'),
		home('.tabnine/mcp_servers.json'),
	],
};
