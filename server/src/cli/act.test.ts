import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Desk, desk } from '../../../test/support/cli.ts';
import { IssuerDesk, json } from '../../../test/support/issuer-desk.ts';
import { token } from '../../../test/support/tokens.ts';
import { recordRefusal } from '../adapters/approvals/refusals.ts';
import { withSecretLock } from '../adapters/state/secret-lock.ts';
import { StoreError } from '../core/ports.ts';

const issuer = new IssuerDesk();
const PAT = token('gitlab-pat');

function entry(name: string, env: Readonly<Record<string, string>>): string {
	return `"${name}":{"command":"node","args":["s.js"],"env":${JSON.stringify({ GITLAB_API_URL: issuer.origin, ...env })}}`;
}

async function at(body: (desk: Desk, path: string) => Promise<void>, env = { GITLAB_TOKEN: PAT }): Promise<void> {
	issuer.seen.length = 0;
	const one = desk();
	const path = one.put('.vscode/mcp.json', `{"servers":{${entry('gl', env)}}}`);
	try {
		await body(one, path);
	} finally {
		rmSync(one.folder, { recursive: true });
	}
}

/** A person who reads the question, and types the code that stands in it. */
async function agreeing({ runAsked }: Desk, ...argv: readonly string[]) {
	return runAsked((question) => /Type ([0-9a-f]{6}), the code in its name/.exec(question)![1]!, ...argv);
}

