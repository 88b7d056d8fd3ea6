import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Binding } from '../core/bindings/binding.ts';
import { candidates, configsNaming, userConfigsNaming } from './workload.ts';

const REFERENCE = 'cred://keychain/github';
const base = realpathSync(mkdtempSync(join(tmpdir(), 'workload-')));
const home = join(base, 'home');
const repo = join(home, 'repo');
after(() => rmSync(base, { recursive: true, force: true }));

function config(path: string, root: string): string {
	mkdirSync(dirname(path), { recursive: true });
	const entry = {
		command: 'mcp-hygiene',
		args: ['run', '--server', 'github', '--', 'node'],
		env: { TOKEN: REFERENCE },
	};
	writeFileSync(path, JSON.stringify({ [root]: { github: entry } }));
	return path;
}

function binding(path: string, roots: readonly string[], cwd?: string): Binding {
	return {
		reference: REFERENCE,
		workload: { config: path, server: 'github', roots, dialect: 'vscode' },
		destination: {
			kind: 'run',
			executable: '/usr/bin/node',
			commandLine: ['node'],
			target: { env: 'TOKEN' },
			env: {},
			localCode: [],
			...(cwd ? { cwd } : {}),
		},
		approvedAt: 1,
	};
}

const claim = (cwd: string, server = 'github') => ({ reference: REFERENCE, server, cwd });

describe('who may mean an approval', () => {
	const project = config(join(repo, '.vscode/mcp.json'), 'servers');
	const own = config(join(home, '.cursor/mcp.json'), 'mcpServers');
	const local = binding(project, [repo]);
	const user = binding(own, []);

	it('a workspace’s approval counts in its folders only', () => {
		assert.deepEqual(candidates([local], claim(repo), home), [local]);
		assert.deepEqual(candidates([local], claim(join(repo, 'deep')), home), [local]);
		assert.deepEqual(candidates([local], claim(home), home), []);
		assert.deepEqual(candidates([local], claim(`${repo}-other`), home), []);
	});

	it('or in the working folder that it was approved with', () => {
		const elsewhere = binding(project, [repo], base);
		assert.deepEqual(candidates([elsewhere], claim(base), home), [elsewhere]);
	});

	it('a user-level approval counts everywhere, except where a config of the folder names the label', () => {
		assert.deepEqual(candidates([user], claim(base), home), [user]);
		assert.deepEqual(candidates([user], claim(home), home), [user]);
		assert.deepEqual(candidates([user, local], claim(repo), home), [local]);
		assert.deepEqual(candidates([user], claim(repo), home), []);
	});

	it('another server or another reference finds nothing', () => {
		assert.deepEqual(candidates([local, user], claim(repo, 'jira'), home), []);
		assert.deepEqual(candidates([local, user], { reference: 'cred://keychain/other', cwd: repo }, home), []);
	});

	it('a refusal points to the config that names the reference: the folder’s, or the person’s own', async () => {
		assert.deepEqual(configsNaming(claim(join(repo, 'deep')), home), [
			{ path: project, server: 'github', dialect: 'vscode', isUserLevel: false },
		]);
		assert.deepEqual(configsNaming(claim(base), home), []);
		const found = await userConfigsNaming(claim(base), home);
		assert.ok(found.some(({ path, server, isUserLevel }) => path === own && server === 'github' && isUserLevel));
	});
});
