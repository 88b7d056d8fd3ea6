import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { onePassword } from '../../server/src/adapters/brokers/op.ts';
import { passBroker } from '../../server/src/adapters/brokers/pass.ts';
import { type Broker, StoreError, type StoreFailure } from '../../server/src/core/ports.ts';
import { parseReference } from '../../server/src/core/references.ts';
import { SecretValue } from '../../server/src/core/secret-value.ts';
import { fakeOp } from '../support/fake-op.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { Desk, recorded } from '../support/launcher-desk.ts';

function fails(failure: StoreFailure, wayOut: RegExp): (error: unknown) => boolean {
	return (error) => error instanceof StoreError && error.failure === failure && wayOut.test(error.message);
}

async function read(broker: Broker, reference: string): Promise<string> {
	return (await broker.read(parseReference(reference)!)).reveal();
}

/** A throw-away key for signing, with one for encryption below it. */
function makeKey(name: string, passphrase: string, env: NodeJS.ProcessEnv): void {
	const gpg = (...args: string[]) =>
		execFileSync('gpg', ['--batch', '--pinentry-mode', 'loopback', '--passphrase', passphrase, ...args], {
			env,
			encoding: 'utf8',
			stdio: 'pipe',
		});
	gpg('--quick-gen-key', name, 'ed25519', 'cert');
	const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--list-keys', '--with-colons'))![1]!;
	gpg('--quick-add-key', fingerprint, 'cv25519', 'encr');
}

describe('pass, the real program with a real key', () => {
	// Short, because the agent's socket lies in it and a socket path has a limit.
	const gnupgHome = mkdtempSync('/tmp/g-');
	const folder = temporaryFolder('pass');
	const store = join(folder.path, 'store');
	const env = { PATH: process.env.PATH, HOME: folder.path, GNUPGHOME: gnupgHome, PASSWORD_STORE_DIR: store };
	const broker = passBroker({ store, gnupgHome });
	before(() => {
		makeKey('test@example.com', '', env);
		execFileSync('pass', ['init', 'test@example.com'], { env, stdio: 'ignore' });
	});
	after(() => {
		execFileSync('gpgconf', ['--kill', 'all'], { env });
		rmSync(gnupgHome, { recursive: true, force: true });
		folder.remove();
	});

	it('creates an entry, reads it back, and lists it', async () => {
		assert.ok(broker.isInstalled());
		assert.deepEqual(await broker.status(), { ready: true });
		const reference = await broker.create('github', SecretValue.of('välue with $pecial "chars"'));
		assert.equal(reference.text, 'cred://pass/mcp/github');
		assert.equal(await read(broker, reference.text), 'välue with $pecial "chars"');
		assert.deepEqual(await broker.list(), [{ reference: 'cred://pass/mcp/github', title: 'mcp/github' }]);
	});

	it('reads the first line, or a named line', async () => {
		execFileSync('pass', ['insert', '--multiline', 'team/jira'], {
			env,
			input: 'the password\nuser: me\ntoken: the: token\n',
			stdio: 'pipe',
		});
		assert.equal(await read(broker, 'cred://pass/team/jira'), 'the password');
		assert.equal(await read(broker, 'cred://pass/team/jira/@token'), 'the: token');
		await assert.rejects(read(broker, 'cred://pass/team/jira/@absent'), fails('missing', /pass edit team\/jira/));
		await assert.rejects(read(broker, 'cred://pass/team/absent'), fails('missing', /pass insert/));
	});

	it('never overwrites, and stores nothing that would not come back', async () => {
		await broker.create('once', SecretValue.of('first'));
		await assert.rejects(broker.create('once', SecretValue.of('second')), fails('refused', /already holds/));
		assert.equal(await read(broker, 'cred://pass/mcp/once'), 'first');
		await assert.rejects(broker.create('lines', SecretValue.of('a\nb')), fails('refused', /several lines/));
		await assert.rejects(broker.create('../climb', SecretValue.of('x')), fails('refused', /cannot be the name/));
	});

	it('says when there is no store', async () => {
		const absent = await passBroker({ store: join(folder.path, 'absent'), gnupgHome }).status();
		assert.match(absent.ready ? '' : absent.message, /pass init/);
	});

	it('a locked key is reported, not asked for', async () => {
		const lockedHome = mkdtempSync('/tmp/g-');
		const locked = { ...env, GNUPGHOME: lockedHome, PASSWORD_STORE_DIR: join(folder.path, 'locked') };
		try {
			makeKey('locked@example.com', 'x', locked);
			execFileSync('pass', ['init', 'locked@example.com'], { env: locked, stdio: 'ignore' });
			execFileSync('pass', ['insert', '--multiline', 'x'], { env: locked, input: 'v\n', stdio: 'pipe' });
			execFileSync('gpgconf', ['--kill', 'all'], { env: locked });
			const closed = passBroker({ store: locked.PASSWORD_STORE_DIR, gnupgHome: lockedHome });
			await assert.rejects(read(closed, 'cred://pass/x'), fails('locked', /in a terminal once/));
		} finally {
			execFileSync('gpgconf', ['--kill', 'all'], { env: locked });
			rmSync(lockedHome, { recursive: true, force: true });
		}
	});

	it('resolves at the start of a server, whatever store the environment names', async () => {
		await broker.create('launch', SecretValue.of('from pass'));
		const desk = await Desk.open();
		try {
			desk.personal({ pass: { store, gnupgHome } });
			const entry = desk.entry('jira', { env: { TOKEN: 'cred://pass/mcp/launch' } });
			await desk.approve(desk.config('repo/.vscode/mcp.json', 'jira', entry), 'jira');
			const planted = {
				PASSWORD_STORE_DIR: '/tmp/evil',
				PASSWORD_STORE_ENABLE_EXTENSIONS: 'true',
				PASSWORD_STORE_EXTENSIONS_DIR: '/tmp/evil',
				GNUPGHOME: '/tmp/evil',
			};
			const server = recorded(await desk.launch(entry, { cwd: desk.path('repo'), env: planted }));
			assert.equal(server.env.TOKEN, 'from pass');
			const other = desk.entry('jira', { env: { TOKEN: 'cred://pass/mcp/once' } });
			const { code, stderr } = await desk.launch(other, { cwd: desk.path('repo') });
			assert.deepEqual([code, /never approved/.test(stderr)], [78, true]);
		} finally {
			await desk.close();
		}
	});
});

