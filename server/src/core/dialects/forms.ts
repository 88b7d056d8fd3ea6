import type { Position } from '../servers.ts';
import type { ReferenceForm } from './dialect.ts';

/** Reference syntaxes that several dialects share, so that a syntax is spelled in one place. */

const ALL: readonly Position[] = ['command', 'arg', 'env', 'header', 'url', 'envFile', 'cwd', 'other'];

export const ENV_COLON: ReferenceForm = {
	kind: 'env',
	example: '${env:NAME}',
	pattern: /\$\{env:([^{}$\s]{1,256})\}/g,
	positions: ALL,
};

export const INPUT: ReferenceForm = {
	kind: 'input',
	example: '${input:id}',
	pattern: /\$\{input:([^{}$]{1,256})\}/g,
	positions: ALL,
};

export const COMMAND: ReferenceForm = {
	kind: 'command',
	example: '${command:id}',
	pattern: /\$\{command:([^{}$]{1,256})\}/g,
	positions: ALL,
};

export const CONFIG: ReferenceForm = {
	kind: 'config',
	example: '${config:key}',
	pattern: /\$\{config:([^{}$]{1,256})\}/g,
	positions: ALL,
};

/** `${workspaceFolder}` and its like. */
export function variables(names: readonly string[]): ReferenceForm {
	const alternatives = names.map((name) => name.replace(/[/]/g, '\\/')).join('|');
	return {
		kind: 'variable',
		example: '${workspaceFolder}',
		pattern: new RegExp(`\\$\\{(${alternatives})(?::[^{}$]{1,256})?\\}`, 'g'),
		positions: ALL,
	};
}

/** `${NAME}` and `${NAME:-default}`. */
export function shellStyle(positions: readonly Position[]): ReferenceForm {
	return {
		kind: 'env',
		example: '${NAME}',
		pattern: /\$\{([A-Za-z_][A-Za-z0-9_]{0,255})(?::-([^{}]{0,1024}))?\}/g,
		positions,
	};
}
