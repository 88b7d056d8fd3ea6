import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';
import { runtime } from './doctor.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

const check = (out: string, what: string) =>
	out
		.split('\n')
		.find((line) => line.slice(8).startsWith(what))
		?.replaceAll(/ +/g, ' ');

test('each part has one line; what is missing says what to do', async () => {
	const { code, out } = await at.run('doctor');
	assert.match(check(out, 'runtime') ?? '', /^ok runtime Node \d+\./);
	assert.equal(check(out, 'keychain'), 'ok keychain The OS keychain stores, returns and removes.');
	assert.match(check(out, 'index') ?? '', /^ok index Nothing is stored/);
	assert.match(check(out, 'launcher') ?? '', /^problem launcher Not installed at .*doctor --fix/);
	assert.match(check(out, 'pass') ?? '', /^(?:ok|note) /);
	assert.equal(code, 1);
	assert.equal(at.items.size, 0);
});

test('an installed launcher that does not start is a problem, and so is one that is not on PATH', async () => {
	const shim = at.put('home/.local/share/mcp-hygiene/bin/mcp-hygiene', '#!/bin/sh\nexit 78\n');
	chmodSync(shim, 0o755);
	assert.match(check((await at.run('doctor')).out, 'launcher') ?? '', /does not start/);
	writeFileSync(shim, '#!/bin/sh\nexit 0\n');
	const { out } = await at.run('doctor');
	assert.match(check(out, 'launcher') ?? '', /^ok launcher Installed and starts/);
	assert.match(check(out, 'PATH') ?? '', /PATH/);
	rmSync(shim);
});

test('an index that somebody else wrote is a problem', async () => {
	await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
	const path = at.put(
		'home/.local/share/mcp-hygiene/index.json',
		'{ "version": 1, "mac": "00", "content": { "counter": 9, "items": [], "bindings": [] } }',
	);
	chmodSync(path, 0o600);
	const { code, out } = await at.run('doctor');
	assert.equal(code, 1);
	assert.match(out, /^problem index .*changed by something else/m);
	assert.match(
		(await at.run('list', '-')).err,
		/stored secrets are left out\. The index of approved servers was changed/,
	);
});

test('such an index is moved aside when a person says so, and never without one', async () => {
	const index = join(at.folder, 'home/.local/share/mcp-hygiene/index.json');
	const forged = readFileSync(index, 'utf8');
	const alone = await at.run('doctor', '--reset-index');
	assert.equal(alone.code, 2);
	assert.match(alone.err, /in a terminal/);
	assert.match((await at.runWith(['no'], 'doctor', '--reset-index')).err, /Nothing was changed/);
	assert.equal(readFileSync(index, 'utf8'), forged);
	const { code, err } = await at.runWith(['yes'], 'doctor', '--reset-index');
	assert.equal(code, 0);
	const aside = /Moved to (.+)\. The next/.exec(err)?.[1];
	assert.equal(readFileSync(aside!, 'utf8'), forged);
	assert.equal((await at.run('bindings')).code, 0);
	await at.runOn('{{github-pat}}', 'store', 'put', 'c/d');
	assert.match((await at.runWith([], 'doctor', '--reset-index')).err, /is in order/);
});

test('a configuration that cannot be read is one line', async () => {
	const path = at.put('home/.local/share/mcp-hygiene/config.json', '{');
	const { code, err } = await at.run('bindings');
	assert.equal(code, 2);
	assert.match(err, /config\.json is not a JSON object/);
	const looked = await at.run('doctor');
	assert.match(check(looked.out, 'index') ?? '', /^problem index .*config\.json is not a JSON object/);
	assert.match(check(looked.out, 'launcher') ?? '', /launcher/, 'whatever else can be checked is');
	assert.equal(looked.code, 1);
	writeFileSync(path, '{}');
});

test('an old runtime is a problem', () => {
	assert.equal(runtime('22.1.0').state, 'ok');
	assert.match(runtime('20.19.0').message, /Install Node 22/);
});
