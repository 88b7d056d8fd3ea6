import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { DIALECTS } from '../../server/src/core/dialects/index.ts';
import { projectGlob } from '../../server/src/lsp/config-globs.ts';
import { LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { LspClient } from '../support/lsp.ts';
import { expand } from '../support/tokens.ts';

const root = mkdtempSync(join(tmpdir(), 'user-files-'));
after(() => rmSync(root, { recursive: true, force: true }));

const config = (servers: string) => expand(`{ "mcpServers": { ${servers} } }`);
const GITHUB = '"gh": { "command": "gh-mcp", "env": { "GITHUB_TOKEN": "{{github-pat}}" } }';
const GITLAB = '"gl": { "command": "gl-mcp", "env": { "GITLAB_TOKEN": "{{gitlab-pat}}" } }';

function person(files: Readonly<Record<string, string>>) {
	const home = mkdtempSync(join(root, 'home-'));
	const write = (name: string, text: string) => {
		mkdirSync(dirname(join(home, name)), { recursive: true });
		writeFileSync(join(home, name), text);
	};
	for (const [name, text] of Object.entries(files)) write(name, text);
	const start = (initialization = {}) =>
		LspClient.start({ mode: 'in-process', folder: mkdtempSync(join(root, 'w-')), world: { home }, initialization });
	return { home, write, start };
}

const watchedBy = (client: LspClient) => [...client.watchers.values()].flat().map(({ globPattern }) => globPattern);
/** Those outside of the open folders. */
const outside = (client: LspClient) => watchedBy(client).filter((pattern) => typeof pattern !== 'string');

describe('a person’s own configs, outside of the open folders', () => {
	test('the editor is asked to watch those that exist, by folder and name', async () => {
		const { home, start } = person({ '.cursor/mcp.json': config(GITHUB), '.claude.json': config('') });
		const client = await start();
		await client.list();
		assert.deepEqual(outside(client), [
			{ baseUri: pathToFileURL(home).href, pattern: '.claude.json' },
			{ baseUri: pathToFileURL(join(home, '.cursor')).href, pattern: 'mcp.json' },
		]);
		await client.stop();
	});

	test('what another host writes there is listed after the editor tells, without a refresh', async () => {
		const { home, write, start } = person({ '.cursor/mcp.json': config(GITHUB) });
		const client = await start();
		assert.equal((await client.list()).rows.length, 1);
		write('.cursor/mcp.json', config(`${GITHUB}, ${GITLAB}`));
		const looked = client.looked();
		await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
			changes: [{ uri: pathToFileURL(join(home, '.cursor/mcp.json')).href, type: 2 }],
		});
		await looked;
		assert.equal((await client.list()).rows.length, 2);
		await client.stop();
	});

	test('one that is new at the next look is watched from then on, and nothing is watched twice', async () => {
		const { write, start } = person({ '.cursor/mcp.json': config(GITHUB) });
		const client = await start();
		await client.list();
		write('.codeium/windsurf/mcp_config.json', config(GITLAB));
		await client.connection.sendRequest(LOOK_AGAIN);
		assert.deepEqual(
			outside(client).map((pattern) => (pattern as { pattern: string }).pattern),
			['mcp_config.json', 'mcp.json'],
		);
		assert.equal(client.watchers.size, 2, 'with that of the open folders');
		await client.stop();
	});

	test('Restricted Mode looks at none, so it watches none', async () => {
		const { start } = person({ '.cursor/mcp.json': config(GITHUB) });
		const client = await start({ trusted: false });
		await client.list();
		assert.deepEqual(outside(client), []);
		await client.stop();
	});
});

describe('configs in the open folders', () => {
	const glob = new RegExp(
		`^(?:.*/)?(?:${projectGlob()
			.slice('**/{'.length, -1)
			.split(',')
			.map((path) => path.replace(/[.+$()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'))
			.join('|')})$`,
	);

	test('each place of each host is watched, with what lies beside', async () => {
		const client = await person({}).start();
		await client.list();
		assert.deepEqual(watchedBy(client), [projectGlob()]);
		await client.stop();
		const places = DIALECTS.flatMap(({ files }) => files).filter(({ scope }) => scope === 'workspace');
		for (const { path } of places) assert.match(path.replaceAll('*', 'x'), glob);
		for (const path of ['templates/my-mcp-servers.json', '.env', 'deploy/prod.env', '.mcp-hygiene-baseline.json'])
			assert.match(path, glob);
		assert.doesNotMatch('package.json', glob);
	});

	test('a pull that changes one is seen', async () => {
		const folder = mkdtempSync(join(root, 'w-'));
		const client = await LspClient.start({ mode: 'in-process', folder });
		assert.equal((await client.list()).rows.length, 0);
		writeFileSync(
			join(folder, 'opencode.json'),
			expand('{ "mcp": { "gh": { "command": ["gh"], "environment": { "GITHUB_TOKEN": "{{github-pat}}" } } } }'),
		);
		const looked = client.looked();
		await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
		await looked;
		assert.equal((await client.list()).rows.length, 1);
		await client.stop();
	});
});
