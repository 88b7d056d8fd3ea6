import type { Dialect } from './dialect.ts';
import { ENV_COLON, variables } from './forms.ts';

/** Cursor. Its documents do not say whether comments are accepted, so none are written. */
export const cursor: Dialect = {
	id: 'cursor',
	name: 'Cursor',
	readers: ['Cursor', 'Visual Studio'],
	files: [
		{ scope: 'workspace', path: '.cursor/mcp.json' },
		{ scope: 'user', base: 'home', path: '.cursor/mcp.json' },
	],
	syntax: { comments: true, trailingCommas: true },
	serverRoots: [['mcpServers']],
	references: [ENV_COLON, variables(['workspaceFolder', 'workspaceFolderBasename', 'userHome', 'pathSeparator', '/'])],
	unset: 'something that Cursor does not document',
	stopSeconds: 2,
	environment: 'unknown',
	types: { stdio: undefined, http: undefined },
	sources: ['cursor.com/docs/mcp, read 2026-11'],
};
