import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { HashedFile } from '../../core/bindings/binding.ts';

/** A command line with the host's variables in place, and where it runs. */
export interface CommandToRun {
	/** Real path, where it is worth watching: the programs of a person's own folders are updated by package managers. */
	readonly executable: string | undefined;
	/** Index 0 is the command. A text that only the host knows is absent. */
	readonly words: readonly (string | undefined)[];
	readonly cwd: string;
	/** Folders whose content others can change: the workspace's, or this person's home for a user-level entry. */
	readonly watched: readonly string[];
}

const CODE = /\.(?:[cm]?[jt]sx?|py|pyz|sh|bash|zsh|rb|pl|php|lua|jar|ps1|bat|cmd|exe|wasm)$/i;

/**
 * Files that decide what a command line runs while its text stays the same. They cover the entry file and the manifests that
 * name it, not what that file imports.
 */
export function localCode(command: CommandToRun): HashedFile[] {
	const paths = new Set<string>();
	if (command.executable && isWatched(command.executable, command.watched)) paths.add(command.executable);
	for (const path of [
		...filesInArguments(command),
		...entryOfInterpreter(command),
		...pythonModule(command),
		...manifests(command),
	]) {
		if (isFile(path) && isWatched(path, command.watched)) paths.add(path);
	}
	return [...paths].toSorted().map((path) => ({ path, sha256: hashFile(path) }));
}

function isWatched(path: string, watched: readonly string[]): boolean {
	return watched.some((folder) => isInside(path, folder) || isInside(realPath(path), folder));
}

export function isInside(path: string, folder: string): boolean {
	const way = relative(folder, path);
	return (
		way === '' ||
		(!way.startsWith(`..${sep}`) && way !== '..' && way !== path && resolve(folder, way) === resolve(path))
	);
}

function realPath(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}

/** Flags that move the folder a tool works in: `uv --directory DIR run server.py`. */
const FOLDER_FLAGS = new Set(['--directory', '--project', '--prefix', '--cwd', '--dir', '-C']);

function folders({ words, cwd }: CommandToRun): string[] {
	const moved = words.flatMap((word, i) => {
		const next = words[i + 1];
		if (word !== undefined && FOLDER_FLAGS.has(word) && next !== undefined) return [resolve(cwd, next)];
		const [flag, value] = splitFlag(word ?? '');
		return value !== undefined && FOLDER_FLAGS.has(flag) ? [resolve(cwd, value)] : [];
	});
	return [cwd, ...moved];
}

