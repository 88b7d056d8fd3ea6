import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { project } from './files.ts';
import { LAUNCH, shellStyle } from './forms.ts';

/**
 * fast-agent: its config, and the secrets file that is laid over it.
 *
 * Sources: files of this name in public repositories, 2026-11; the rest not verified.
 */
export const fastAgent: Dialect = {
	...host('fast-agent', 'fast-agent'),
	files: ['fastagent.config.yaml', 'fastagent.secrets.yaml', 'mcp_agent.config.yaml', 'mcp_agent.secrets.yaml'].map(
		(path) => project(path),
	),
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [
		['mcp', 'servers'],
		['mcp', 'targets'],
	],
	references: [shellStyle(LAUNCH)],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'http' },
};
