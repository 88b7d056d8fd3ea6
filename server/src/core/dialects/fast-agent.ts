import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect, ReferenceForm } from './dialect.ts';
import { project } from './files.ts';
import { ALL } from './forms.ts';

/** `${NAME}` and `${NAME:default}`, filled in wherever a text stands; a secret without a default is left as it is. */
const ENV: ReferenceForm = {
	kind: 'env',
	example: '${NAME}',
	pattern: /\$\{([A-Za-z_][A-Za-z0-9_]{0,255})(?::([^{}]{0,1024}))?\}/g,
	positions: ALL,
};

const NAMES = ['fast-agent.yaml', 'fast-agent.config.yaml', 'fast-agent.secrets.yaml'];
const OLD_NAMES = ['fastagent.config.yaml', 'fastagent.secrets.yaml'];

/**
 * fast-agent: its config, and the secrets file that is laid over it. Each top-level block but `mcp` belongs to a model provider or
 * to fast-agent itself; `access_token` of a server is sent as a bearer token.
 *
 * Sources: evalstate/fast-agent src/fast_agent/config.py and home.py, 610a2f57, read 2026-11.
 */
export const fastAgent: Dialect = {
	...host('fast-agent', 'fast-agent'),
	files: [...NAMES, ...OLD_NAMES].flatMap((name) => [project(name), project(`.fast-agent/${name}`)]),
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [
		['mcp', 'servers'],
		['mcp', 'targets'],
	],
	fields: { bearer: ['access_token'] },
	ownFields: [['*'], ['*', 'default_headers']],
	references: [ENV],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'http' },
};