// The broker takes `op` from this process's PATH, so its calls run in a process of their own.
describe('1Password, against a program that speaks the documented commands of op', () => {
	const folder = temporaryFolder('op');
	after(() => folder.remove());

	function script(bin: string, body: string): string {
		const code = `
			import { onePassword } from ${JSON.stringify(new URL('../../server/src/adapters/brokers/op.ts', import.meta.url).href)};
			import { parseReference } from ${JSON.stringify(new URL('../../server/src/core/references.ts', import.meta.url).href)};
			import { SecretValue } from ${JSON.stringify(new URL('../../server/src/core/secret-value.ts', import.meta.url).href)};
			const op = onePassword({ vault: 'Team' });
			const read = async (text) => (await op.read(parseReference(text))).reveal();
			const tell = async (work) => { try { return await work; } catch (error) { return [error.failure, error.message]; } };
			console.log(JSON.stringify(await (async () => { ${body} })()));`;
		const env = { PATH: `${bin}:${process.env.PATH}`, OP_SERVICE_ACCOUNT_TOKEN: 'planted', OP_CONNECT_HOST: 'planted' };
		return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env });
	}

	it('creates an item by stdin, reads it back by ids, and lists it', () => {
		const op = fakeOp(join(folder.path, 'a'));
		const answer = script(
			op.folder,
			`const reference = await op.create('github', SecretValue.of('s3cret "value"'));
			return [reference.text, await read(reference.text), await op.list(), await op.status(), await tell(op.create('github', SecretValue.of('x')))];`,
		);
		const [reference, value, list, status, again] = JSON.parse(answer);
		assert.equal(reference, 'op://vault1/item0abcdef/credential');
		assert.equal(value, 's3cret "value"');
		assert.deepEqual(list, [{ reference: 'op://Team/github/credential', title: 'Team / github' }]);
		assert.deepEqual(status, { ready: true });
		assert.deepEqual(again[0], 'refused');
		const calls = readFileSync(op.log, 'utf8');
		assert.ok(!calls.includes('s3cret'), 'no secret in argv');
		assert.ok(
			!calls.includes('OP_SERVICE_ACCOUNT_TOKEN') && !calls.includes('OP_CONNECT_HOST'),
			'no account from the environment',
		);
	});

	it('writes ids where names hold other characters or are not unique', () => {
		const op = fakeOp(join(folder.path, 'b'));
		const answer = script(op.folder, `await op.create('My token!', SecretValue.of('x')); return op.list();`);
		assert.deepEqual(JSON.parse(answer), [
			{ reference: 'op://Team/item0abcdef/credential', title: 'Team / My token!' },
		]);
	});

	it('tells an absent item, a missing sign-in, and a missing program apart', () => {
		const op = fakeOp(join(folder.path, 'c'));
		assert.equal(JSON.parse(script(op.folder, `return tell(read('op://Team/absent/credential'));`))[0], 'missing');
		const out = fakeOp(join(folder.path, 'd'), { signedIn: false });
		const [failure, status] = JSON.parse(
			script(out.folder, `return [await tell(read('op://Team/x/credential')), await op.status()];`),
		);
		assert.equal(failure[0], 'locked');
		assert.match(status.message, /op signin/);
		mkdirSync(join(folder.path, 'none'));
		assert.match(JSON.parse(script(join(folder.path, 'none'), `return op.status();`)).message, /not installed/);
	});

	it('owns op references and no other', () => {
		const broker = onePassword({});
		assert.equal(broker.owns(parseReference('op://vault/item/field')!), true);
		assert.equal(broker.owns(parseReference('cred://pass/x')!), false);
	});
});
