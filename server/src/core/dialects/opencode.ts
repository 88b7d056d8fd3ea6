import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { config, home, machine, project } from './files.ts';
import { BRACE_ENV, BRACE_FILE } from './forms.ts';

/**
 * opencode: a command is a list, `environment` instead of `env`; references are filled in before the JSON is read.
 *
 * Sources: anomalyco/opencode packages/opencode/src/config/mcp.ts 11072ad5 and variable.ts 0380a03a, read 2026-11;
 * opencode.ai/docs/config, read 2026-11.
 */
export const opencode: Dialect = {
	...host('opencode', 'opencode'),
	files: [
		...['opencode.json', 'opencode.jsonc'].flatMap((name) => [
			project(name),
			project(`.opencode/${name}`),
			home(`.config/opencode/${name}`),
			home(`.opencode/${name}`),
			config(`opencode/${name}`, 'windows'),
			machine(`etc/opencode/${name}`, 'linux'),
		]),
		home('.config/opencode/config.json'),
	],
	syntax: WITH_COMMENTS,
	serverRoots: [['mcp', 'servers'], ['mcp']],
	ownFields: [['provider', '*', 'options']],
	fields: { env: ['environment', 'env'] },
	references: [BRACE_ENV, BRACE_FILE],
	unset: 'an empty string',
	environment: 'full',
	types: { stdio: 'local', http: 'remote' },
};
