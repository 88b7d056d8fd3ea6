import type { Dialect } from './dialect.ts';
import { project } from './files.ts';
import { ALL } from './forms.ts';
import { vscode } from './vscode.ts';

/**
 * A dev container: its servers are written into the container's own `mcp.json`, after `${localEnv:X}` is filled in. Its variables are
 * those of all that runs inside, servers included.
 *
 * Sources: containers.dev/implementors/json_reference, read 2026-11; microsoft/vscode-docs
 * docs/copilot/customization/mcp-servers.md, 08868fe5, read 2026-11.
 */
export const devcontainer: Dialect = {
	...vscode,
	id: 'devcontainer',
	name: 'Dev container',
	readers: ['VS Code'],
	files: [
		project('.devcontainer/devcontainer.json'),
		project('.devcontainer/*/devcontainer.json'),
		project('.devcontainer.json'),
		project('devcontainer-feature.json'),
	],
	serverRoots: [['customizations', 'vscode', 'mcp', 'servers']],
	variables: [['containerEnv'], ['remoteEnv'], ['build', 'args']],
	ownTexts: [
		{
			path: ['runArgs', '*'],
			instead: 'Write `-e NAME` without the value, which docker then takes from its own environment.',
		},
	],
	inputs: ['customizations', 'vscode', 'mcp', 'inputs'],
	references: [
		...vscode.references,
		{
			kind: 'variable',
			example: '${localEnv:NAME}',
			pattern: /\$\{(?:localEnv|containerEnv):([^{}$\s]{1,256})\}/g,
			positions: ALL,
		},
	],
};
