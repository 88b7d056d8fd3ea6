// A real MCP host (the library's own client) starts a real MCP server through the installed shim and stops it again.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, it } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { until } from '../support/harness/temporary.ts';
import { Desk } from '../support/launcher-desk.ts';

let desk: Desk;
before(async () => {
	desk = await Desk.open();
});
after(() => desk.close());

it('tools are listed, and closing the client ends the server within the host’s patience', async () => {
	const everything = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-everything/dist/index.js');
	const entry = desk.entry('everything', {
		command: 'node',
		args: [everything, 'stdio'],
		env: { TOKEN: 'cred://keychain/everything' },
	});
	await desk.approve(desk.config('repo/.vscode/mcp.json', 'everything', entry), 'everything');
	const [command, ...args] = desk.session.command(process.execPath, [desk.launcher, ...entry.args!]);
	const transport = new StdioClientTransport({
		command,
		args,
		env: { ...entry.env },
		cwd: desk.path('repo'),
		stderr: 'ignore',
	});
	const client = new Client({ name: 'host', version: '1.0.0' });
	await client.connect(transport as Parameters<Client['connect']>[0]);
	const { tools } = await client.listTools();
	assert.ok(tools.some(({ name }) => name === 'echo'));
	const pid = transport.pid!;
	const started = performance.now();
	await client.close();
	assert.ok(performance.now() - started < 2_000);
	await until('the end of the server', () => (isAlive(pid) ? undefined : true));
});

it('a refusal reaches the person as the error of the connection', async () => {
	const entry = desk.entry('refused', { env: { TOKEN: 'cred://keychain/refused' } });
	const [command, ...args] = desk.session.command(process.execPath, [desk.launcher, ...entry.args!]);
	const transport = new StdioClientTransport({
		command,
		args,
		env: { ...entry.env },
		cwd: desk.folder,
		stderr: 'ignore',
	});
	const client = new Client({ name: 'host', version: '1.0.0' });
	await assert.rejects(
		client.connect(transport as Parameters<Client['connect']>[0]),
		/cred:\/\/keychain\/refused is not released to "refused"/,
	);
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
