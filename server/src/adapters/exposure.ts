import { realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Exposure } from '../core/rules/rule.ts';
import { findGit, runGit } from './git/run.ts';

export interface ExposureLimits {
	/** Milliseconds after which git is stopped; what it did not say is unknown then. */
	readonly deadline: number;
	/** Folders to find `git` in, as `PATH` writes them. */
	readonly searchPath: string;
}

const LIMITS: ExposureLimits = { deadline: 5_000, searchPath: process.env.PATH ?? '' };

/**
 * Who else gets this file: what git does with it, who may read it, whether VS Code has uploaded it. Starts git, so it is for
 * trusted folders only. Never throws; what cannot be found out is absent.
 */
export async function exposureOf(path: string, limits: Partial<ExposureLimits> = {}): Promise<Exposure> {
	const file = await realpath(path).catch(() => undefined);
	if (file === undefined) return {};
	const [git, permissions, synced] = await Promise.all([
		gitFacts(file, { ...LIMITS, ...limits }),
		permissionsOf(file),
		isSynced(path),
	]);
	return { ...(git ? { git } : {}), ...permissions, ...(synced === undefined ? {} : { synced }) };
}

/** Undefined outside of a repository, and in one that belongs to somebody else. */
async function gitFacts(file: string, { deadline, searchPath }: ExposureLimits): Promise<Exposure['git']> {
	const git = findGit(searchPath);
	if (!git) return undefined;
	const options = { until: Date.now() + deadline, maxBytes: 64 * 1024 };
	const ask = (args: readonly string[]) => runGit(git, dirname(file), [...personalIgnores(), ...args], options);
	const listed = await ask(['ls-files', '-t', '--cached', '--others', '--exclude-standard', '--', basename(file)]);
	if (listed.end !== 'done') return undefined;
	const line = listed.output.toString();
	if (line === '') return { tracked: false, ignored: true };
	if (line.startsWith('?')) return { tracked: false, ignored: false };
	const counted = await ask(['rev-list', '--count', 'HEAD', '--', basename(file)]);
	// Without any commit there is no HEAD.
	const isUnborn = counted.end === 'failed' && (await ask(['rev-parse', '--verify', '-q', 'HEAD'])).end === 'failed';
	const commits = counted.end === 'done' ? Number(counted.output.toString()) : isUnborn ? 0 : undefined;
	return { tracked: true, ignored: false, ...(commits === undefined ? {} : { commits }) };
}

/** The person's own list of what is never committed, where git looks for it by itself; it is read, and names no program. */
function personalIgnores(): string[] {
	return ['-c', `core.excludesFile=${join(userInfo().homedir, '.config', 'git', 'ignore')}`];
}

/** Windows has lists of rights and no mode; who may read there is not known. */
async function permissionsOf(file: string): Promise<Pick<Exposure, 'mode' | 'readableByOthers'>> {
	if (process.platform === 'win32') return {};
	try {
		const mode = (await stat(file)).mode & 0o777;
		return { mode, readableByOthers: (mode & 0o004) !== 0 && (await canBeReached(file)) };
	} catch {
		return {};
	}
}

/** May others pass every folder above the file? */
async function canBeReached(file: string): Promise<boolean> {
	for (let folder = dirname(file); ; folder = dirname(folder)) {
		if (((await stat(folder)).mode & 0o001) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}

/** Files of VS Code's user folder that are a resource of Settings Sync, by name. */
const SYNCED: ReadonlyMap<string, string> = new Map([
	['mcp.json', 'mcp'],
	['settings.json', 'settings'],
]);

/**
 * VS Code keeps what it synchronised last in `User/sync/<resource>/lastSync<resource>.json`, for a profile in
 * `User/sync/<profile>/<resource>/` (microsoft/vscode src/vs/platform/userDataSync/common/abstractSynchronizer.ts, read
 * 2026-11). Undefined for every other file.
 */
async function isSynced(path: string): Promise<boolean | undefined> {
	const resource = SYNCED.get(basename(path));
	if (resource === undefined) return undefined;
	const folder = dirname(path);
	const profile = basename(dirname(folder)) === 'profiles' ? basename(folder) : undefined;
	const user = profile === undefined ? folder : dirname(dirname(folder));
	if (basename(user) !== 'User') return undefined;
	const record = join(user, 'sync', ...(profile === undefined ? [] : [profile]), resource, `lastSync${resource}.json`);
	return stat(record).then(
		() => true,
		() => false,
	);
}
