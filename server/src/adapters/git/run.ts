import { spawn } from 'node:child_process';
import { delimiter, dirname, isAbsolute } from 'node:path';
import { findExecutable } from '../workload/executable.ts';

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
	'log.diffMerges=separate',
	'core.quotePath=false',
	'gpg.program=false',
	'diff.external=',
	'diff.orderFile=/dev/null',
	'protocol.allow=never',
	'safe.bareRepository=explicit',
	'gc.auto=0',
	'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

/** Built here, because an inherited `GIT_*` variable could name another repository, program or configuration. */
function environment(indexFile: string | undefined): Record<string, string> {
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
		...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
	};
}

export type GitEnd = 'done' | 'failed' | 'deadline' | 'too-large';

export interface GitRun {
	readonly end: GitEnd;
	/** What git printed; empty when `read` took it. */
	readonly output: Buffer;
}

export interface GitRunOptions {
	/** Epoch milliseconds at which git is stopped. */
	readonly until: number;
	/** More output than this stops git. */
	readonly maxBytes: number;
	/** Takes the output piece by piece, as text. */
	readonly read?: (text: string) => void;
	/** Another index than the repository's own. */
	readonly indexFile?: string;
}

/** Runs git in a folder with hooks, helpers, the network and every configuration of the person or machine off. Never throws. */
export function runGit(git: string, folder: string, args: readonly string[], options: GitRunOptions): Promise<GitRun> {
	const { until, maxBytes, read, indexFile } = options;
	// `-C` and not `cwd`: Windows looks for programs in the current folder first.
	const child = spawn(git, ['--no-pager', ...CONFIG, '-C', folder, ...args], {
		env: environment(indexFile),
		stdio: ['ignore', 'pipe', 'ignore'],
		windowsHide: true,
	});
	return new Promise((resolve) => {
		const kept: Buffer[] = [];
		let bytes = 0;
		let stopped: GitEnd | undefined;
		const stop = (why: GitEnd) => {
			stopped ??= why;
			child.kill('SIGKILL');
		};
		const timer = setTimeout(() => stop('deadline'), Math.max(0, until - Date.now()));
		if (read) child.stdout.setEncoding('utf8');
		child.stdout.on('data', (chunk: Buffer | string) => {
			if (stopped) return;
			bytes += chunk.length;
			if (bytes > maxBytes) stop('too-large');
			else if (read) read(chunk as string);
			else kept.push(chunk as Buffer);
		});
		child.on('error', () => stop('failed'));
		child.on('close', (code) => {
			clearTimeout(timer);
			resolve({ end: stopped ?? (code === 0 ? 'done' : 'failed'), output: Buffer.concat(kept) });
		});
	});
}

/** `git` in an absolute folder of the search path: a relative one would mean a program of the repository. */
export function findGit(searchPath: string): string | undefined {
	const path = searchPath.split(delimiter).filter(isAbsolute).join(delimiter);
	const extensions = process.platform === 'win32' ? ['.exe'] : [];
	return findExecutable('git', { path, cwd: dirname(process.execPath), extensions })?.path;
}
