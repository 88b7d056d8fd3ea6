import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listRefusals } from '../../server/src/adapters/approvals/refusals.ts';
import { targetText } from '../../server/src/core/bindings/binding.ts';
import { ConnectDesk, connectEntry, REFERENCE, SECRET } from '../support/connect-desk.ts';
import type { Entry } from '../support/launcher-desk.ts';

let at: ConnectDesk;
before(async () => {
	at = await ConnectDesk.open();
});
after(() => at.close());

describe('connect refuses', () => {
	async function refused(entry: Entry, cwd: string, differs: RegExp): Promise<void> {
		const { code, stderr, stdout } = await at.desk.launch(entry, { cwd });
		assert.equal(code, 78, stderr + stdout);
		assert.match(stderr, differs);
	}

	it('plain http to another machine', () =>
		refused(connectEntry('http://mcp.example/mcp'), at.desk.folder, /is plain http/));

	it('another origin, path, header or label, in the config or handed over', async () => {
		const entry = connectEntry('https://good.example/mcp');
		const cwd = await at.approved(entry);
		await refused(
			connectEntry('https://evil.example/mcp'),
			cwd,
			/the URL is now at https:\/\/evil\.example, approved was https:\/\/good\.example/,
		);
		const changes: [Entry, RegExp][] = [
			[
				connectEntry('https://evil.example/mcp'),
				/the URL is now at https:\/\/evil\.example, approved was https:\/\/good\.example/,
			],
			[connectEntry('https://good.example/other'), /another path or query/],
			[
				connectEntry('https://good.example/mcp', '--header', `x-log=${REFERENCE}`),
				/into the header x-log, approved was the header authorization/,
			],
			[
				connectEntry('https://good.example/mcp', '--bearer', REFERENCE, '--header', 'x-forward=1'),
				/header x-forward was added/,
			],
			[connectEntry('https://good.example/mcp', '--bearer', 'cred://keychain/other'), /never approved/],
			[connectEntry('https://good.example@evil.example/mcp'), /approved was https:\/\/good\.example/],
		];
		for (const [changed, differs] of changes) {
			at.config(changed);
			await refused(changed, cwd, differs);
		}
	});

	it('another URL, parameter, segment, or kind of place than was approved', async () => {
		const base = 'https://good.example/mcp?mode=1';
		const query = ['--query', `key=${REFERENCE}`];
		const path = (name: string) => connectEntry(`https://good.example/{${name}}/mcp`, '--path', `${name}=${REFERENCE}`);
		const cases: [Entry, Entry, RegExp][] = [
			[
				connectEntry(base, ...query),
				connectEntry('https://evil.example/mcp?mode=1', ...query),
				/approved was https:\/\/good/,
			],
			[
				connectEntry(base, ...query),
				connectEntry('https://good.example/other?mode=1', ...query),
				/another path or query/,
			],
			[
				connectEntry(base, ...query),
				connectEntry('https://good.example/mcp?mode=2', ...query),
				/another path or query/,
			],
			[
				connectEntry(base, ...query),
				connectEntry(base, '--query', `search=${REFERENCE}`),
				/into the query parameter search, approved was the query parameter key/,
			],
			[
				connectEntry(base, ...query),
				connectEntry(base, '--header', `x-key=${REFERENCE}`),
				/into the header x-key, approved was the query parameter key/,
			],
			[
				connectEntry(base, ...query),
				connectEntry(base, '--bearer', REFERENCE),
				/into the header authorization, approved was/,
			],
			[
				connectEntry(base, '--bearer', REFERENCE),
				connectEntry(base, ...query),
				/into the query parameter key, approved was the header authorization/,
			],
			[connectEntry(base, ...query), connectEntry(base, ...query, '--header', 'x-log=1'), /header x-log was added/],
			[path('secret'), path('other'), /another path or query/],
			[
				path('secret'),
				connectEntry('https://good.example/{secret}/mcp', '--query', `secret=${REFERENCE}`),
				/into the query parameter secret, approved was the path segment \{secret\}/,
			],
		];
		for (const [before, changed, differs] of cases) {
			const cwd = await at.approved(before);
			at.config(changed);
			await refused(changed, cwd, differs);
			// The config is as it was approved, and only what is handed over differs.
			at.config(before);
			const { code, stdout, stderr } = await at.desk.launch(changed, { cwd });
			assert.equal(code, 78, stdout);
			assert.ok(!stderr.includes(SECRET));
		}
	});

	it('a place in the URL that is not there, is taken, or would not hold the secret', async () => {
		const base = 'https://good.example';
		await refused(
			connectEntry(`${base}/mcp?key=1`, '--query', `key=${REFERENCE}`),
			at.desk.folder,
			/has a value for the parameter key/,
		);
		await refused(
			connectEntry(`${base}/mcp`, '--path', `t=${REFERENCE}`),
			at.desk.folder,
			/needs one path segment \{t\}/,
		);
		await refused(
			connectEntry(`${base}/mcp`, '--query', 'key=plain'),
			at.desk.folder,
			/--query key holds no well-formed reference/,
		);
		const twice = connectEntry(`${base}/mcp`, '--query', `k=${REFERENCE}`, '--query', `k=${REFERENCE}`);
		assert.equal((await at.desk.launch(twice, { cwd: at.desk.folder })).code, 64);
		for (const [secret, differs, ...options] of [
			[
				'a&admin=1',
				/query parameter key holds a character that cannot stand there/,
				'/mcp',
				'--query',
				`key=${REFERENCE}`,
			],
			['../admin', /path segment \{t\} holds a character that cannot/, '/{t}/mcp', '--path', `t=${REFERENCE}`],
			['no-colon', /--basic needs a secret of the form user:password/, '/mcp', '--basic', REFERENCE],
		] as const) {
			const [path, ...rest] = options;
			const entry = connectEntry(base + path, ...rest);
			const cwd = await at.approved(entry, secret);
			await refused(entry, cwd, differs);
		}
	});

	it('a URL’s refusal is lifted for the place it was asked for', async () => {
		const cwd = await at.approved(connectEntry('https://good.example/mcp', '--bearer', REFERENCE));
		const changed = connectEntry('http://127.0.0.1:1/mcp', '--query', `key=${REFERENCE}`);
		const config = at.config(changed);
		await refused(changed, cwd, /approved was https:\/\/good\.example/);
		const refusal = listRefusals(at.desk.stateDir).find((one) => one.config?.path === config)!;
		assert.deepEqual(refusal.target, { query: 'key' });
		assert.equal(targetText((await at.desk.allow(refusal)).destination), 'query parameter key');
		assert.match((await at.desk.launch(changed, { cwd })).stdout, /cannot be reached/);
	});

	it('the label in another workspace', async () => {
		const entry = connectEntry('https://good.example/mcp');
		await at.approved(entry);
		await refused(entry, at.desk.folder, /not for what is started in/);
	});

	it('a local command that names a label which was approved for a URL', async () => {
		const entry = connectEntry('https://good.example/mcp');
		const cwd = await at.approved(entry);
		const changed = at.desk.entry('remote', { env: { T: REFERENCE } });
		at.config(changed);
		await refused(changed, cwd, /gives the secret to a local command, approved was a URL/);
	});
});
