import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { decode } from '../adapters/files.ts';
import { readStaged } from '../adapters/git-staged.ts';
import { dialectFor, dialectForContent } from '../core/dialects/index.ts';
import { couldBeConfig } from './config-names.ts';
import type { Context } from './context.ts';
import { type Source, type Sources, sourceAt } from './source.ts';

/** The configs among what git would commit, as git would commit them. Paths narrow it down, as a hook that passes names does. */
export async function stagedSources(paths: readonly string[], context: Context): Promise<Sources> {
	// git answers with real paths.
	const cwd = realpathSync(context.cwd);
	const only = paths.map((path) => real(resolve(cwd, path)));
	const { files, problems } = await readStaged({
		folder: cwd,
		searchPath: context.env.PATH ?? '',
		indexFile: context.env.GIT_INDEX_FILE,
		wants: (path) =>
			couldBeConfig(path, context.home) && (only.length === 0 || only.some((place) => isIn(path, place))),
	});
	const read = files.map(({ path, content }): Source | string | undefined => {
		const { text } = decode(content);
		const match = dialectFor(path, context.home) ?? dialectForContent(path, text, context.home);
		return match && sourceAt({ path, ...match }, text, cwd);
	});
	return {
		read: read.filter((source) => typeof source === 'object'),
		problems: [...problems, ...read.filter((source) => typeof source === 'string')],
	};
}

/** A file that is staged may be gone from the folder. */
function real(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

function isIn(path: string, place: string): boolean {
	const below = relative(place, path);
	return below === '' || !/^\.\.(?:[\\/]|$)/.test(below);
}
