import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';
import { shellStyle } from './forms.ts';

/**
 * Hermes Agent.
 *
 * Sources: microsoft/apm hermes.py, read 2026-11; nothing of Hermes itself.
 */
export const hermes: Dialect = {
	...host('hermes', 'Hermes Agent'),
	files: [home('.hermes/config.yaml'), home('AppData/Local/hermes/config.yaml', 'windows')],
	format: 'yaml',
	syntax: WITH_COMMENTS,
	serverRoots: [['mcp_servers']],
	references: [shellStyle(['env', 'header'])],
	unset: 'something that Hermes does not document',
};
