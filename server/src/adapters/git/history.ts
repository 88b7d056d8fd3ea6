import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isoDay } from '../../core/dates.ts';
import { dialectFor } from '../../core/dialects/index.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { Credential } from '../../core/finding.ts';
import type { AgeEvidence } from '../../core/grants/evidence.ts';
import { plainPointer } from '../../core/names-shown.ts';
import { type Fingerprint, SecretValue } from '../../core/secret-value.ts';
import { PatchReader } from './patch.ts';
import { findGit, type GitEnd, runGit } from './run.ts';

/** A secret to look for. The same fingerprint may come with several spellings (escaped and not). */
export interface SoughtSecret {
	readonly fingerprint: Fingerprint;
	readonly secret: SecretValue;
}

/** What to look for on behalf of a document: each secret as it is, and as the file spells it where escapes make that another text. */
export function soughtIn(document: Pick<ConfigDocument, 'text'>, credentials: readonly Credential[]): SoughtSecret[] {
	return credentials.flatMap(({ fingerprint, secret, span }) => {
		const written = SecretValue.of(document.text.slice(span.start, span.end));
		return written.equals(secret)
			? [{ fingerprint, secret }]
			: [
					{ fingerprint, secret },
					{ fingerprint, secret: written },
				];
	});
}

export interface GitHistory {
	readonly ages: ReadonlyMap<Fingerprint, AgeEvidence>;
	/** Why the answer may fall short, one line for people. Absent: the whole history of this path was read. */
	readonly problem?: string;
}

export interface GitLimits {
	/** Milliseconds after which the search stops with what it has found. */
	readonly deadline: number;
	/** Bytes of patch text to read at most. */
	readonly maxBytes: number;
	/** Folders to find `git` in, as `PATH` writes them. */
	readonly searchPath: string;
	/** Epoch milliseconds: what was committed later was committed under a wrong clock. Absent = as the machine says. */
	readonly now?: number;
}

const LIMITS: GitLimits = { deadline: 5_000, maxBytes: 64 * 1024 * 1024, searchPath: process.env.PATH ?? '' };

/**
 * Which commit first had each secret on this path, and before it was moved there on the paths that it came from. The secrets
 * never leave this process: git prints patches, and the search happens here. What is found is a lower bound, because the secret
 * may be older than the file.
 */
export async function firstSeen(
	path: string,
	secrets: readonly SoughtSecret[],
	limits: Partial<GitLimits> = {},
): Promise<GitHistory> {
	const { deadline, maxBytes, searchPath, now = Date.now() } = { ...LIMITS, ...limits };
	const git = findGit(searchPath);
	if (!git) return nothing('git is not installed, so the history tells no age.');
	const file = await realpath(path).catch(() => path);
	const folder = dirname(file);
	const until = Date.now() + deadline;
	const about = await runGit(git, folder, ['rev-parse', '--is-shallow-repository', '--show-prefix'], {
		until,
		maxBytes: 16 * 1024,
	});
	if (about.end === 'failed') return { ages: new Map() };
	const [shallow, prefix = ''] = about.output.toString().split('\n');
	const reader = new PatchReader(secrets, now);
	const log = async (...args: readonly string[]) => {
		const { end } = await runGit(git, folder, [...LOG, ...args], {
			until,
			maxBytes,
			read: (text) => reader.push(text),
		});
		reader.end(end === 'done' || end === 'failed');
		return end;
	};
	const configsBefore = async (commit: string) => {
		const tree = ['ls-tree', '-r', '--name-only', '--full-tree', '-z', `${commit}^1`];
		const { end, output } = await runGit(git, folder, tree, { until, maxBytes });
		const names = end === 'done' ? output.toString().split('\0') : [];
		const configs = names.filter((name) => dialectFor(`/${name}`) !== undefined || ENV_FILE.test(name));
		return configs.length > MOST_CONFIGS ? [] : configs;
	};
	const end = await log('--', basename(file));
	const limit = end === 'done' ? await followBack(reader, prefix, { log, configsBefore }) : problemOf(end);
	const ages = evidence(reader, `${prefix}${basename(file)}`, shallow === 'true');
	return limit ? { ages, problem: limit } : { ages };
}

