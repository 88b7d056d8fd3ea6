import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Desk, desk } from '../../../test/support/cli.ts';
import { token } from '../../../test/support/tokens.ts';
import { recordRefusal } from '../adapters/approvals/refusals.ts';

const desks: Desk[] = [];
after(() => {
	for (const { folder } of desks) rmSync(folder, { recursive: true });
});
const newDesk = () => {
	const made = desk();
	desks.push(made);
	return made;
};
const CANARY = token('github-pat');

test('put from standard input, list, remove', async () => {
	const at = newDesk();
	const put = await at.runOn('{{github-pat}}\n', 'store', 'put', 'github/issues');
	assert.equal(put.code, 0, put.err);
	assert.equal(put.out, '');
	assert.match(put.err, /Stored as cred:\/\/keychain\/github\/issues \(GitHub personal access token \(classic\)\)/);
	assert.equal([...at.items].find(([account]) => account !== 'index-key')?.[1].reveal(), CANARY);

	const list = await at.run('store', 'list');
	assert.match(
		list.out,
		/^cred:\/\/keychain\/github\/issues {2}GitHub personal access token \(classic\), stored 2026-11-24, bound to no server, id /,
	);
	assert.ok(!`${put.err}${list.out}`.includes(CANARY));

	assert.match((await at.run('store', 'remove', 'github/issues')).err, /Say --yes/);
	assert.equal((await at.run('store', 'remove', 'cred://keychain/github/issues', '--yes')).code, 0);
	assert.equal((await at.run('store', 'list')).out, 'Nothing is stored yet.\n');
	assert.deepEqual([...at.items.keys()], ['index-key']);
});

test('put knows the token inside of a connection URL or a header, and what it does not know it does not guess', async () => {
	const at = newDesk();
	const stored = async (text: string, path: string) => {
		const { err } = await at.runOn(text, 'store', 'put', path);
		return /\((.*)\)\. Write/.exec(err)?.[1];
	};
	const password = 'correct-horse-7';
	const url = `postgres://app:${password}@db.acme.example/shop`;
	assert.equal(await stored(url, 'pg/shop'), 'PostgreSQL password in a connection URL');
	assert.equal(await stored('Bearer {{gitlab-pat}}', 'gl/header'), 'GitLab personal, project or group access token');
	assert.equal(await stored('{{gitlab-pat}} {{github-pat}}', 'two/of'), 'secret');
	assert.equal(await stored('just some words', 'a/b'), 'secret');
	assert.ok(
		[...at.items.values()].some((value) => value.reveal() === url),
		'what is kept is the whole text',
	);
	at.put('mcp.json', `{"servers":{"a":{"command":"x","env":{"U":"${url}","T":"{{gitlab-pat}}"}}}}`);
	const rows = JSON.parse((await at.run('list', '--format', 'json')).out) as { id: string }[];
	const { items } = JSON.parse(
		readFileSync(join(at.folder, 'home/.local/share/mcp-hygiene/index.json'), 'utf8'),
	).content;
	const known = new Set((items as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint));
	assert.ok(rows.length === 2 && rows.every(({ id }) => known.has(id)), 'the same tokens in a config are the same');
});

test('put at a terminal asks without echo; an empty answer stores nothing', async () => {
	const at = newDesk();
	assert.equal((await at.runWith(['{{github-pat}}'], 'store', 'put', 'a/b')).code, 0);
	const empty = await at.runWith([''], 'store', 'put', 'a/c');
	assert.equal(empty.code, 2);
	assert.match(empty.err, /No value was given/);
});

test('put refuses what would lose or leak something', async () => {
	const at = newDesk();
	assert.match((await at.run('store', 'put', 'a/b', 'value')).err, /no value as an argument/);
	assert.match((await at.runOn('x', 'store', 'put', '../b')).err, /made of letters/);
	assert.match((await at.runOn('one\ntwo\n', 'store', 'put', 'a/b')).err, /several lines/);
	await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
	assert.match((await at.runOn('{{github-pat:2}}', 'store', 'put', 'a/b')).err, /already stored/);
	assert.match((await at.run('store', 'frob')).err, /put, get, list or remove/);
});

test('get shows a value to a person who asks twice, and to nobody else', async () => {
	const at = newDesk();
	await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
	assert.match((await at.run('store', 'get', 'a/b')).err, /only with --reveal/);
	const noTerminal = await at.run('store', 'get', 'a/b', '--reveal');
	assert.deepEqual([noTerminal.code, noTerminal.out], [2, '']);
	assert.equal((await at.runWith(['no'], 'store', 'get', 'a/b', '--reveal')).out, '');
	assert.equal((await at.runWith(['yes'], 'store', 'get', 'a/b', '--reveal')).out, `${CANARY}\n`);
});

test('approve: shows what was refused, allows it after a yes, and bindings lists it', async () => {
	const at = newDesk();
	await at.runOn('{{github-pat}}', 'store', 'put', 'github/gh');
	const args = '["run", "--server", "gh", "--", "node", "srv.js"]';
	const config = at.put(
		'w/.vscode/mcp.json',
		`{ "servers": { "gh": { "command": "mcp-hygiene", "args": ${args}, "env": { "T": "cred://keychain/github/gh", "API": "x" }, "envFile": "\${workspaceFolder}/more.env", "cwd": "\${workspaceFolder}/sub" } } }`,
	);
	await recordRefusal(join(at.folder, 'home/.local/share/mcp-hygiene'), {
		at: Date.parse('2026-11-23T10:00:00Z'),
		reference: 'cred://keychain/github/gh',
		server: 'gh',
		target: { env: 'T' },
		cwd: join(at.folder, 'w'),
		config: { path: config, server: 'gh', dialect: 'vscode', isUserLevel: false },
		differences: ['nobody has approved it yet'],
	});
	assert.match((await at.run('approve')).err, /for a person/);
	const refused = await at.runWith(['1', 'no'], 'approve');
	assert.match(refused.err, /1\. cred:\/\/keychain\/github\/gh for environment variable T of server "gh"/);
	assert.match(refused.err, /- nobody has approved it yet/);
	assert.match(
		refused.err,
		/other environment {2}API\n {2}variables of {2}.*more\.env\n {2}working folder {2}\S*sub\n/,
	);
	assert.match(refused.err, /Nothing was allowed/);
	assert.match((await at.run('bindings')).out, /No server is allowed/);

	const allowed = await at.runWith(['1', 'yes'], 'approve');
	assert.match(allowed.err, /Allowed\. Start the server again/);
	const { out } = await at.run('bindings');
	assert.match(
		out,
		/cred:\/\/keychain\/github\/gh\n {2}server {4}gh in .*mcp\.json\n {2}given to {2}environment variable T of .*node.* srv\.js/,
	);
	assert.equal(JSON.parse((await at.run('bindings', '--format', 'json')).out)[0].server, 'gh');
	assert.match((await at.runWith([], 'approve')).err, /Nothing was refused/);

	const { out: listed } = await at.run('list', 'w');
	assert.match(listed, /stored {3}OS keychain, cred:\/\/keychain\/github\/gh/);
	assert.match((await at.runWith(['no'], 'store', 'remove', 'github/gh')).err, /Used by server gh in /);
});
