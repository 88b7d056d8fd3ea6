import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { token } from '../../../test/support/tokens.ts';

const PAT = token('gitlab-pat');
const asked: string[] = [];
let server: Server;
let host: string;

before(async () => {
	server = createServer((request, response) => {
		asked.push(`${request.method} ${request.url} ${request.headers['private-token']}`);
		const about = { scopes: ['api'], active: true, revoked: false, created_at: '2026-01-01T00:00:00Z' };
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(about));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
	server.close();
	server.closeAllConnections();
});

function newDesk() {
	asked.length = 0;
	const at = desk();
	const env = `{"GITLAB_API_URL":"http://${host}","GITLAB_TOKEN":"{{gitlab-pat}}"}`;
	at.put('.vscode/mcp.json', `{"servers":{"gl":{"command":"node","args":["s.js"],"env":${env}}}}`);
	return { ...at, cache: `${at.folder}/home/.local/share/mcp-hygiene/probes.json` };
}

test('list --probe names the host first, and asks after a yes', async () => {
	const at = newDesk();
	const { code, out, err } = await at.runWith(['yes'], 'list', '--probe', 'gitlab');
	assert.equal(code, 0, err);
	assert.match(err, new RegExp(`GitLab .* #[0-9a-f]{6} in \\.vscode/mcp\\.json to ${host} \\(named by GITLAB_API_URL`));
	assert.match(out, /scope {4}api \(told by GitLab on /);
	assert.match(out, /its issuer says that it was created 2026-01-01/);
	assert.match(err, /GitLab tells: scopes, .*\nNothing is changed by it\.\nSend them\?/);
	assert.deepEqual(asked, [`GET /api/v4/personal_access_tokens/self ${PAT}`]);
	assert.ok(!`${out}${err}`.includes(PAT));
	assert.ok(!existsSync(at.cache), 'without an index nothing is kept');
	rmSync(at.folder, { recursive: true });
});

test('what was told is kept for a person who has an index, without the token', async () => {
	const at = newDesk();
	await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
	await at.runWith(['yes'], 'list', '--probe', 'gitlab');
	assert.ok(!readFileSync(at.cache, 'utf8').includes(PAT));
	assert.match((await at.run('list')).out, /scope {4}api \(told by GitLab on /);
	const [row] = JSON.parse((await at.run('list', '--format', 'json')).out) as { places: { rules: string[] }[] }[];
	assert.ok(row?.places[0]?.rules.includes('old-token'), 'rules look at what was told');
	assert.equal(asked.length, 1);
	rmSync(at.folder, { recursive: true });
});

test('several issuers are asked one after the other, and none where one of them is not known', async () => {
	const at = newDesk();
	const none = await at.runWith(['yes', 'yes'], 'list', '--probe', 'gitlab', '--probe', 'gitlabb');
	assert.deepEqual([none.code, asked.length], [2, 0]);
	const { out, err } = await at.runWith(['yes', 'yes'], 'list', '--probe', 'github', '--probe', 'gitlab');
	assert.match(err, /No token of GitHub .*\n.*GitLab would get/s);
	assert.match(out, /told by GitLab/);
	rmSync(at.folder, { recursive: true });
});

test('the list says whose issuer does not tell, and who was not asked', async () => {
	const at = newDesk();
	at.put(
		'.mcp.json',
		'{"mcpServers":{"pay":{"command":"node","args":["s.js"],"env":{"SUPABASE_KEY":"{{supabase-secret}}"}}}}',
	);
	const { out } = await at.run('list');
	assert.match(out, /there is nothing to ask \(supabase\.com\/docs, API keys; read 2026-11\)\)/);
	assert.match(out, /GitLab can be asked about it, and was not\)/);
	const rows = JSON.parse((await at.run('list', '--format', 'json')).out) as { issuer: string; answer: string }[];
	assert.deepEqual(rows.map(({ issuer, answer }) => [issuer, answer]).toSorted(), [
		['gitlab', 'unasked'],
		['supabase', 'silent'],
	]);
	rmSync(at.folder, { recursive: true });
});

test('nothing is sent without a yes, a terminal, or an issuer that is known', async () => {
	const at = newDesk();
	assert.match((await at.runWith(['y'], 'list', '--probe', 'gitlab')).err, /Nothing was sent/);
	const noTerminal = await at.run('list', '--probe', 'gitlab');
	assert.deepEqual([noTerminal.code, noTerminal.out], [2, '']);
	assert.match(noTerminal.err, /in a terminal/);
	assert.match((await at.runWith(['yes'], 'list', '--probe', PAT)).err, /--probe must be one of/);
	assert.match((await at.runWith(['yes'], 'list', '--probe', 'github')).err, /No token of GitHub/);
	assert.deepEqual(asked, []);
	rmSync(at.folder, { recursive: true });
});

test('a token is not shown to the public host where another host could be meant', async () => {
	const entry = (name: string, more: string) => `"${name}":{"command":"node","args":["s.js"],${more}}`;
	const unclear = [
		`${entry('a', '"env":{"GITLAB_TOKEN":"{{gitlab-pat}}","GITLAB_URL":"${env:GITLAB_URL}"}')}`,
		`${entry('a', '"envFile":"${workspaceFolder}/.env","env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}')}`,
		`${entry('a', '"env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}')},${entry('b', '"env":{"T":"{{gitlab-pat}}","GITLAB_HOST":"${input:h}"}')}`,
	];
	for (const servers of unclear) {
		const at = newDesk();
		at.put('.vscode/mcp.json', `{"servers":{${servers}}}`);
		const { err } = await at.runWith(['no'], 'list', '--probe', 'gitlab');
		assert.match(err, /is not asked about/);
		assert.ok(!err.includes('gitlab.com'), err);
		rmSync(at.folder, { recursive: true });
	}
});
