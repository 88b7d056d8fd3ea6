import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { shellStyle } from './forms.ts';

/**
 * Kiro: only variables that the person has approved by name are filled in.
 *
 * Sources: kiro.dev/docs/mcp/configuration and /docs/cli/mcp/configuration, excerpts, read 2026-11.
 */
export const kiro: Dialect = {
	...host('kiro', 'Kiro'),
	files: ['settings/mcp.json', 'agents/*.json'].flatMap((path) => [project(`.kiro/${path}`), home(`.kiro/${path}`)]),
	serverRoots: [['mcpServers'], ['powers', 'mcpServers']],
	references: [shellStyle(['env', 'header'])],
};
