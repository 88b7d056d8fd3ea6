import { claudeDesktop } from './claude-desktop.ts';
import type { Dialect } from './dialect.ts';
import { config } from './files.ts';

/**
 * What a person typed into the form of a Claude Desktop extension. Fields that its manifest calls sensitive are elsewhere.
 *
 * Sources: modelcontextprotocol/mcpb MANIFEST.md, 2025-12-03, read 2026-11; file layout seen on disks, not
 * documented.
 */
export const claudeExtensionSettings: Dialect = {
	...claudeDesktop,
	id: 'claude-extension-settings',
	name: 'Claude Desktop extension settings',
	files: [config('Claude/Claude Extensions Settings/*.json')],
	serverRoots: [],
	variables: [['userConfig']],
};
