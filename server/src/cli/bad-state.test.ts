import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Desk, desk } from '../../../test/support/cli.ts';
import { IssuerDesk, json } from '../../../test/support/issuer-desk.ts';
import { token } from '../../../test/support/tokens.ts';

const issuer = new IssuerDesk();
const PAT = token('gitlab-pat');
const CODE = /#([0-9a-f]{6})/;

/** A desk where something is stored, declared, told, seen and configured. */
async function lived(body: (desk: Desk & { readonly state: string }) => Promise<void>): Promise<void> {
	const at = desk();
	const env = `{"GITLAB_API_URL":"${issuer.origin}","GITLAB_TOKEN":"{{gitlab-pat}}","SESSION_TOKEN":"{{jwt}}"}`;
	at.put('.vscode/mcp.json', `{"servers":{"gl":{"command":"node","args":["s.js"],"env":${env}}}}`);
	const state = join(at.folder, 'home/.local/share/mcp-hygiene');
	const about = { scopes: ['api'], active: true, revoked: false, created_at: '2026-01-01T00:00:00Z' };
	issuer.respond = json({ ...about, expires_at: '2026-12-31' });
	try {
		await at.runOn('{{github-pat}}', 'store', 'put', 'a/b');
		const [, code = ''] = CODE.exec((await at.run('list')).out) ?? [];
		await at.run('declare', code, '--scope', 'api');
		assert.equal((await at.runWith(['yes'], 'list', '--probe', 'gitlab')).code, 0);
		await body({ ...at, state });
	} finally {
		rmSync(at.folder, { recursive: true });
	}
}

const NONSENSE = [
	'',
	'{',
	'null',
	'[]',
	'7',
	'"x"',
	'\0\0\0\0',
	'{"version":1}',
	'{"version":1,"entries":[1,2]}',
	`{"version":1,"entries":{"${'a'.repeat(32)}":{"source":"declared","scopes":"api","asOf":"now"}}}`,
	'{"version":1,"mac":"x","content":{"items":[null],"bindings":7,"counter":"x"}}',
	'{"needs":"all","indexKey":5,"pass":[]}',
	'{"needs":[null,7,{"match":{},"scopes":"x","access":1}],"op":null}',
	'['.repeat(50_000),
	'x'.repeat(200_000),
];

describe('a file of ours that was edited into nonsense, or cut', () => {
	for (const name of ['index.json', 'probes.json', 'declared.json', 'seen.json', 'config.json'])
		it(`${name}: the list is told, the rest says what is wrong, and nothing breaks`, () =>
			lived(async ({ run, state }) => {
				const path = join(state, name);
				const whole = name === 'config.json' ? '{"needs":[],"indexKey":"keychain"}' : readFileSync(path, 'utf8');
				for (const text of [...NONSENSE, whole.slice(0, whole.length / 2), whole.slice(0, -3)]) {
					writeFileSync(path, text, { mode: 0o600 });
					const { code, out, err } = await run('list');
					const shown = `${name} ${JSON.stringify(text.slice(0, 60))}: ${code} ${err}`;
					assert.ok(code === 0 || code === 2, shown);
					assert.match(out, /\n2 secrets in 2 places\.\n/, shown);
					assert.doesNotMatch(err, /Something unexpected/, shown);
					const doctor = await run('doctor');
					assert.doesNotMatch(doctor.out, /Something unexpected/, shown);
					assert.ok(!`${out}${err}${doctor.out}`.includes(PAT));
				}
			}));

	it('a folder in the place of each is no crash either', () =>
		lived(async ({ run, state }) => {
			for (const name of ['probes.json', 'declared.json', 'seen.json', 'index.json', 'config.json']) {
				rmSync(join(state, name), { force: true });
				mkdirSync(join(state, name));
				const { out, err } = await run('list');
				assert.match(out, /2 secrets in 2 places/, err);
				assert.doesNotMatch(err, /Something unexpected/, name);
			}
		}));
});

describe('a clock that is wrong', () => {
	const list = (out: string) =>
		JSON.parse(out) as { age: { text: string; old: boolean }; places: { rules: string[] }[] }[];

	it('back in 1970: no age, no answer of the future, no end that came', () =>
		lived(async ({ runAt }) => {
			for (const now of [0, 86_400_000]) {
				const { code, out, err } = await runAt(now, 'list', '--format', 'json');
				assert.equal(code, 0, err);
				assert.deepEqual(
					list(out).map(({ age }) => [age.text, age.old]),
					[
						['unknown', false],
						['unknown', false],
					],
				);
				assert.ok(!out.includes('told by GitLab'), 'an answer from the future does not count');
				assert.ok(!out.includes('expired-token'));
				assert.doesNotMatch(out, /NaN|Invalid|-\d+ days/);
			}
		}));

	it('ahead in 2200: what ended has ended, and what was told long ago is not repeated', () =>
		lived(async ({ runAt }) => {
			const { code, out, err } = await runAt(Date.parse('2200-01-01'), 'list', '--format', 'json');
			assert.equal(code, 0, err);
			const rules = list(out).flatMap(({ places }) => places.flatMap((place) => place.rules));
			assert.ok(rules.includes('expired-token') && rules.includes('old-token'));
			assert.ok(!out.includes('told by GitLab'));
			assert.doesNotMatch(out, /NaN|Invalid|-\d+ days/);
		}));

	it('set back after the future was written: the present counts', () =>
		lived(async ({ run, runAt }) => {
			await runAt(Date.parse('2200-01-01'), 'list');
			const { out } = await run('list', '--format', 'json');
			assert.doesNotMatch(out, /2200/);
			assert.doesNotMatch(out, /NaN|Invalid|-\d+ days/);
		}));
});
