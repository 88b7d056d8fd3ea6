import { COMMON } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config } from './files.ts';
import { USER_CONFIG, variables } from './forms.ts';

/**
 * The manifest of an MCP bundle (`.mcpb`, before that `.dxt`), as the packed extension or in its source folder.
 *
 * Sources: modelcontextprotocol/mcpb MANIFEST.md, 2025-12-03, read 2026-11.
 */
export const mcpb: Dialect = {
	...COMMON,
	id: 'mcpb',
	name: 'MCP bundle manifest',
	readers: ['Claude Desktop'],
	files: [config('Claude/Claude Extensions/*/manifest.json')],
	serverRoots: [],
	bareRoot: 'server',
	fields: {
		command: ['server.mcp_config.command'],
		args: ['server.mcp_config.args'],
		env: ['server.mcp_config.env'],
		url: ['server.mcp_config.url'],
		type: ['server.type'],
	},
	references: [
		variables(['__dirname', 'HOME', 'DESKTOP', 'DOCUMENTS', 'DOWNLOADS', 'pathSeparator', '/']),
		USER_CONFIG,
	],
	environment: 'safe-list',
};