const MOST_MOVES = 8;
const MOST_SOURCES = 20;
const MOST_CONFIGS = 50;
const ENV_FILE = /(?:^|\/)\.env(?:\.[\w-]{1,40})?$/;

interface Repository {
	readonly log: (...args: readonly string[]) => Promise<GitEnd>;
	/** The files with the name of a config that were there before this commit, from the root of the repository. */
	readonly configsBefore: (commit: string) => Promise<readonly string[]>;
}

/**
 * Goes back to the files that a secret came from: those from which the commit that brought it took it away, and the other configs of
 * that time, from one of which it may have been copied. The literal itself is the proof, so a file may change in any way while it is
 * renamed, and git does not have to guess by similarity.
 * @returns why the search ended too early
 */
async function followBack(
	reader: PatchReader,
	prefix: string,
	{ log, configsBefore }: Repository,
): Promise<string | undefined> {
	const toRoot = '../'.repeat(prefix.split('/').length - 1);
	const lookedAt = new Set<string>();
	const searched = new Set<string>();
	for (let moves = 0; ; moves++) {
		const commits = [...new Set([...reader.firstSeen.values()].map(({ commit }) => commit))].filter(
			(commit) => !lookedAt.has(commit),
		);
		if (commits.length === 0) return undefined;
		for (const commit of commits) lookedAt.add(commit);
		const end = await log('--no-walk=unsorted', '--diff-filter=MD', ...commits);
		if (end !== 'done') return problemOf(end);
		const movedFrom = [...reader.movedFrom].filter((source) => !searched.has(source));
		if (movedFrom.length > MOST_SOURCES || (moves === MOST_MOVES && movedFrom.length > 0)) return MOVED_TOO_OFTEN;
		const sources = new Set(movedFrom);
		for (const commit of commits.slice(0, MOST_SOURCES))
			for (const config of await configsBefore(commit)) if (!searched.has(config)) sources.add(config);
		if (sources.size === 0) return undefined;
		for (const source of sources) searched.add(source);
		const before = commits.map((commit) => `${commit}^@`);
		const found = await log(...before, '--', ...[...sources].map((source) => toRoot + source));
		if (found !== 'done') return problemOf(found);
	}
}

const MOVED_TOO_OFTEN =
	'A secret here was moved between files more often than is followed, so it may be older than is shown.';

/** Newest first, so that a search which is cut short has still found a true lower bound. */
const LOG = [
	'log',
	'--format=%x00%H %ct',
	'--patch',
	'-m',
	'--root',
	'--unified=0',
	'--text',
	'--no-color',
	'--no-ext-diff',
	'--no-textconv',
	'--no-show-signature',
	'--no-follow',
	'--no-renames',
	'--no-relative',
	'--src-prefix=a/',
	'--dst-prefix=b/',
	'--no-notes',
	'--no-mailmap',
	'--no-decorate',
	'--submodule=short',
] as const;

function evidence(reader: PatchReader, path: string, shallow: boolean): Map<Fingerprint, AgeEvidence> {
	return new Map(
		[...reader.firstSeen].map(([fingerprint, { commit, time, path: where }]) => {
			const how = reader.movedFrom.has(where) ? 'from where it was moved' : 'where it stood before';
			const moved = where === path || where === '' ? '' : ` (in ${plainPointer(where)}, ${how})`;
			const limit = shallow ? ' (shallow clone: older commits are not here)' : '';
			const detail = `git: first seen in commit ${commit.slice(0, 7)} on ${isoDay(time)}${moved}${limit}`;
			return [fingerprint, { since: time, precision: 'at-least', source: 'git', detail }];
		}),
	);
}

function nothing(problem: string): GitHistory {
	return { ages: new Map(), problem };
}

function problemOf(end: GitEnd): string | undefined {
	switch (end) {
		case 'done':
			return undefined;
		case 'failed':
			return 'git could not read the history of this file (a repository without commits, damaged, or owned by someone else).';
		case 'deadline':
			return 'git took too long, so only the newer part of the history was searched.';
		case 'too-large':
			return 'The history of this file is very large, so only its newer part was searched.';
	}
}
