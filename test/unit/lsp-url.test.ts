import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type FixRequest, LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

it('a secret in a URL is moved, bound to its place, and shown there', async () => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-url-')));
	const path = join(folder, '.vscode/mcp.json');
	const uri = pathToFileURL(path).href;
	const text = expand('{"servers":{"s":{"type":"http","url":"https://s.example/mcp?key={{gitlab-pat}}&z=1"}}}');
	mkdirSync(join(folder, '.vscode'));
	writeFileSync(path, text);
	const { world, remove } = temporaryWorld();
	const client = await LspClient.start({ mode: 'in-process', folder, world });
	try {
		client.open(uri, text);
		const finding = (await client.diagnostics(uri)).find(({ code }) => code === 'credential-in-url')!;
		const action = (await client.actions(uri, finding)).find(({ title }) => title.includes('OS keychain'))!;
		assert.match(action.title, /and start "s" through the launcher \(the server still gets it in the URL\)$/);
		const outcome = await client.fix(action.command!.arguments![0] as FixRequest);
		assert.match(outcome.message, /The server still gets it inside of the URL, so its own logs/);
		const reference = 'cred://keychain/gitlab/s';
		assert.deepEqual(JSON.parse(client.text(uri)).servers.s, {
			type: 'stdio',
			command: 'mcp-hygiene',
			args: ['connect', 'https://s.example/mcp?key=&z=1', '--query', `key=${reference}`],
		});
		const [binding] = (await world.openIndex()).bindings;
		const { destination } = binding!;
		assert.ok(destination.kind === 'connect' && 'query' in destination);
		assert.deepEqual([destination.origin, destination.query], ['https://s.example', 'key']);
		assert.ok(!JSON.stringify(binding).includes(token('gitlab-pat')));
		await client.connection.sendRequest(LOOK_AGAIN);
		assert.match(await client.hover(uri, reference), /Handed over as:\*\* query parameter key/);
		assert.equal((await client.list()).rows[0]?.places[0]?.position, 'query parameter key');
	} finally {
		await client.stop();
		remove();
		rmSync(folder, { recursive: true, force: true });
	}
});
