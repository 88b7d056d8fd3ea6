import { createHash, randomUUID } from 'node:crypto';
import {
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	rmSync,
	symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ensureFolder } from '../state/directory.ts';
import { posixShim, type Runtime, windowsShim } from './scripts.ts';

export interface ShimRequest {
	readonly stateDir: string;
	/** The folder of the built bundles, which an update of the extension removes. */
	readonly distDir: string;
	/** Best first. */
	readonly runtimes: readonly Runtime[];
	/** Folder on most people's PATH that gets a link, if it exists. Default: `~/.local/bin`. */
	readonly linkFolder?: string;
}

export interface InstalledShim {
	/** Stable path of the command, for user-level configs. */
	readonly command: string;
	readonly binFolder: string;
	/** Where `mcp-hygiene` alone is found, if a link was made or is there. */
	readonly link?: string;
}

/** The programs, and what says how to read them and which version they are. */
export const COPIED = [
	...['launcher.js', 'launch.js', 'bound.js', 'connect.js', 'formats.js'],
	...['cli.js', 'scan.js', 'more.js', 'commands.js', 'issuers.js', 'postgres.js', 'data.json'],
	'package.json',
];

/**
 * Puts the launcher into the state directory, where it outlives updates of the extension: the bundles in a folder that is named
 * by their content, and a small script that starts them. Doing it again changes nothing.
 */
export async function installShim({ stateDir, distDir, runtimes, linkFolder }: ShimRequest): Promise<InstalledShim> {
	const keyring = keyringPackages(distDir);
	const version = versionOf(distDir, keyring);
	const lib = join(stateDir, 'lib', version);
	ensureFolder(join(stateDir, 'lib'));
	if (!existsSync(lib)) copyBundles(distDir, keyring, lib);
	const binFolder = join(stateDir, 'bin');
	ensureFolder(binFolder);
	const command = shimPath(stateDir);
	const previous = currentVersion(command);
	await writeIfChanged(join(binFolder, 'mcp-hygiene'), posixShim({ lib, runtimes }), 0o755);
	if (process.platform === 'win32')
		await writeIfChanged(join(binFolder, 'mcp-hygiene.cmd'), windowsShim({ lib, runtimes }), 0o755);
	removeOthers(join(stateDir, 'lib'), new Set([version, previous ?? version]));
	const link = linkIn(linkFolder ?? join(userInfo().homedir, '.local', 'bin'), command);
	return { command, binFolder, ...(link ? { link } : {}) };
}

/** The script that hosts start. */
export function shimPath(stateDir: string, platform: NodeJS.Platform = process.platform): string {
	return join(stateDir, 'bin', platform === 'win32' ? 'mcp-hygiene.cmd' : 'mcp-hygiene');
}

/**
 * What a config should name. Project files are shared, so they name the command bare and each colleague's PATH finds their own;
 * user files name the stable path, because applications started from a menu or the Dock have a short PATH.
 */
export function launcherCommand(scope: 'workspace' | 'user', stateDir: string): string {
	return scope === 'workspace' ? 'mcp-hygiene' : shimPath(stateDir);
}

/** The keyring package and the binaries beside it, as the bundles would find them. */
function keyringPackages(distDir: string): string[] {
	const manifest = createRequire(join(distDir, 'launcher.js')).resolve('@napi-rs/keyring/package.json');
	const scope = dirname(dirname(manifest));
	return readdirSync(scope)
		.filter((name) => name === 'keyring' || name.startsWith('keyring-'))
		.map((name) => join(scope, name));
}

function versionOf(distDir: string, keyring: readonly string[]): string {
	const hash = createHash('sha256');
	for (const name of COPIED) hash.update(name).update(readFileSync(join(distDir, name)));
	for (const folder of keyring) hash.update(basename(folder)).update(readFileSync(join(folder, 'package.json')));
	return hash.digest('hex').slice(0, 16);
}

/** Copied aside and then renamed, so that a folder with the right name is always whole. */
function copyBundles(distDir: string, keyring: readonly string[], lib: string): void {
	const aside = `${lib}.${randomUUID()}`;
	mkdirSync(join(aside, 'node_modules', '@napi-rs'), { recursive: true, mode: 0o700 });
	for (const name of COPIED) cpSync(join(distDir, name), join(aside, name));
	for (const folder of keyring) {
		cpSync(realpathSync(folder), join(aside, 'node_modules', '@napi-rs', basename(folder)), { recursive: true });
	}
	try {
		renameSync(aside, lib);
	} catch (error) {
		rmSync(aside, { recursive: true, force: true });
		// Another window was faster.
		if (!existsSync(lib)) throw error;
	}
}

async function writeIfChanged(path: string, text: string, mode: number): Promise<void> {
	if (readIfPresent(path) === text) return;
	await writeFileAtomic(path, text, { mode });
}

/** The version that the installed script starts. */
function currentVersion(command: string): string | undefined {
	return /[\\/]lib[\\/]([0-9a-f]{16})\b/.exec(readIfPresent(command) ?? '')?.[1];
}

/** Servers that start at this moment may still load the previous version; older ones are gone, or go with a later installation. */
function removeOthers(folder: string, keep: ReadonlySet<string>): void {
	for (const name of readdirSync(folder)) {
		const path = join(folder, name);
		if (/^[0-9a-f]{16}(?:\.gone)?$/.test(name) && !keep.has(name)) removeVersion(path);
		if (ASIDE.test(name) && isAbandoned(path)) rmSync(path, { recursive: true, force: true });
	}
}

/** What {@link copyBundles} made, and could not rename because its process ended. */
const ASIDE = /^[0-9a-f]{16}\.[0-9a-f-]{36}$/;
/** No copy takes this long; in milliseconds. */
const COPIED_BY_NOW = 3_600_000;

function isAbandoned(path: string): boolean {
	const made = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
	return made !== undefined && Date.now() - made > COPIED_BY_NOW;
}

/** Renamed first, so that no half of it has the right name. */
function removeVersion(lib: string): void {
	const gone = `${lib.replace(/\.gone$/, '')}.gone`;
	try {
		if (gone !== lib) renameSync(lib, gone);
		rmSync(gone, { recursive: true, force: true });
	} catch {
		// Windows keeps what a running server has loaded, and another window may be removing it.
	}
}

/** Makes `mcp-hygiene` a command, where that needs no change of PATH and takes nobody's name. */
function linkIn(folder: string, command: string): string | undefined {
	if (process.platform === 'win32' || !existsSync(folder)) return undefined;
	const link = join(folder, 'mcp-hygiene');
	if (!lstatSync(link, { throwIfNoEntry: false })) {
		try {
			symlinkSync(command, link);
		} catch {
			return undefined;
		}
	}
	return readsAs(link) === readsAs(command) ? link : undefined;
}

function readsAs(path: string): string | undefined {
	try {
		return realpathSync(path);
	} catch {
		return undefined;
	}
}

function readIfPresent(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
