import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, project } from './files.ts';
import { bareDollar, shellStyle } from './forms.ts';

/**
 * Goose: `cmd`, `envs`, `uri`; `env_keys` names what it takes from its own keychain entry.
 *
 * Sources: block/goose crates/goose/src/agents/extension.rs, 01cad15f, and documentation/docs/guides/config-files.md, 09f7063a, read 2026-11.
 */
export const goose: Dialect = {
	...host('goose', 'Goose'),
	files: [
		home('.config/goose/config.yaml'),
		config('Block/goose/config/config.yaml', 'windows'),
		project('.goose/config.yaml'),
	],
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [['extensions']],
	fields: {
		command: ['cmd', 'command'],
		env: ['envs', 'env'],
		url: ['uri', 'url'],
		passed: ['env_keys'],
	},
	references: [shellStyle(['header', 'url']), bareDollar(['header', 'url'])],
	environment: 'full',
	types: { stdio: 'stdio', http: 'streamable_http' },
};
