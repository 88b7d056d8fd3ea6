import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { ALL } from './forms.ts';

/** `${{ secrets.NAME }}`: from `.env` files of Continue, then from the environment. */
const TEMPLATE = {
	kind: 'variable' as const,
	example: '${{ secrets.NAME }}',
	pattern: /\$\{\{\s{0,8}(?:secrets|inputs)\.([A-Za-z0-9_./-]{1,256})\s{0,8}\}\}/g,
	positions: ALL,
};

/**
 * Continue's YAML: servers are a list, an `apiKey` is sent as a bearer token.
 *
 * Sources: continuedev/continue packages/config-yaml/src/schemas/mcp and core/context/mcp/MCPConnection.ts,
 * d0a3c0b6, read 2026-11.
 */
export const continueYaml: Dialect = {
	...host('continue', 'Continue'),
	files: ['config.yaml', 'config.yml', 'mcpServers/*.yaml', 'mcpServers/*.yml'].flatMap((path) => [
		project(`.continue/${path}`),
		home(`.continue/${path}`),
	]),
	format: 'yaml',
	syntax: WITH_COMMENTS,
	bareRoot: 'server',
	ownFields: [
		['models', '*'],
		['models', '*', 'requestOptions', 'headers'],
	],
	fields: { headers: ['requestOptions.headers', 'headers'], bearer: ['apiKey'] },
	references: [TEMPLATE],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'streamable-http' },
};
