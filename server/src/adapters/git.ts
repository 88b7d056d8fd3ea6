import { type ChildProcess, spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute } from 'node:path';
import type { ConfigDocument } from '../core/document.ts';
import type { AgeEvidence } from '../core/evidence.ts';
import type { Credential } from '../core/finding.ts';
import { type Fingerprint, SecretValue } from '../core/secret-value.ts';
import { findExecutable } from './executable.ts';
import { PatchReader } from './git-patch.ts';

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
}

const LIMITS: GitLimits = { deadline: 5_000, maxBytes: 64 * 1024 * 1024, searchPath: process.env.PATH ?? '' };

/**
 * Which commit first had each secret on this path. The secrets never leave this process: git prints the path's patches,
 * and the search happens here. What is found is a lower bound, because the secret may be older than the file, and because
 * renames are not followed.
 */
export async function firstSeen(
	path: string,
	secrets: readonly SoughtSecret[],
	limits: Partial<GitLimits> = {},
): Promise<GitHistory> {
	const { deadline, maxBytes, searchPath } = { ...LIMITS, ...limits };
	const until = Date.now() + deadline;
	const git = findGit(searchPath);
	if (!git) return nothing('git is not installed, so the history tells no age.');
	const file = await realpath(path).catch(() => path);
	const shallow = await runGit(git, file, ['rev-parse', '--is-shallow-repository'], until, 1024);
	if (shallow.end === 'failed') return { ages: new Map() };
	const reader = new PatchReader(secrets);
	const { end } = await runGit(git, file, [...LOG, basename(file)], until, maxBytes, reader);
	const ages = evidence(reader, shallow.text.trim() === 'true');
	const problem = problemOf(end);
	return problem ? { ages, problem } : { ages };
}

/** Newest first, so that a search which is cut short has still found a true lower bound. */
const LOG = [
	'log',
	'--format=%x00%H %ct',
	'--patch',
	'-m',
	'--unified=0',
	'--text',
	'--no-color',
	'--no-ext-diff',
	'--no-textconv',
	'--no-show-signature',
	'--no-follow',
	'--no-renames',
	'--no-notes',
	'--no-mailmap',
	'--no-decorate',
	'--submodule=short',
	'--',
] as const;

/** Overrides what a repository's own configuration could make git run or fetch. */
const CONFIG = [
	'core.hooksPath=/dev/null',
	'core.fsmonitor=false',
	'core.untrackedCache=false',
	'core.attributesFile=/dev/null',
	'core.pager=cat',
	'core.sshCommand=false',
	'core.askPass=false',
	'log.showSignature=false',
	'gpg.program=false',
	'diff.external=',
	'diff.orderFile=/dev/null',
	'protocol.allow=never',
	'safe.bareRepository=explicit',
	'gc.auto=0',
	'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** Built here, because an inherited `GIT_*` variable could name another repository, program or configuration. */
function environment(): Record<string, string> {
	return {
		LC_ALL: 'C',
		GIT_CONFIG_NOSYSTEM: '1',
		GIT_CONFIG_SYSTEM: '/dev/null',
		GIT_CONFIG_GLOBAL: '/dev/null',
		GIT_ATTR_NOSYSTEM: '1',
		GIT_OPTIONAL_LOCKS: '0',
		GIT_NO_LAZY_FETCH: '1',
		// Versions without GIT_NO_LAZY_FETCH (before 2.45) stop here: no transport has this name.
		GIT_ALLOW_PROTOCOL: 'none',
		GIT_TERMINAL_PROMPT: '0',
		GIT_LITERAL_PATHSPECS: '1',
		GIT_PAGER: 'cat',
		...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
	};
}

type End = 'done' | 'failed' | 'deadline' | 'too-large';

interface GitRun {
	readonly end: End;
	/** Empty when a reader took the output. */
	readonly text: string;
}

function runGit(
	git: string,
	file: string,
	args: readonly string[],
	until: number,
	maxBytes: number,
	reader?: PatchReader,
): Promise<GitRun> {
	// `-C` and not `cwd`: Windows looks for programs in the current folder first.
	const child = spawn(git, ['--no-pager', ...CONFIG, '-C', dirname(file), ...args], {
		env: environment(),
		stdio: ['ignore', 'pipe', 'ignore'],
		windowsHide: true,
	});
	return collect(child, until, maxBytes, reader);
}

function collect(
	child: ChildProcess,
	until: number,
	maxBytes: number,
	reader: PatchReader | undefined,
): Promise<GitRun> {
	return new Promise((resolve) => {
		let text = '';
		let bytes = 0;
		let stopped: End | undefined;
		const stop = (why: End) => {
			stopped ??= why;
			child.kill('SIGKILL');
		};
		const timer = setTimeout(() => stop('deadline'), Math.max(0, until - Date.now()));
		child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
			if (stopped) return;
			bytes += chunk.length;
			if (bytes > maxBytes) return stop('too-large');
			if (reader) reader.push(chunk);
			else text += chunk;
		});
		child.on('error', () => stop('failed'));
		child.on('close', (code) => {
			clearTimeout(timer);
			if (!stopped) reader?.end();
			resolve({ end: stopped ?? (code === 0 ? 'done' : 'failed'), text });
		});
	});
}

function evidence(reader: PatchReader, shallow: boolean): Map<Fingerprint, AgeEvidence> {
	return new Map(
		[...reader.firstSeen].map(([fingerprint, { commit, time }]) => {
			const date = new Date(time).toISOString().slice(0, 10);
			const limit = shallow ? ' (shallow clone: older commits are not here)' : '';
			const detail = `git: first seen in commit ${commit.slice(0, 7)} on ${date}${limit}`;
			return [fingerprint, { since: time, precision: 'at-least', source: 'git', detail }];
		}),
	);
}

function nothing(problem: string): GitHistory {
	return { ages: new Map(), problem };
}

function problemOf(end: End): string | undefined {
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

/** `git` in an absolute folder of the search path: a relative one would mean a program of the repository. */
function findGit(searchPath: string): string | undefined {
	const path = searchPath.split(delimiter).filter(isAbsolute).join(delimiter);
	const extensions = process.platform === 'win32' ? ['.exe'] : [];
	return findExecutable('git', { path, cwd: dirname(process.execPath), extensions })?.path;
}
