import { WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { BRACE_ENV, UNDOCUMENTED } from './forms.ts';

/**
 * A file that holds MCP servers and whose name tells no host: templates, examples, configs of one's own client.
 *
 * Sources: what the other dialects have in common, 2026-11.
 */
export const generic: Dialect = {
	id: 'generic',
	name: 'MCP config',
	readers: [],
	files: [],
	syntax: WITH_COMMENTS,
	serverRoots: [
		['mcpServers'],
		['servers'],
		['mcp', 'servers'],
		['mcp', 'mcpServers'],
		['context_servers'],
		['mcp_servers'],
		['*', 'mcpServers'],
		['*', '*', 'mcpServers'],
		['mcp'],
	],
	bareRoot: 'either',
	references: [...UNDOCUMENTED, BRACE_ENV],
	unset: 'something that depends on the host',
	stopSeconds: 2,
	environment: 'unknown',
	types: { stdio: undefined, http: undefined },
};

export const genericYaml: Dialect = {
	...generic,
	id: 'generic-yaml',
	format: 'yaml',
	serverRoots: [...generic.serverRoots, ['extensions']],
};

export const genericToml: Dialect = { ...generic, id: 'generic-toml', format: 'toml' };
