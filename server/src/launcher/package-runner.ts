import { join } from 'node:path';
import { ensureFolder } from '../adapters/state/directory.ts';
import { type CommandToRun, hasLocalPackage, isNpmExec } from '../adapters/workload/local-code.ts';

/**
 * `npx` and `npm exec` look for the package, and for the registry to fetch it from, in the project that they run in. With
 * `--prefix` they take an empty folder for the project, while the server keeps its working folder (seen with npm 11.19). A
 * package that the project had when it was approved is run from the project: its files are part of the approval.
 */
export function awayFromProject(words: readonly string[], command: CommandToRun, stateDir: string): readonly string[] {
	if (!isNpmExec(words) || hasLocalPackage(command) || words.some(isLocalSpec)) return words;
	const neutral = join(stateDir, 'neutral');
	ensureFolder(neutral);
	const at = words[1] === 'exec' || words[1] === 'x' ? 2 : 1;
	return [...words.slice(0, at), '--prefix', neutral, ...words.slice(at)];
}

/** `npx ./server`: a folder of the project, which is part of the approval too. */
function isLocalSpec(word: string): boolean {
	return /^(?:\.{1,2}[\\/]|file:)/.test(word);
}
