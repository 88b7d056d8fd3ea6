import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { variables } from './forms.ts';
import { gemini } from './gemini.ts';

/**
 * The manifest of an extension of Gemini CLI or Qwen Code.
 *
 * Sources: google-gemini/gemini-cli packages/cli/src/config/extensions, 5411f113, read 2026-11.
 */
export const geminiExtension: Dialect = {
	...gemini,
	id: 'gemini-extension',
	name: 'Gemini CLI extension',
	readers: ['Gemini CLI', 'Qwen Code'],
	files: [
		project('gemini-extension.json'),
		project('qwen-extension.json'),
		home('.gemini/extensions/*/gemini-extension.json'),
		home('.qwen/extensions/*/qwen-extension.json'),
	],
	references: [...gemini.references, variables(['extensionPath', 'workspacePath', '/', 'pathSeparator'])],
};
