import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A real repository in a folder of its own, with dates that a test chooses. */
export class Repository {
	readonly folder: string;
	readonly config: string;

	constructor(root: string) {
		this.folder = mkdtempSync(join(root, 'r-'));
		this.config = join(this.folder, '.mcp.json');
		this.git('init', '-q');
	}

	git(...args: readonly string[]): string {
		return this.gitAt('2026-01-01T00:00:00Z', ...args);
	}

	gitAt(date: string, ...args: readonly string[]): string {
		const identity = {
			GIT_AUTHOR_NAME: 'a',
			GIT_AUTHOR_EMAIL: 'a@example.invalid',
			GIT_COMMITTER_NAME: 'c',
			GIT_COMMITTER_EMAIL: 'c@example.invalid',
		};
		const env = {
			PATH: process.env.PATH,
			GIT_CONFIG_GLOBAL: '/dev/null',
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_DATE: date,
			...identity,
		};
		return execFileSync('git', ['-C', this.folder, ...args], {
			env,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
	}

	/** @returns the commit's first seven digits */
	commit(text: string, date: string): string {
		return this.commitFiles({ '.mcp.json': text }, date);
	}

	/** Commits these files and every other change; `undefined` deletes one. @returns the commit's first seven digits */
	commitFiles(files: Readonly<Record<string, string | undefined>>, date: string): string {
		for (const [path, text] of Object.entries(files)) {
			const file = join(this.folder, path);
			mkdirSync(dirname(file), { recursive: true });
			if (text === undefined) this.git('rm', '-q', '-f', path);
			else writeFileSync(file, text);
		}
		this.git('add', '-A', '-f');
		this.gitAt(date, 'commit', '-q', '-m', 'change');
		return this.git('rev-parse', 'HEAD').slice(0, 7);
	}
}
