import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { FixRequest } from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

/** In each: the token, and what the fix puts into its place and in front of the command line. */
const CODEX = {
	file: '.codex/config.toml',
	text: `# team
[mcp_servers.gh]
command = "node"
args = ["server.js"]
enabled_tools = ["list_issues"]

[mcp_servers.gh.env]
GITHUB_TOKEN = "{{github-pat}}" # until May
`,
	wrapped: (text: string) =>
		text
			.replace('"node"', '"mcp-hygiene"')
			.replace('["server.js"]', '["run", "--server", "gh", "--", "node", "server.js"]'),
};
const GOOSE = {
	file: '.goose/config.yaml',
	text: `extensions:
  gh:
    type: stdio
    cmd: node
    args:
      - server.js
    envs:
      GITHUB_TOKEN: {{github-pat}} # until May
`,
	wrapped: (text: string) =>
		text
			.replace('cmd: node', 'cmd: mcp-hygiene')
			.replace(
				'      - server.js',
				'      - run\n      - --server\n      - gh\n      - "--"\n      - node\n      - server.js',
			),
};

for (const { file, text, wrapped } of [CODEX, GOOSE]) {
	describe(`the light bulb in ${file}`, () => {
		it('moves the token: stored, read back, bound, wrapped; comments stay; undo is noticed', () =>
			opened(file, text, async ({ client, uri, world, offers }) => {
				const before = await offers('inlined-credential');
				const outcome = await client.fix(before.find(({ fix }) => fix === 'move-to-keychain')!);
				assert.equal(outcome.status, 'done', outcome.message);
				assert.equal(client.text(uri), wrapped(text).replace('{{github-pat}}', 'cred://keychain/github/gh'));
				const [binding] = (await world.readIndex())!.bindings;
				assert.equal(binding!.reference, 'cred://keychain/github/gh');
				assert.ok(binding!.destination.kind === 'run' && binding!.destination.commandLine[1] === 'server.js');
				assert.equal((await world.keychain.get(binding!.itemId!))?.reveal(), token('github-pat'));
				assert.deepEqual(
					(await client.diagnostics(uri)).filter(({ severity }) => severity === 1),
					[],
				);

				client.change(uri, expand(text));
				await client.looked();
				const again = await client.fix(
					(await offers('reinlined-credential')).find(({ fix }) => fix === 'use-stored-reference')!,
				);
				assert.equal(again.status, 'done', again.message);
				assert.equal(client.text(uri), wrapped(text).replace('{{github-pat}}', 'cred://keychain/github/gh'));
			}));

		it('does not touch a file that an editor refuses to change', () =>
			opened(file, text, async ({ client, uri, world, offers }) => {
				client.acceptEdits = false;
				const outcome = await client.fix(
					(await offers('inlined-credential')).find(({ fix }) => fix === 'move-to-keychain')!,
				);
				assert.equal(outcome.status, 'refused');
				assert.equal(client.text(uri), expand(text));
				assert.deepEqual((await world.readIndex())!.bindings, []);
			}));

		it('offers nothing that is written for JSON only', () =>
			opened(file, text, async ({ offers }) => {
				const fixes = (await offers('inlined-credential')).map(({ fix }) => fix);
				assert.ok(fixes.includes('move-to-keychain') && !fixes.includes('prompt-for-password'), fixes.join());
			}));
	});
}

interface Opened {
	readonly client: LspClient;
	readonly uri: string;
	readonly world: ReturnType<typeof temporaryWorld>['world'];
	offers(code: string): Promise<FixRequest[]>;
}

async function opened(file: string, text: string, body: (opened: Opened) => Promise<void>): Promise<void> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-formats-')));
	const path = join(folder, file);
	mkdirSync(dirname(path));
	writeFileSync(path, expand(text));
	const uri = pathToFileURL(path).href;
	const { world, remove } = temporaryWorld();
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	try {
		client.open(uri, expand(text));
		const offers = async (code: string) => {
			const found = (await client.diagnostics(uri)).find((d) => d.code === code);
			assert.ok(found, `no ${code}`);
			return (await client.actions(uri, found)).flatMap((a) => (a.command?.arguments?.[0] as FixRequest) ?? []);
		};
		await body({ client, uri, world, offers });
	} finally {
		await client.stop();
		rmSync(folder, { recursive: true, force: true });
		remove();
	}
}
