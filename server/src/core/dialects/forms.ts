import type { Position } from '../servers.ts';
import type { ReferenceForm } from './dialect.ts';

/** Reference syntaxes that several dialects share, so that a syntax is spelled in one place. */

export const ALL: readonly Position[] = ['command', 'arg', 'env', 'header', 'url', 'envFile', 'cwd', 'other'];

/** What is handed to a server: everything but paths that the host itself uses. */
export const LAUNCH: readonly Position[] = ['command', 'arg', 'env', 'header', 'url'];

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

/** `${workspaceFolder}` and its like: the first name is the example. */
export function variables(names: readonly string[]): ReferenceForm {
	const alternatives = names.map((name) => name.replace(/[/]/g, '\\/')).join('|');
	return {
		kind: 'variable',
		example: `\${${names[0]}}`,
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

/** `$NAME`, without braces. */
export function bareDollar(positions: readonly Position[]): ReferenceForm {
	return { kind: 'env', example: '$NAME', pattern: /\$([A-Za-z_][A-Za-z0-9_]{0,255})/g, positions };
}

/** `{env:NAME}` of opencode and its forks. */
export const BRACE_ENV: ReferenceForm = {
	kind: 'env',
	example: '{env:NAME}',
	pattern: /\{env:([^{}\s]{1,256})\}/g,
	positions: ALL,
};

/** `{file:path}` of opencode and its forks: the file's text stands in place of it. */
export const BRACE_FILE: ReferenceForm = {
	kind: 'variable',
	example: '{file:path}',
	pattern: /\{file:([^{}\n]{1,1024})\}/g,
	positions: ALL,
};

/**
 * For hosts that do not tell what they resolve: with these forms nothing of what people write there is called
 * unresolvable, because nobody knows.
 */
export const UNDOCUMENTED: readonly ReferenceForm[] = [ENV_COLON, shellStyle(ALL), bareDollar(ALL)];

/** `${user_config.key}`: what the person entered for a plugin or a bundle. */
export const USER_CONFIG: ReferenceForm = {
	kind: 'config',
	example: '${user_config.key}',
	pattern: /\$\{user_config\.([A-Za-z0-9_.-]{1,256})\}/g,
	positions: ALL,
};
