import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { token } from '../../../../test/support/tokens.ts';
import { KNOWN_SETTINGS, readPersonalConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
const path = join(folder, 'config.json');
after(() => rmSync(folder, { recursive: true }));

function refusal(config: object): string {
	writeFileSync(path, JSON.stringify(config));
	try {
		readPersonalConfig(folder);
	} catch (error) {
		assert.equal((error as Error).name, 'ConfigError');
		return (error as Error).message;
	}
	return 'taken';
}

test('without a file, and with an empty one, everything is as usual', () => {
	rmSync(path, { force: true });
	const usual = { passEnvironment: [], indexKey: 'keychain', pass: {}, op: {} };
	assert.deepEqual(readPersonalConfig(folder), usual);
	assert.equal(refusal({}), 'taken');
	assert.deepEqual(readPersonalConfig(folder), usual);
});

test('a name that means nothing is told, with the one that was meant', () => {
	assert.equal(
		refusal({ passEnviroment: ['HOME'] }),
		`"passEnviroment" in ${path} means nothing. Did you mean "passEnvironment"?`,
	);
	assert.equal(
		refusal({ pass: { gnupghome: '/x' } }),
		`"pass.gnupghome" in ${path} means nothing. Did you mean "pass.gnupgHome"?`,
	);
	assert.equal(
		refusal({ timeout: 5 }),
		`"timeout" in ${path} means nothing. Known are passEnvironment, indexKey, proxy, ca, needs, pass, op.`,
	);
	assert.equal(refusal({ op: { user: 'x' } }), `"op.user" in ${path} means nothing. Known are op.account, op.vault.`);
});

test('what could be a secret in the place of a name is not repeated', () => {
	assert.match(refusal({ [token('github-pat')]: 'x' }), /^A name in .* means nothing\. Known are /);
});

test('a value of another kind is told', () => {
	assert.match(refusal({ passEnvironment: 'HOME' }), /^"passEnvironment" in .* must be a list of names\.$/);
	assert.match(refusal({ indexKey: 'none' }), /must be "keychain" or "file"/);
	assert.match(refusal({ pass: [] }), /^"pass" in .* must be an object\.$/);
});

const page = readFileSync(new URL('../../../../docs/config.md', import.meta.url), 'utf8');

test('the page names every setting, and its example is taken', () => {
	for (const [section, names] of Object.entries(KNOWN_SETTINGS))
		for (const name of names.filter((one) => one !== 'pass' && one !== 'op'))
			assert.ok(page.includes(`| \`${section === '' ? name : `${section}.${name}`}\` |`), name);
	const [, example] = /```json\n([\s\S]{1,2000}?)```/.exec(page)!;
	assert.equal(refusal(JSON.parse(example!)), 'taken');
});