describe('revoke', () => {
	const revoked = () => {
		issuer.respond = (_, response) => response.writeHead(204).end();
	};

	it('names issuer, address, place, users and cost, and tells what the issuer confirmed', () =>
		at(async (one) => {
			revoked();
			one.put('home/.cursor/mcp.json', `{"mcpServers":{${entry('other', { TOKEN: PAT })}}}`);
			const { code, out, err } = await agreeing(one, 'revoke', 'gl');
			assert.equal(code, 0, err);
			assert.equal(out, 'confirmed: GitLab revoked the token.\n');
			assert.match(err, /The dead token is still there, in plain text in the config: put its successor/);
			assert.match(err, /^To revoke at GitLab: GitLab .* #[0-9a-f]{6}$/m);
			assert.match(err, /sent to {5}127\.0\.0\.1:\d+ \(named by GITLAB_API_URL in the entry\)/);
			assert.match(err, /belongs to {2}not known/);
			assert.match(err, /stands {6}in plain text in the config/);
			assert.match(err, /used by {5}server gl in \.vscode\/mcp\.json, env GITLAB_TOKEN/);
			assert.match(err, /server other in .*\.cursor\/mcp\.json, env TOKEN/);
			assert.match(err, /This cannot be undone\.$/m);
			assert.deepEqual(issuer.seen, [{ method: 'DELETE', path: '/api/v4/personal_access_tokens/self', token: PAT }]);
			assert.ok(!`${out}${err}`.includes(PAT));
		}));

	it('names the owner, where the issuer told, and knows afterwards that the token is dead', () =>
		at(async (one) => {
			// With an index, answers are kept.
			await one.runOn(token('github-pat'), 'store', 'put', 'a/b');
			issuer.respond = json({ scopes: ['api'], active: true, revoked: false, user_id: 7 });
			await one.runWith(['yes'], 'list', '--probe', 'gitlab');
			revoked();
			assert.match((await agreeing(one, 'revoke', 'gl')).err, /belongs to {2}user 7$/m);
			assert.match((await one.run('list')).out, /GitLab revoked the token/);
		}));

	it('sends nothing for any other answer, nor without a terminal', () =>
		at(async (one) => {
			for (const answer of ['', 'yes', 'y', 'gl']) {
				const { code, out, err } = await one.runWith([answer], 'revoke', 'gl');
				assert.deepEqual([code, out], [2, ''], answer);
				assert.match(err, /Nothing was sent\./);
			}
			const piped = await one.runOn('yes\n', 'revoke', 'gl');
			assert.deepEqual([piped.code, piped.out], [2, '']);
			assert.match(piped.err, /run it yourself, in a terminal/);
			assert.match((await one.runWith(['yes'], 'revoke', 'gl', '--yes')).err, /Unknown option --yes/);
			assert.deepEqual(issuer.seen, []);
		}));

	it('says 1 where the issuer does not say, and 2 where it refuses', () =>
		at(async (one) => {
			issuer.respond = json({}, 500);
			const unknown = await agreeing(one, 'revoke', 'gl');
			assert.deepEqual([unknown.code, unknown.out.split(':')[0]], [1, 'unknown']);
			issuer.respond = json({}, 403);
			const refused = await agreeing(one, 'revoke', 'gl');
			assert.deepEqual([refused.code, refused.out.split(':')[0]], [2, 'refused']);
		}));

	it('sends nothing where the entry changed while the person read', () =>
		at(async (one, path) => {
			revoked();
			const { code, err } = await one.runAsked(
				(question) => {
					writeFileSync(path, `{"servers":{${entry('gl', { GITLAB_API_URL: 'https://gitlab.example', T: PAT })}}}`);
					return /Type ([0-9a-f]{6})/.exec(question)![1]!;
				},
				'revoke',
				'gl',
			);
			assert.equal(code, 2);
			assert.match(err, /changed since you were asked/);
			assert.deepEqual(issuer.seen, []);
		}));

	it('sends nothing while another process changes the same secret', () =>
		at(async (one) => {
			await one.runOn(token('github-pat'), 'store', 'put', 'a/b');
			revoked();
			const [row] = JSON.parse((await one.run('list', '--format', 'json')).out) as { id: string }[];
			const state = join(one.folder, 'home/.local/share/mcp-hygiene');
			const { code, out, err } = await withSecretLock(state, row!.id, () => agreeing(one, 'revoke', 'gl'));
			assert.deepEqual([code, out], [2, ''], err);
			assert.match(err, /mcp-hygiene revoke: This secret is just being .* in another window or terminal/);
			assert.deepEqual(issuer.seen, []);
		}));

	it('wants one name, and never repeats what could be the token', () =>
		at(async (one) => {
			one.put('b/.mcp.json', `{"mcpServers":{${entry('gl', { T: token('gitlab-pat', 7) })}}}`);
			const cases: readonly (readonly [readonly string[], RegExp])[] = [
				[[], /Say which one: [0-9a-f]{6} \(GitLab/],
				[['gl'], /could be several/],
				[['nothing'], /Nothing here has that name/],
				[[PAT], /secret itself.*history/],
				[['gl', 'nowhere'], /nowhere does not exist/],
			];
			const [, code] = /Say which one: ([0-9a-f]{6})/.exec((await one.runWith([], 'revoke')).err) ?? [];
			assert.match(
				(await one.runWith([], 'revoke', code!)).err,
				/^To revoke at GitLab/,
				'a code holds for the next run',
			);
			for (const [args, wanted] of cases) {
				const { code, out, err } = await one.runWith([], 'revoke', ...args);
				assert.deepEqual([code, out], [2, ''], err);
				assert.match(err, wanted);
				assert.ok(!err.includes(PAT));
			}
		}));

	it('says what an issuer does not offer', () =>
		at(
			async (one) => {
				const { err } = await one.runWith([], 'revoke', 'gl');
				assert.match(err, /OpenAI offers no way to revoke this kind/);
			},
			{ GITLAB_TOKEN: token('openai-project') },
		));
});

describe('rotate', () => {
	it('is for stored secrets: a new value is never written into a config', () =>
		at(async (one) => {
			const { code, err } = await agreeing(one, 'rotate', 'gl');
			assert.equal(code, 2);
			assert.match(err, /Move every copy to the OS keychain first/);
			const unnamed = await one.runWith([], 'rotate');
			assert.match(
				unnamed.err,
				/No credential that these configs take from the keychain is of a kind that can be rotated/,
			);
		}));

	it('is no refusal where the issuer did it and the keychain does not take the new value', () =>
		at(async (one, path) => {
			await one.runOn(PAT, 'store', 'put', 'gitlab/gl');
			const wrapped = {
				command: 'mcp-hygiene',
				args: ['run', '--server', 'gl', '--', 'node', 's.js'],
				env: { GITLAB_API_URL: issuer.origin, GITLAB_TOKEN: 'cred://keychain/gitlab/gl' },
			};
			writeFileSync(path, JSON.stringify({ servers: { gl: wrapped } }));
			await recordRefusal(join(one.folder, 'home/.local/share/mcp-hygiene'), {
				at: 1,
				reference: 'cred://keychain/gitlab/gl',
				server: 'gl',
				target: { env: 'GITLAB_TOKEN' },
				cwd: one.folder,
				config: { path, server: 'gl', dialect: 'vscode', isUserLevel: false },
				differences: [],
			});
			await one.runWith(['1', 'yes'], 'approve');
			const [item] = [...one.items].find(([, value]) => value.reveal() === PAT)!;
			const set = one.items.set.bind(one.items);
			one.items.set = (account, value) => {
				if (account === item) throw new StoreError('failed', 'The keychain is full.');
				return set(account, value);
			};
			issuer.respond = json({ token: token('gitlab-pat', 2), expires_at: '2027-01-01' });
			const { code, out, err } = await agreeing(one, 'rotate', 'gl');
			assert.match(out, /^failed: .*was rotated.*store get rotated\/gitlab\/gl --reveal/, err);
			assert.equal(code, 1);
		}));
});
