import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';
import { shellStyle } from './forms.ts';

/**
 * OpenClaw, whose file is JSON5.
 *
 * Sources: other tools that write the file, read 2026-11; nothing of OpenClaw itself.
 */
export const openclaw: Dialect = {
	...host('openclaw', 'OpenClaw'),
	files: [home('.openclaw/openclaw.json'), home('.clawdbot/clawdbot.json')],
	format: 'json5',
	syntax: WITH_COMMENTS,
	serverRoots: [['mcp', 'servers']],
	variables: [['env', 'vars'], ['env']],
	references: [shellStyle(['env', 'header'])],
	unset: 'something that OpenClaw does not document',
	types: { stdio: undefined, http: 'streamable-http' },
};
