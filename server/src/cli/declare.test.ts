import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { token } from '../../../test/support/tokens.ts';

const CONFIG =
	'{"servers":{"gh":{"command":"github-mcp-server","args":["stdio","--toolsets=issues"],"env":{"GITHUB_TOKEN":"{{github-fine-grained}}"}}}}';

const codeIn = (text: string) => /#([0-9a-f]{6})/.exec(text)![1]!;

test('what you declare is listed with its date, and taken back', async () => {
	const at = desk();
	at.put('.vscode/mcp.json', CONFIG);
	const early = await at.run('declare', codeIn((await at.run('list')).out), '--scope', 'issues:read');
	assert.equal(early.code, 2, 'the first code was of one run only');
	assert.match(early.err, /Your index was made just now, so every code is a new one, and stays from here on/);

	const code = codeIn((await at.run('list')).out);
	const kept = await at.run(
		'declare',
		code,
		'--scope',
		'issues:read',
		'--scope',
		'contents:write',
		'--expires',
		'2027-01-31',
	);
	assert.deepEqual([kept.code, kept.err], [0, 'Kept, as declared by you.\n']);
	const { out } = await at.run('list');
	assert.match(
		out,
		/scope {4}at least issues:read, contents:write \(declared by you on 2026-11-24; from its format[;)]/,
	);
	assert.match(out, /excess {3}contents:write/);
	assert.match(out, /expires {2}2027-01-31/);
	const file = readFileSync(`${at.folder}/home/.local/share/mcp-hygiene/declared.json`, 'utf8');
	assert.ok(!file.includes(token('github-fine-grained')));

	assert.equal((await at.run('declare', code, '--forget')).code, 0);
	assert.doesNotMatch((await at.run('list')).out, /declared/);
	rmSync(at.folder, { recursive: true });
});

test('a token of a `.env` file that a server names can be spoken of too', async () => {
	const at = desk();
	at.put('.env', 'GITHUB_TOKEN={{github-fine-grained}}\n');
	at.put('.vscode/mcp.json', '{"servers":{"gh":{"command":"github-mcp-server","envFile":"${workspaceFolder}/.env"}}}');
	await at.runOn('{{gitlab-pat}}', 'store', 'put', 'a/b');
	const kept = await at.run('declare', codeIn((await at.run('list')).out), '--scope', 'issues:read');
	assert.deepEqual([kept.code, kept.err], [0, 'Kept, as declared by you.\n']);
	rmSync(at.folder, { recursive: true });
});

test('what cannot be kept is one line and changes nothing', async () => {
	const at = desk();
	at.put('.vscode/mcp.json', CONFIG);
	await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
	const code = codeIn((await at.run('list')).out);
	for (const [args, problem] of [
		[[], /needs the code of a token/],
		[['#nothex'], /needs the code of a token/],
		[[code], /Nothing was said/],
		[[code, '--scope', token('github-pat')], /Write each scope as its issuer does/],
		[[code, '--access', 'all'], /--access must be one of/],
		[[code, '--expires', 'soon'], /YYYY-MM-DD/],
		[['#000000', '--access', 'read'], /No secret has this code/],
	] as const) {
		const { code: exit, err } = await at.run('declare', ...args);
		assert.equal(exit, 2, err);
		assert.match(err, problem);
		assert.ok(!err.includes(token('github-pat')));
	}
	rmSync(at.folder, { recursive: true });
});
