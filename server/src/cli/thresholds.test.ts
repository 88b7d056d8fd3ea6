import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { desk } from '../../../test/support/cli.ts';

const at = desk();
after(() => rmSync(at.folder, { recursive: true }));

/** Of 2026-01-01, which is 327 days ago on this desk. It ends in 2100. */
at.put('mcp.json', '{"servers":{"a":{"command":"node","args":["s.js"],"env":{"SESSION_TOKEN":"{{jwt}}"}}}}');

async function rules(...options: readonly string[]): Promise<string[]> {
	const { out } = await at.run('scan', 'mcp.json', '--format', 'json', ...options);
	return (JSON.parse(out) as { findings: { ruleId: string }[] }).findings.map(({ ruleId }) => ruleId);
}

test('scan takes the age from which a token is old', async () => {
	assert.ok((await rules()).includes('old-token'));
	assert.ok((await rules('--old-after', '327')).includes('old-token'));
	assert.ok(!(await rules('--old-after', '328')).includes('old-token'));
});

test('scan takes the limits of the rules on expiry', async () => {
	assert.ok((await rules()).includes('long-lived-token'));
	assert.ok(!(await rules('--long-lived', '36500')).includes('long-lived-token'));
	assert.ok(!(await rules('--expires-soon', '7')).includes('expired-token'));
	assert.ok((await rules('--expires-soon', '26800')).includes('expired-token'));
});

test('list takes them as well', async () => {
	assert.match((await at.run('list')).out, /age {6}327 days, too old/);
	assert.doesNotMatch((await at.run('list', '--old-after', '400')).out, /too old/);
});

test('days that cannot be are refused with what can be', async () => {
	for (const [option, value, wanted] of [
		['--old-after', '0', /--old-after takes a whole number of days, from 1 to 36500\./],
		['--old-after', '-3', /--old-after takes a whole number of days, from 1 to 36500\./],
		['--old-after', '1e3', /--old-after takes/],
		['--old-after', '', /--old-after takes/],
		['--expires-soon', '36501', /--expires-soon takes a whole number of days, from 0 to 36500\./],
		['--long-lived', 'a year', /--long-lived takes/],
	] as const)
		for (const command of ['scan', 'list']) {
			const { code, out, err } = await at.run(command, option, value);
			assert.deepEqual([code, out], [2, ''], `${option} ${value}`);
			assert.match(err, wanted);
		}
});