function splitFlag(word: string): readonly [string, string | undefined] {
	const equals = word.startsWith('-') ? word.indexOf('=') : -1;
	return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** Arguments that are files of code, also after `--flag=`. Data files may change: a database is no code. */
function filesInArguments(command: CommandToRun): string[] {
	return command.words.slice(1).flatMap((word) => {
		if (word === undefined) return [];
		const [, value] = splitFlag(word);
		return folders(command)
			.flatMap((folder) => [word, ...(value ? [value] : [])].map((text) => resolve(folder, text)))
			.filter((path) => isFile(path) && isCode(path));
	});
}

function isCode(path: string): boolean {
	return CODE.test(path) || firstBytes(path) === '#!';
}

const INTERPRETER =
	/^(?:node|nodejs|bun|deno|tsx|ts-node|python[0-9.]{0,5}|pypy3?|uv|ruby|php|perl|electron)(?:\.exe)?$/i;

/** `node .` and `node server` name a folder or a file without its ending. */
function entryOfInterpreter(command: CommandToRun): string[] {
	if (!INTERPRETER.test(basename(command.words[0] ?? ''))) return [];
	const entry = command.words.slice(1).find((word) => word !== undefined && !word.startsWith('-') && word !== 'run');
	if (entry === undefined) return [];
	return folders(command)
		.map((folder) => resolve(folder, entry))
		.flatMap((path) => [
			path,
			...['.js', '.cjs', '.mjs', '.ts', '.py'].map((ending) => path + ending),
			...['package.json', 'index.js', 'index.ts', '__main__.py'].map((name) => join(path, name)),
		]);
}

/** `python -m mod`: Python looks into the working folder first. */
function pythonModule(command: CommandToRun): string[] {
	const at = command.words.indexOf('-m');
	const name = at > 0 ? command.words[at + 1] : undefined;
	if (name === undefined || !/^[A-Za-z_][A-Za-z0-9_.]{0,255}$/.test(name)) return [];
	return folders(command).flatMap((folder) => {
		const path = join(folder, ...name.split('.'));
		const top = join(folder, name.split('.')[0]!);
		return [`${path}.py`, join(path, '__main__.py'), join(path, '__init__.py'), join(top, '__init__.py')];
	});
}

/**
 * Files in the working folder, or above it, which tell a tool what to run or where to fetch it from. `npx` and `npm exec` have
 * none here, because the launcher starts them away from the project (see `package-runner.ts`); `uvx` reads no project files
 * (docs.astral.sh/uv/concepts/configuration-files, read 2026-11).
 */
const MANIFESTS: Readonly<Record<string, readonly string[]>> = {
	npm: ['package.json', '.npmrc'],
	pnpm: ['package.json', '.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs'],
	pnpx: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs'],
	yarn: ['package.json', '.yarnrc.yml', '.yarnrc', '.npmrc', '.pnp.cjs'],
	bun: ['package.json', 'bunfig.toml', '.npmrc'],
	bunx: ['bunfig.toml', '.npmrc'],
	deno: ['deno.json', 'deno.jsonc', 'package.json', '.npmrc'],
	uv: ['pyproject.toml', 'uv.toml', 'uv.lock'],
	poetry: ['pyproject.toml', 'poetry.toml'],
	pipenv: ['Pipfile', 'Pipfile.lock'],
	hatch: ['pyproject.toml', 'hatch.toml'],
	make: ['Makefile', 'makefile', 'GNUmakefile'],
	just: ['justfile', 'Justfile', '.justfile'],
	task: ['Taskfile.yml', 'Taskfile.yaml'],
	cargo: ['Cargo.toml', '.cargo/config.toml'],
	go: ['go.mod', 'go.work'],
	'docker-compose': ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml', '.env'],
};

function manifests(command: CommandToRun): string[] {
	const names = [...(manifestNames(command.words) ?? []), ...localPackages(command.words)];
	if (names.length === 0) return [];
	return folders(command).flatMap((folder) =>
		upwards(folder, command.watched).flatMap((above) => names.map((name) => join(above, name))),
	);
}

function manifestNames(words: Words): readonly string[] | undefined {
	const tool = toolOf(words);
	if (isNpmExec(words) || (tool === 'uv' && words[1] === 'tool')) return undefined;
	const key = tool === 'docker' && words[1] === 'compose' ? 'docker-compose' : tool;
	return Object.hasOwn(MANIFESTS, key) ? MANIFESTS[key] : undefined;
}

type Words = readonly (string | undefined)[];

function toolOf(words: Words): string {
	return basename(words[0] ?? '').replace(/\.(?:cmd|exe|ps1)$/i, '');
}

export function isNpmExec(words: Words): boolean {
	const tool = toolOf(words);
	return tool === 'npx' || (tool === 'npm' && (words[1] === 'exec' || words[1] === 'x'));
}

/** Runners that prefer a package of the project over the registry's. */
const LOCAL_FIRST = new Set(['npx', 'bunx', 'bun', 'npm', 'yarn', 'pnpm']);

/** Where such a runner finds the packages that the command line names, relative to the project. */
function localPackages(words: Words): string[] {
	if (!LOCAL_FIRST.has(toolOf(words))) return [];
	return words.slice(1).flatMap((word) => {
		const name = /^(@[a-z0-9._~-]{1,214}\/)?([a-z0-9._~-]{1,214})(?:@.{0,256})?$/i.exec(word ?? '');
		if (!name || word?.startsWith('-')) return [];
		return [`node_modules/.bin/${name[2]}`, `node_modules/${name[1] ?? ''}${name[2]}/package.json`];
	});
}

/** Does the project hold a package that this `npx` would run? Then that one was approved, and is run. */
export function hasLocalPackage(command: CommandToRun): boolean {
	return localPackages(command.words).some((name) =>
		folders(command).some((folder) => upwards(folder, command.watched).some((above) => isFile(join(above, name)))),
	);
}

/** The folder and those above it, as far as they are watched. */
function upwards(folder: string, watched: readonly string[]): string[] {
	const chain = [folder];
	for (let at = dirname(folder); isWatched(at, watched) && at !== chain.at(-1); at = dirname(at)) chain.push(at);
	return chain;
}

function isFile(path: string): boolean {
	try {
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

function firstBytes(path: string): string {
	let handle: number | undefined;
	try {
		handle = openSync(path, 'r');
		const buffer = Buffer.alloc(2);
		readSync(handle, buffer, 0, 2, 0);
		return buffer.toString('latin1');
	} catch {
		return '';
	} finally {
		if (handle !== undefined) closeSync(handle);
	}
}

/** SHA-256 in hex, in pieces, so that a large program does not fill the memory. */
/** As {@link hashFile} would hash a file of this text in UTF-8. */
export function hashText(text: string): string {
	return newHash().update(text).digest('hex');
}

/** Loaded when there is something to hash: most command lines run no code of the workspace. */
function newHash() {
	return process.getBuiltinModule('node:crypto').createHash('sha256');
}

export function hashFile(path: string): string {
	const hash = newHash();
	const handle = openSync(path, 'r');
	try {
		const buffer = Buffer.allocUnsafe(1 << 16);
		for (let length = readSync(handle, buffer); length > 0; length = readSync(handle, buffer))
			hash.update(buffer.subarray(0, length));
	} finally {
		closeSync(handle);
	}
	return hash.digest('hex');
}
