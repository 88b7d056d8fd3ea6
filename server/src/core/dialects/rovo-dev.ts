import { host, undocumented } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';

/**
 * Atlassian's Rovo Dev CLI.
 *
 * Sources: github/github-mcp-server docs/installation-guides/install-rovo-dev-cli.md, read 2026-11.
 */
export const rovoDev: Dialect = {
	...host('rovo-dev', 'Rovo Dev'),
	files: [home('.rovodev/mcp.json')],
	...undocumented('Rovo Dev'),
	types: { stdio: undefined, http: 'http' },
};
