// The line above a server: what its secret may do, how old it is, and where it rests for this server.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeLens } from 'vscode-languageserver/node';
import { LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand } from '../support/tokens.ts';

const ENTRY = '{"command":"node","args":["s.js"],"env":{"GITHUB_TOKEN":"{{github-pat}}"}}';

test('a secret that was moved out of one of two configs is in plain text elsewhere only', async () => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-lens-')));
	const moved = expand(`{"servers":{"gh":${ENTRY}}}`);
	mkdirSync(join(folder, '.vscode'));
	writeFileSync(join(folder, '.vscode/mcp.json'), moved);
	writeFileSync(join(folder, '.mcp.json'), expand(`{"mcpServers":{"issues":${ENTRY}}}`));
	const { world, remove } = temporaryWorld();
	const client = await LspClient.start({ mode: 'in-process', folder, world, initialization: { editor: 'VS Code' } });
	const uri = pathToFileURL(join(folder, '.vscode/mcp.json')).href;
	const lens = async () => {
		await client.list();
		const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
		return lenses.map(({ command }) => command?.title);
	};
	try {
		client.open(uri, moved);
		assert.deepEqual(await lens(), ['$(key) GitHub: acts as you · age unknown · in plain text']);
		const { rows } = await client.list();
		const { fix } = rows[0]!.places.find((place) => place.uri === uri)!;
		assert.equal((await client.fix(fix!.request)).status, 'done');
		assert.match((await lens()).join(), /^\$\(key\) GitHub: acts as you · .* · stored, in plain text elsewhere$/);
	} finally {
		await client.stop();
		remove();
		rmSync(folder, { recursive: true });
	}
});

test('entries of one name in two projects each have the line of their own secret', async () => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-lens-')));
	const entry = (name: string, value: string) =>
		`{"mcpServers":{"one":{"command":"node","env":{"${name}":"${value}"}}}}`;
	const text = expand(
		`{"projects":{"/a":${entry('GITHUB_TOKEN', '{{github-pat}}')},"/b":${entry('SLACK_BOT_TOKEN', '{{slack-bot}}')}}}`,
	);
	const { world, remove } = temporaryWorld();
	mkdirSync(world.home, { recursive: true });
	writeFileSync(join(world.home, '.claude.json'), text);
	const client = await LspClient.start({ mode: 'in-process', folder, world, initialization: { editor: 'VS Code' } });
	const uri = pathToFileURL(join(world.home, '.claude.json')).href;
	try {
		client.open(uri, text);
		await client.list();
		const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
		assert.deepEqual(
			lenses.map(({ range, command }) => [range.start.character < text.indexOf('"/b"') ? '/a' : '/b', command?.title]),
			[
				['/a', '$(key) GitHub: acts as you · age unknown · in plain text'],
				['/b', '$(key) Slack: scope unknown (Slack not asked yet) · age unknown · in plain text'],
			],
		);
	} finally {
		await client.stop();
		remove();
		rmSync(folder, { recursive: true });
	}
});

test('entries of one name in two projects are both moved, and each keeps its own approval', async () => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-lens-')));
	const { world, remove } = temporaryWorld();
	const projects = ['a', 'b'].map((name) => join(folder, name));
	for (const project of projects) mkdirSync(project);
	const entry = (value: string) => ({ mcpServers: { gh: { command: 'node', env: { GITHUB_TOKEN: expand(value) } } } });
	const text = JSON.stringify({
		projects: { [projects[0]!]: entry('{{github-pat}}'), [projects[1]!]: entry('{{github-pat:2}}') },
	});
	mkdirSync(world.home, { recursive: true });
	const path = join(world.home, '.claude.json');
	writeFileSync(path, text);
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	const uri = pathToFileURL(path).href;
	try {
		client.open(uri, text);
		for (const moved of [1, 2]) {
			const [first] = (await client.list()).rows.filter(({ storage }) => storage.where === 'config');
			const outcome = await client.fix(first!.places[0]!.fix!.request);
			assert.equal(outcome.status, 'done', outcome.message);
			writeFileSync(path, client.text(uri));
			const looked = client.looked();
			await client.connection.sendRequest(LOOK_AGAIN);
			await looked;
			assert.equal((await world.readIndex())!.bindings.length, moved);
		}
		const { bindings } = (await world.readIndex())!;
		assert.deepEqual(
			bindings.map(({ workload }) => [workload.server, workload.folder, workload.roots]).toSorted(),
			projects.map((project) => ['gh', project, [project]]),
		);
		assert.equal(new Set(bindings.map(({ reference }) => reference)).size, 2);
	} finally {
		await client.stop();
		remove();
		rmSync(folder, { recursive: true });
	}
});
