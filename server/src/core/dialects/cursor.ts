import { COMMON, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { ENV_COLON, variables } from './forms.ts';

/**
 * Cursor. Its documents do not say whether comments are accepted, so none are written.
 *
 * Sources: cursor.com/docs/mcp, read 2026-11.
 */
export const cursor: Dialect = {
	...COMMON,
	id: 'cursor',
	name: 'Cursor',
	readers: ['Cursor', 'Visual Studio'],
	files: [project('.cursor/mcp.json'), home('.cursor/mcp.json')],
	syntax: WITH_COMMENTS,
	references: [ENV_COLON, variables(['workspaceFolder', 'workspaceFolderBasename', 'userHome', 'pathSeparator', '/'])],
	unset: 'something that Cursor does not document',
	readsEnvFile: true,
};
