import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { FixOutcome } from '../../server/src/protocol/index.ts';
import { LspClient } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

const OWN = '{"servers":{"own":{"command":"my-tool","env":{"GITHUB_TOKEN":"{{github-pat}}"}}}}';

async function opened(needs: unknown, body: (client: LspClient, uri: string) => Promise<void>): Promise<void> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-needs-')));
	mkdirSync(join(folder, '.vscode'));
	const path = join(folder, '.vscode/mcp.json');
	writeFileSync(path, expand(OWN));
	const client = await LspClient.start({ mode: 'in-process', folder, settings: { needs } });
	try {
		const uri = pathToFileURL(path).href;
		client.open(uri, expand(OWN));
		await client.list();
		await body(client, uri);
	} finally {
		await client.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

describe('what a person says that a server needs', () => {
	const needs = [{ match: 'server:own', issuer: 'github', scopes: ['public_repo', 'read:org'], access: 'write' }];

	it('stands in the row, in the hover and in the ways to less', () =>
		opened(needs, async (client, uri) => {
			const { rows, problems } = await client.list();
			assert.deepEqual(problems, []);
			assert.equal(rows[0]!.scope.need, 'public_repo, read:org, as your own settings say');
			assert.deepEqual(rows[0]!.scope.chips, [
				{ text: 'public_repo', kind: 'unknown' },
				{ text: 'read:org', kind: 'unknown' },
			]);
			assert.match(await client.hover(uri, token('github-pat')), /\*\*Needs:\*\* public\\_repo, read:org, as your own/);

			const [found] = await client.diagnostics(uri);
			const actions = await client.actions(uri, found!);
			const titles = actions.map(({ title }) => title);
			assert.ok(titles.includes('Copy what a token for "own" needs'), titles.join('\n'));
			assert.ok(titles.includes('Make a classic GitHub token with only these scopes'), titles.join('\n'));
			const take = async (title: string) => {
				const action = actions.find((one) => one.title === title)!;
				return (await client.fix(action.command!.arguments![0])) as FixOutcome;
			};
			assert.equal((await take('Copy what a token for "own" needs')).copy, 'public_repo\nread:org');
			assert.match(
				(await take('Make a classic GitHub token with only these scopes')).open ?? '',
				/tokens\/new\?scopes=public_repo,read:org&/,
			);
		}));

	it('that is nonsense is told where the list is, and nothing breaks', () =>
		opened([{ match: 'server:own', scopes: 'repo' }], async (client) => {
			const { rows, problems } = await client.list();
			assert.equal(rows[0]!.scope.need, undefined);
			assert.match(problems.join('\n'), /^Setting mcpHygiene\.needs, entry 1: "scopes" must be a list/);
		}));
});
