import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, machine, project } from './files.ts';

/**
 * Codex. Nothing is interpolated; variables are passed on by name (`env_vars`, `bearer_token_env_var`, `env_http_headers`).
 * A field of the other transport is an error in mcp_types.rs that costs the whole file; of `http_headers_helper` that is inferred.
 *
 * What `shell_environment_policy` sets goes to every command that it runs.
 *
 * Sources: openai/codex codex-rs/config/src/mcp_types.rs, 00b17c26, and codex-rs/rmcp-client/src/utils.rs, 08e91659,
 * read 2026-11; github.com/openai/codex/issues/22124, read 2026-11.
 */
export const codex: Dialect = {
	...host('codex', 'Codex'),
	files: [
		project('.codex/config.toml'),
		home('.codex/config.toml'),
		home('.codex/managed_config.toml'),
		home('Library/Developer/Xcode/CodingAssistant/codex/config.toml', 'macos'),
		machine('etc/codex/config.toml', 'linux'),
		machine('etc/codex/managed_config.toml', 'linux'),
		machine('etc/codex/config.toml', 'macos'),
	],
	format: 'toml',
	syntax: WITH_COMMENTS,
	variables: [['shell_environment_policy', 'set']],
	serverRoots: [['mcp_servers'], ['profiles', '*', 'mcp_servers']],
	ownFields: [
		['model_providers', '*'],
		['model_providers', '*', 'http_headers'],
		['model_providers', '*', 'query_params'],
	],
	fields: {
		headers: ['http_headers'],
		bearer: ['bearer_token'],
		passed: ['env_vars'],
	},
	urlOnly: [
		'bearer_token',
		'bearer_token_env_var',
		'env_http_headers',
		'http_headers_helper',
		'oauth',
		'oauth_resource',
	],
	environment: 'safe-list',
};
