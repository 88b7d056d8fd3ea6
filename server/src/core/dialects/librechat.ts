import { host, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { project } from './files.ts';
import { ALL, shellStyle } from './forms.ts';

/**
 * LibreChat, a server for many people: `{{...}}` stands for what each of them entered.
 *
 * Sources: LibreChat-AI/librechat.ai content/docs/configuration/librechat_yaml/object_structure/mcp_servers.mdx,
 * 4529bf5d, read 2026-11.
 */
export const librechat: Dialect = {
	...host('librechat', 'LibreChat'),
	files: [project('librechat.yaml'), project('librechat.yml')],
	format: 'yaml',
	ownFields: [['endpoints', 'custom', '*']],
	syntax: WITH_COMMENTS,
	fields: { bearer: ['apiKey.key'] },
	references: [
		shellStyle(['env', 'header', 'url', 'other']),
		{ kind: 'variable', example: '{{NAME}}', pattern: /\{\{([A-Za-z_][A-Za-z0-9_]{0,255})\}\}/g, positions: ALL },
	],
	environment: 'safe-list',
	types: { stdio: 'stdio', http: 'streamable-http' },
};
