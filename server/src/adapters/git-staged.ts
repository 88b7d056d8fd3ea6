import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { MAX_CONFIG_BYTES } from './files.ts';
import { findGit, type GitRun, runGit } from './git-run.ts';

/** A file as the next commit would hold it. */
export interface StagedFile {
	/** Where it lies in the work tree, whatever lies there now. */
	readonly path: string;
	readonly content: Uint8Array;
}

export interface Staged {
	/** Sorted by path. */
	readonly files: readonly StagedFile[];
	/** What could not be read, one line each. */
	readonly problems: readonly string[];
}

export interface StagedRequest {
	/** A folder of the work tree. */
	readonly folder: string;
	/** Folders to find `git` in, as `PATH` writes them. */
	readonly searchPath: string;
	/** `GIT_INDEX_FILE`, which git sets for hooks of `git commit -a` and `git commit FILE`. */
	readonly indexFile: string | undefined;
	/** Which files to read, by their path in the work tree. */
	readonly wants: (path: string) => boolean;
}

/** A listing of a commit that touches a million files has this size. */
const MAX_LISTING = 256 * 1024 * 1024;
const DEADLINE = 60_000;

/** The staged content of changed files: what `git commit` would record, which need not be what lies in the folder. */
export async function readStaged(request: StagedRequest): Promise<Staged> {
	const git = findGit(request.searchPath);
	if (!git) return problem('git is not installed, so nothing staged can be read.');
	const until = Date.now() + DEADLINE;
	const limits = { until, maxBytes: MAX_LISTING };
	const places = await runGit(git, request.folder, ['rev-parse', '--show-toplevel', '--absolute-git-dir'], limits);
	const [root, gitFolder] = places.output.toString().split('\n');
	if (places.end !== 'done' || !root || !gitFolder) {
		return problem(
			'this folder is in no git work tree, or the repository belongs to somebody else, so nothing staged can be read.',
		);
	}
	const index = await indexFile(request, gitFolder);
	if (index === 'elsewhere') {
		return problem('GIT_INDEX_FILE names no index of this repository, so nothing staged was read. Unset it.');
	}
	const listing = await runGit(git, root, LIST, { ...limits, ...index });
	if (listing.end !== 'done') return problem('git could not list what is staged.');
	const wanted = stagedBlobs(listing.output, root).filter(({ path }) => request.wants(path));
	const read = [];
	for (const { path, blob } of wanted) {
		const run = await runGit(git, root, ['cat-file', 'blob', blob], { until, maxBytes: MAX_CONFIG_BYTES });
		read.push({ path, run });
	}
	return {
		files: read.filter(({ run }) => run.end === 'done').map(({ path, run }) => ({ path, content: run.output })),
		problems: read.flatMap(({ path, run }) => failure(path, run)),
	};
}

/** `--raw` tells the objects themselves, so that no path is ever handed back to git. */
const LIST = [
	'diff',
	'--cached',
	'--raw',
	'-z',
	'--no-abbrev',
	'--no-renames',
	'--diff-filter=AMT',
	'--no-ext-diff',
	'--no-textconv',
	'--ignore-submodules=all',
	'--no-color',
];

interface Blob {
	readonly path: string;
	readonly blob: string;
}

/** `:<old mode> <mode> <old object> <object> <status>` NUL path NUL. Links and submodules are no configs. */
function stagedBlobs(listing: Buffer, root: string): Blob[] {
	const fields = listing.toString().split('\0');
	const blobs: Blob[] = [];
	for (let i = 0; i + 1 < fields.length; i += 2) {
		const blob = /^:[0-7]{6} 100[0-7]{3} [0-9a-f]{40,64} ([0-9a-f]{40,64}) [A-Z]/.exec(fields[i]!)?.[1];
		if (blob) blobs.push({ path: join(root, fields[i + 1]!), blob });
	}
	return blobs.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A variable of the environment may choose another index of this repository, and nothing else. */
async function indexFile({ folder, indexFile: named }: StagedRequest, gitFolder: string) {
	if (!named) return {};
	try {
		const file = await realpath(resolve(folder, named));
		const below = relative(await realpath(gitFolder), file);
		return below.startsWith('..') || isAbsolute(below) ? 'elsewhere' : { indexFile: file };
	} catch {
		// git would take a file that is not there for an empty index, and nothing would be looked at.
		return 'elsewhere';
	}
}

function failure(path: string, { end }: GitRun): string[] {
	if (end === 'done') return [];
	if (end !== 'too-large') return [`${path} as it is staged cannot be read: git does not hand it out.`];
	const limit = MAX_CONFIG_BYTES / 1024 / 1024;
	return [`${path} as it is staged is larger than ${limit} MB, so it is not read: no MCP host keeps such a config.`];
}

function problem(message: string): Staged {
	return { files: [], problems: [message] };
}
