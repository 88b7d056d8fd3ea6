import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { shellStyle } from './forms.ts';

/**
 * mcporter, a command line for MCP servers. An unset variable ends it with a message.
 *
 * Sources: steipete/mcporter docs/config.md, read 2026-11.
 */
export const mcporter: Dialect = {
	...host('mcporter', 'mcporter'),
	files: [
		project('config/mcporter.json'),
		project('mcporter.json'),
		home('.mcporter/mcporter.json'),
		home('.mcporter/mcporter.jsonc'),
	],
	syntax: WITH_COMMENTS,
	fields: {
		bearer: ['bearerToken', 'bearer_token'],
	},
	references: [
		shellStyle(['env', 'header', 'other']),
		{
			kind: 'env',
			example: '$env:NAME',
			pattern: /\$env:([A-Za-z_]\w{0,255})/g,
			positions: ['env', 'header', 'other'],
		},
	],
	unset: 'an error at start',
	environment: 'full',
};
