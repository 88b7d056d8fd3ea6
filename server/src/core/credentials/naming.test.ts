import assert from 'node:assert/strict';
import { it } from 'node:test';
import { knownServer } from '../catalog/index.ts';
import type { Part } from '../servers.ts';
import { nameArguments } from './naming.ts';

const parts = (...values: string[]): Part[] =>
	values.map((value, index) => ({
		position: 'arg',
		value,
		index,
		pointer: `/args/${index}`,
		node: { kind: 'string', span: { start: 0, end: 0 }, value, spanOf: () => ({ start: 0, end: 0 }) },
	}));

/** The name of the last argument. */
function nameOfLast(...values: string[]): string | undefined {
	const names: (string | undefined)[] = [];
	const args = parts(...values);
	nameArguments({ args }, knownServer({ args }), (_, name) => void names.push(name));
	return names.at(-1);
}

it('names an argument by the flag before it', () => {
	assert.equal(nameOfLast('x', '--api-key', 'V'), '--api-key');
	assert.equal(nameOfLast('x', '-e', 'NAME=V'), undefined);
	assert.equal(nameOfLast('x', '--header', 'X-Api-Key: V'), undefined);
	assert.equal(nameOfLast('x', '--port=3', 'V'), undefined);
});

it('names the value of a header that was split', () => {
	assert.equal(nameOfLast('--header', 'Authorization:', 'Bearer', 'V'), 'Authorization');
	assert.equal(nameOfLast('--header', 'Authorization: Bearer', 'V'), 'Authorization');
	assert.equal(nameOfLast('-H', 'X-Api-Key', 'V'), 'X-Api-Key');
	assert.equal(nameOfLast('--header', 'Accept:', 'V'), undefined);
	assert.equal(nameOfLast('--header', 'Authorization:', 'Bearer V', 'W'), undefined);
});

it('names what an option takes that only its program explains', () => {
	assert.equal(nameOfLast('-s', '/usr/bin/curl', '-u', 'V'), 'user:password');
	assert.equal(nameOfLast('mysql', '-u', 'app', '-pV'), 'attached password');
	assert.equal(nameOfLast('redis-cli', '-a', 'V'), 'password');
	assert.equal(nameOfLast('some-server', '-p', 'V'), '-p');
	assert.equal(nameOfLast('mcp-proxy', '--env', 'API_KEY', 'V'), 'API_KEY');
	assert.equal(nameOfLast('uvx', 'mcp-proxy', '--headers', 'X-Api-Key', 'V'), 'X-Api-Key');
	assert.equal(nameOfLast('docker', 'run', '-e', 'API_KEY', 'V'), undefined);
	assert.equal(nameOfLast('mcp-proxy', 'docker', 'run', '-e', 'API_KEY', 'V'), undefined);
	assert.equal(nameOfLast('mysql', '-p', 'V'), '-p');
});

it('names what a known server takes without a flag', () => {
	assert.equal(nameOfLast('-y', 'airtable-mcp-server', 'V'), 'api key');
	assert.equal(nameOfLast('-y', 'some-server', 'V'), undefined);
});
