import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { gemini } from './gemini.ts';

/**
 * Qwen Code, built on Gemini CLI: its settings have the same form.
 *
 * Sources: QwenLM/qwen-code packages/cli/src/utils/envVarResolver.ts, 38754ef2, read 2026-11; the rest taken over
 * from Gemini CLI.
 */
export const qwen: Dialect = {
	...gemini,
	id: 'qwen',
	name: 'Qwen Code',
	readers: ['Qwen Code'],
	files: [project('.qwen/settings.json'), home('.qwen/settings.json')],
};
