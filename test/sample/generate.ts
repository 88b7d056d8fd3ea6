/** Makes the sample workspace: configs with freshly built fake tokens, and a real MCP server that starts. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expand } from '../support/tokens.ts';

const template = fileURLToPath(new URL('workspace', import.meta.url));
/** The MCP project's own test server, from node_modules; it speaks stdio. */
export const EVERYTHING_SERVER = fileURLToPath(
	new URL('../../node_modules/@modelcontextprotocol/server-everything/dist/index.js', import.meta.url),
);

const A_YEAR_AND_A_BIT_MS = 400 * 24 * 60 * 60 * 1000;

export interface SampleOptions {
	/** The same seed makes the same tokens. */
	readonly seed?: number;
	/** Commit it to a git repository of its own, dated 400 days back, so that the tokens have an age. Needs git. */
	readonly history?: boolean;
}

/** Replaces whatever is in `folder`. */
export function generateSample(folder: string, options: SampleOptions = {}): void {
	rmSync(folder, { recursive: true, force: true });
	cpSync(template, folder, { recursive: true });
	for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		const file = join(folder, entry);
		if (!statSync(file).isFile()) continue;
		const text = readFileSync(file, 'utf8').replaceAll(
			'{{everything}}',
			JSON.stringify(EVERYTHING_SERVER).slice(1, -1),
		);
		writeFileSync(file, expand(text, options.seed));
	}
	if (options.history) commitInThePast(folder);
}

/** Makes `folder` a repository of its own with one commit. */
export function commitInThePast(folder: string): void {
	const date = new Date(Date.now() - A_YEAR_AND_A_BIT_MS).toISOString();
	const identity = ['-c', 'user.name=Sample', '-c', 'user.email=sample@localhost', '-c', 'commit.gpgSign=false'];
	const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
	for (const args of [
		['init', '--quiet'],
		['add', '--force', '.'],
		['commit', '--quiet', '--no-verify', '-m', 'Sample'],
	]) {
		const result = spawnSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8' });
		if (result.status !== 0) throw new Error(`git ${args[0]} failed: ${result.error?.message ?? result.stderr}`);
	}
}
