import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type ConfigFile, decode } from '../adapters/files.ts';
import { openStaged, type Staged, type StagedTree } from '../adapters/git/staged.ts';
import { dialectFor, dialectForContent } from '../core/dialects/index.ts';
import { couldBeConfig } from './config-names.ts';
import type { Context } from './context.ts';
import { collectEnvFiles, type EnvFiles, namedBy, type Sources } from './env-files.ts';
import { type Source, sourceAt } from './source.ts';

/**
 * The configs among what git would commit, as git would commit them, with the `.env` files that are to be committed as well. Paths
 * narrow it down, as a hook that passes names does.
 */
export async function stagedSources(paths: readonly string[], context: Context): Promise<Sources> {
	// git answers with real paths.
	const cwd = realpathSync(context.cwd);
	const only = paths.map((path) => real(resolve(cwd, path)));
	const tree = await openStaged({
		folder: cwd,
		searchPath: context.env.PATH ?? '',
		indexFile: context.env.GIT_INDEX_FILE,
	});
	if (typeof tree === 'string') return { read: [], problems: [tree] };
	const isAsked = (path: string) => only.length === 0 || only.some((place) => isIn(path, place));
	const here = { ...context, cwd };
	const configs = configsIn(await tree.changed((path) => couldBeConfig(path, context.home) && isAsked(path)), here);
	return { ...configs, envFiles: await stagedEnvFiles(tree, configs.read, isAsked, here) };
}

function configsIn({ files, problems }: Staged, { home, cwd }: Context): Sources {
	const read = files.map(({ path, content }): Source | string | undefined => {
		const { text } = decode(content);
		const match = dialectFor(path, home) ?? dialectForContent(path, text, home);
		return match && sourceAt({ path, ...match }, text, cwd);
	});
	return {
		read: read.filter((source) => typeof source === 'object'),
		problems: [...problems, ...read.filter((source) => typeof source === 'string')],
	};
}

/** How configs name a `.env` file. */
const NAMING = ['envFile', 'env_file', '--env-file'];

/**
 * The staged `.env` files that servers name: those of configs which are staged too, and those of configs that stay as they are. Nothing is
 * read from the folder, wherever a config points.
 */
async function stagedEnvFiles(
	tree: StagedTree,
	configs: readonly Source[],
	isAsked: (path: string) => boolean,
	context: Context,
): Promise<EnvFiles> {
	const isOther = (path: string) => isAsked(path) && !couldBeConfig(path, context.home);
	const isNaming = (path: string) => couldBeConfig(path, context.home) && !configs.some(({ file }) => file === path);
	const unchanged = tree.hasChanged(isOther)
		? configsIn(await tree.mentioning(NAMING, isNaming), context)
		: { read: [], problems: [] };
	const own = namedBy(configs, context);
	const others = namedBy(unchanged.read, context).filter(({ path }) => isAsked(path));
	const named = new Set([...own, ...others].map(({ path }) => path));
	const { files, problems } = await tree.changed((path) => named.has(path));
	const texts = new Map(files.map(({ path, content }): [string, ConfigFile] => [path, decode(content)]));
	const found = collectEnvFiles(
		[...own, ...others],
		configs,
		context,
		(path) => texts.get(path) ?? { state: 'absent' },
	);
	return { ...found, problems: [...unchanged.problems, ...problems, ...found.problems] };
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
