import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';
import { bareDollar, shellStyle } from './forms.ts';

/**
 * Docker's MCP Toolkit: catalogs and its own config. Secrets belong into its store (`docker mcp secret set`).
 *
 * Sources: docker/mcp-gateway docs/mcp-gateway.md, 2bd20fe8, read 2026-11; file names not verified.
 */
export const dockerMcp: Dialect = {
	...host('docker-mcp', 'Docker MCP Toolkit'),
	files: [home('.docker/mcp/config.yaml'), home('.docker/mcp/registry.yaml'), home('.docker/mcp/catalogs/*.yaml')],
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [['registry'], ['servers']],
	bareRoot: 'map',
	fields: { url: ['remote.url', 'url'], headers: ['remote.headers', 'headers'] },
	references: [shellStyle(['env', 'header']), bareDollar(['env', 'header'])],
	unset: 'an empty string',
	environment: 'safe-list',
};
