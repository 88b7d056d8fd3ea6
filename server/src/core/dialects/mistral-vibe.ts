import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';

/**
 * Mistral Vibe: servers are a list of tables; `api_key_env` names the variable that holds the key.
 *
 * Sources: mistralai/mistral-vibe README, read 2026-11.
 */
export const mistralVibe: Dialect = {
	...host('mistral-vibe', 'Mistral Vibe'),
	files: [home('.vibe/config.toml'), project('.vibe/config.toml')],
	format: 'toml',
	syntax: WITH_COMMENTS,
	serverRoots: [['mcp_servers']],
	fields: {
		type: ['transport', 'type'],
		bearer: ['api_key'],
	},
	urlOnly: ['api_key_env', 'api_key_header', 'api_key_format', 'auth'],
	types: { stdio: 'stdio', http: 'streamable-http' },
};
