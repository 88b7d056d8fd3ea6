import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Desk, desk } from '../../../test/support/cli.ts';
import { IssuerDesk, json } from '../../../test/support/issuer-desk.ts';
import { token } from '../../../test/support/tokens.ts';
import { recordRefusal } from '../adapters/approvals/refusals.ts';
import { openIndex } from '../adapters/state/index.ts';
import type { StoredSecret } from '../core/bindings/binding.ts';
import { SecretValue } from '../core/secret-value.ts';

const issuer = new IssuerDesk();
const PAT = token('gitlab-pat');
const ABOUT = { scopes: ['api'], active: true, revoked: false, created_at: '2026-01-01T00:00:00Z' };
const PASSWORD = 'correct-horse-7';

async function at(body: (desk: Desk & { readonly config: string }) => Promise<void>): Promise<void> {
	issuer.seen.length = 0;
	issuer.respond = json(ABOUT);
	const one = desk();
	try {
		await body({ ...one, config: join(one.folder, '.vscode/mcp.json') });
	} finally {
		rmSync(one.folder, { recursive: true });
	}
}

/** Stores a text whose secret is this part, and approves the server "own" that is started with it. */
async function approved(
	{ folder, items, runWith, put, config }: Desk & { readonly config: string },
	[text, part]: readonly [string, string],
	kind: Pick<StoredSecret, 'issuer' | 'kind' | 'kindName' | 'path'>,
	[variable, env]: readonly [string, Readonly<Record<string, string>>],
): Promise<void> {
	const stateDir = join(folder, 'home/.local/share/mcp-hygiene');
	const index = await openIndex(stateDir, {
		get: async (account) => items.get(account),
		set: async (account, value) => void items.set(account, value),
		remove: async (account) => items.delete(account),
	});
	items.set('item', SecretValue.of(text));
	await index.addItem({ id: 'item', storedAt: 1, fingerprint: index.fingerprinter.of(SecretValue.of(part)), ...kind });
	const reference = `cred://keychain/${kind.path}`;
	const args = ['run', '--server', 'own', '--', 'node', 's.js'];
	const entry = { command: 'mcp-hygiene', args, env: { ...env, [variable]: reference } };
	put('.vscode/mcp.json', JSON.stringify({ servers: { own: entry } }));
	await recordRefusal(stateDir, {
		at: 1,
		reference,
		server: 'own',
		target: { env: variable },
		cwd: folder,
		config: { path: config, server: 'own', dialect: 'vscode', isUserLevel: false },
		differences: [],
	});
	assert.equal((await runWith(['1', 'yes'], 'approve')).code, 0);
}

const GITLAB = { issuer: 'gitlab', kind: 'gitlab-pat', kindName: 'GitLab token', path: 'gitlab/own' };
const POSTGRES = {
	issuer: 'postgres',
	kind: 'postgres-url-password',
	kindName: 'PostgreSQL password',
	path: 'postgres/own',
};
const STORED_URL = [`postgres://app:${PASSWORD}@127.0.0.1:1/shop`, PASSWORD] as const;

describe('list --probe', () => {
	it('asks about a token in a .env file, at the host that the entry names', () =>
		at(async ({ put, runWith }) => {
			const env = `{"GITLAB_API_URL":"${issuer.origin}"}`;
			put('.vscode/mcp.json', `{"servers":{"gl":{"command":"x","envFile":"\${workspaceFolder}/.env","env":${env}}}}`);
			put('.env', 'GITLAB_TOKEN={{gitlab-pat}}\n');
			const { code, out, err } = await runWith(['yes'], 'list', '--probe', 'gitlab');
			assert.equal(code, 0, err);
			assert.match(err, / #[0-9a-f]{6} in \.env to 127\.0\.0\.1:\d+ \(named by GITLAB_API_URL in the entry\)/);
			assert.match(out, /scope {4}api \(told by GitLab/);
			assert.match(out, /used {5}\.env:1 env GITLAB_TOKEN of server "gl" \(VS Code/);
			assert.match(out, /stored {3}in plain text in \.env$/m);
			assert.deepEqual(
				issuer.seen.map((one) => one.token),
				[PAT],
			);
		}));

	it('asks about a stored secret where its approved entry names the host', () =>
		at(async (one) => {
			await approved(one, [PAT, PAT], GITLAB, ['GITLAB_TOKEN', { GITLAB_API_URL: issuer.origin }]);
			const { out, err } = await one.runWith(['yes'], 'list', '--probe', 'gitlab');
			assert.match(err, /in the OS keychain for server own in \.vscode\/mcp\.json to 127\.0\.0\.1:\d+ \(named by/);
			assert.match(out, /scope {4}api \(told by GitLab/);
			assert.ok(!`${out}${err}`.includes(PAT));
			assert.match((await one.run('list')).out, /scope {4}api \(told by GitLab/, 'and keeps the answer');
		}));

	it('sends a stored secret to no host that the config names later', () =>
		at(async (one) => {
			await approved(one, [PAT, PAT], GITLAB, ['GITLAB_TOKEN', { GITLAB_API_URL: 'https://gitlab.acme.example' }]);
			const text = readFileSync(one.config, 'utf8');
			writeFileSync(one.config, text.replace('https://gitlab.acme.example', issuer.origin));
			const { err } = await one.runWith(['yes', 'yes'], 'list', '--probe', 'gitlab');
			assert.match(err, /is not asked about\. No entry that uses this stored secret is as it was approved/);
			assert.deepEqual(issuer.seen, []);
		}));

	it('reads a stored connection URL only after a yes, and shows where it leads before anything is sent', () =>
		at(async (one) => {
			await approved(one, STORED_URL, POSTGRES, ['DATABASE_URI', {}]);
			const closed = await one.runWith(['', 'yes'], 'list', '--probe', 'postgres');
			assert.match(
				closed.err,
				/Where 1 stored secret of PostgreSQL would go stands in the keychain only\. Read it there/,
			);
			assert.match(closed.err, /is not asked about\. Only a connection URL/);
			const shown = await one.runWith(['yes', 'no'], 'list', '--probe', 'postgres');
			assert.match(shown.err, /to 127\.0\.0\.1:1 \(named by the connection URL in the entry\)/);
			assert.match(shown.err, /Nothing was sent/);
			const asked = await one.runWith(['yes', 'yes'], 'list', '--probe', 'postgres');
			assert.match(asked.err, /127\.0\.0\.1:1 cannot be reached/);
			assert.ok(!JSON.stringify([closed, shown, asked]).includes(PASSWORD));
		}));
});

describe('rotate', () => {
	it('does not take a whole URL for a token', () =>
		at(async (one) => {
			const url = `https://oauth2:${PAT}@gitlab.acme.example/x.git`;
			await approved(one, [url, PAT], GITLAB, ['REPOSITORY', { GITLAB_API_URL: issuer.origin }]);
			const { code, err } = await one.runAsked((text) => /Type (\w{6})/.exec(text)?.[1] ?? '', 'rotate', 'own');
			assert.equal(code, 2);
			assert.match(err, /What is stored as gitlab\/own is a whole URL/);
			assert.deepEqual(issuer.seen, []);
		}));
});
