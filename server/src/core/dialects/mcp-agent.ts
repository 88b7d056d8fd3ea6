import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

const NAMES = ['mcp_agent.config.yaml', 'mcp_agent.secrets.yaml', 'mcp-agent.config.yaml', 'mcp-agent.secrets.yaml'];

/**
 * mcp-agent: its config, and the secrets file that is laid over it. Nothing is filled in. Each top-level block but `mcp` belongs to
 * a model provider or to mcp-agent itself; `env` lists variables with the value that counts where the environment has none.
 *
 * Sources: lastmile-ai/mcp-agent src/mcp_agent/config.py, 04cae7ea, read 2026-11.
 */
export const mcpAgent: Dialect = {
	...host('mcp-agent', 'mcp-agent'),
	files: NAMES.flatMap((name) => [project(name), project(`.mcp-agent/${name}`), home(`.mcp-agent/${name}`)]),
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [['mcp', 'servers']],
	variables: [['env', '*']],
	ownFields: [
		['*'],
		['*', 'default_headers'],
		['logger', 'http_headers'],
		['otel', 'otlp_settings', 'headers'],
		['otel', 'exporters', '*', 'headers'],
		['otel', 'exporters', '*', 'otlp', 'headers'],
	],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'streamable_http' },
};
