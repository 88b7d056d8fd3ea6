import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { MAX_CONFIG_BYTES } from '../files.ts';
import { findGit, type GitRun, runGit } from './run.ts';

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
}

/** A listing of a commit that touches a million files has this size. */
const MAX_LISTING = 256 * 1024 * 1024;
const DEADLINE = 60_000;

/** The staged content of files: what `git commit` would record, which need not be what lies in the folder. A text is why there is none. */
export async function openStaged(request: StagedRequest): Promise<StagedTree | string> {
	const git = findGit(request.searchPath);
	if (!git) return 'git is not installed, so nothing staged can be read.';
	const until = Date.now() + DEADLINE;
	const limits = { until, maxBytes: MAX_LISTING };
	const places = await runGit(git, request.folder, ['rev-parse', '--show-toplevel', '--absolute-git-dir'], limits);
	const [root, gitFolder] = places.output.toString().split('\n');
	if (places.end !== 'done' || !root || !gitFolder)
		return 'this folder is in no git work tree, or the repository belongs to somebody else, so nothing staged can be read.';
	const index = await indexFile(request, gitFolder);
	if (index === 'elsewhere')
		return 'GIT_INDEX_FILE names no index of this repository, so nothing staged was read. Unset it.';
	const ask: Ask = (args, maxBytes = MAX_LISTING) => runGit(git, root, args, { until, maxBytes, ...index });
	const listing = await ask(LIST);
	if (listing.end !== 'done') return 'git could not list what is staged.';
	return new StagedTree(ask, root, changedBlobs(listing.output, root));
}

type Ask = (args: readonly string[], maxBytes?: number) => Promise<GitRun>;

export class StagedTree {
	readonly #ask: Ask;
	readonly #root: string;
	readonly #changed: readonly Blob[];

	constructor(ask: Ask, root: string, changed: readonly Blob[]) {
		this.#ask = ask;
		this.#root = root;
		this.#changed = changed;
	}

	/** Is there a changed file that this fits? */
	hasChanged(wants: (path: string) => boolean): boolean {
		return this.#changed.some(({ path }) => wants(path));
	}

	/** Of the files that the commit changes. */
	changed(wants: (path: string) => boolean): Promise<Staged> {
		return this.#read(this.#changed.filter(({ path }) => wants(path)));
	}

	/** Of all files of the next commit that hold one of these texts. */
	async mentioning(texts: readonly string[], wants: (path: string) => boolean): Promise<Staged> {
		const patterns = texts.flatMap((text) => ['-e', text]);
		const found = await this.#ask(['grep', '--cached', '--full-name', '-lzF', '--no-textconv', ...patterns]);
		// No match is a failure to git as well.
		const names = new Set(fieldsOf(found.output).map((name) => join(this.#root, name)));
		const wanted = [...names].filter(wants);
		if (wanted.length === 0) return { files: [], problems: [] };
		const listing = await this.#ask(['ls-files', '--stage', '-z', '--full-name']);
		if (listing.end !== 'done') return { files: [], problems: ['git could not list the files of the next commit.'] };
		const kept = new Set(wanted);
		return this.#read(indexedBlobs(listing.output, this.#root).filter(({ path }) => kept.has(path)));
	}

	async #read(blobs: readonly Blob[]): Promise<Staged> {
		const files: StagedFile[] = [];
		const problems: string[] = [];
		for (const { path, blob } of blobs) {
			const run = await this.#ask(['cat-file', 'blob', blob], MAX_CONFIG_BYTES);
			if (run.end === 'done') files.push({ path, content: run.output });
			problems.push(...failure(path, run));
		}
		return { files, problems };
	}
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

function fieldsOf(output: Buffer): string[] {
	return output.toString().split('\0').slice(0, -1);
}

/** `<mode> <object> <stage>` TAB path NUL. Links and submodules are no configs. */
function indexedBlobs(listing: Buffer, root: string): Blob[] {
	return fieldsOf(listing).flatMap((field) => {
		const found = /^100[0-7]{3} ([0-9a-f]{40,64}) 0\t/.exec(field);
		return found ? [{ path: join(root, field.slice(found[0].length)), blob: found[1]! }] : [];
	});
}

/** `:<old mode> <mode> <old object> <object> <status>` NUL path NUL. */
function changedBlobs(listing: Buffer, root: string): Blob[] {
	const fields = fieldsOf(listing);
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
