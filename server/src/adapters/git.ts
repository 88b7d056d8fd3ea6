import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ConfigDocument } from '../core/document.ts';
import type { AgeEvidence } from '../core/evidence.ts';
import type { Credential } from '../core/finding.ts';
import { type Fingerprint, SecretValue } from '../core/secret-value.ts';
import { PatchReader } from './git-patch.ts';
import { findGit, type GitEnd, runGit } from './git-run.ts';

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
	const folder = dirname(file);
	const shallow = await runGit(git, folder, ['rev-parse', '--is-shallow-repository'], { until, maxBytes: 1024 });
	if (shallow.end === 'failed') return { ages: new Map() };
	const reader = new PatchReader(secrets);
	const { end } = await runGit(git, folder, [...LOG, basename(file)], {
		until,
		maxBytes,
		read: (text) => reader.push(text),
	});
	// What was cut off is no line.
	if (end === 'done' || end === 'failed') reader.end();
	const ages = evidence(reader, shallow.output.toString().trim() === 'true');
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
