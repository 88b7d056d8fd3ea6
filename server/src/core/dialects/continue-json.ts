import { continueYaml } from './continue.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { shellStyle } from './forms.ts';

/**
 * Continue's JSON: the older `config.json`, and files in the format of other hosts, whose `env` it rewrites.
 *
 * Sources: continuedev/continue core/context/mcp/json/loadJsonMcpConfigs.ts, d0a3c0b6, read 2026-11.
 */
export const continueJson: Dialect = {
	...continueYaml,
	id: 'continue-json',
	files: ['config.json', 'mcpServers/*.json'].flatMap((path) => [
		project(`.continue/${path}`),
		home(`.continue/${path}`),
	]),
	format: 'json',
	serverRoots: [['mcpServers'], ['projects', '*', 'mcpServers'], ['experimental', 'modelContextProtocolServers']],
	bareRoot: 'server',
	fields: {
		type: ['type', 'transport.type', 'transport'],
		command: ['command', 'transport.command'],
		args: ['args', 'transport.args'],
		env: ['env', 'transport.env'],
		url: ['url', 'transport.url'],
		headers: ['headers', 'requestOptions.headers', 'transport.requestOptions.headers'],
		bearer: ['apiKey', 'transport.apiKey'],
	},
	references: [...continueYaml.references, shellStyle(['env'])],
};
