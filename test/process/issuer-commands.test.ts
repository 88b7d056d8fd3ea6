// `mcp-hygiene revoke` and `rotate` as they are built: on a terminal, with a real keyring, a GitLab on the loopback interface and an
// authorization server of someone else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { API, type AuthorizationServer, authorizationServer, CLIENT } from '../support/authorization-server.ts';
import { Canary } from '../support/canary.ts';
import { CanarySession } from '../support/canary-session.ts';
import { ProcessWatch } from '../support/process-watch.ts';
import { AGREE, runOnTerminal, type Typing } from '../support/terminal.ts';
import { token } from '../support/tokens.ts';

const start = randomInt(1_000, 1_000_000);
const values = Array.from({ length: 4 }, (_, i) => token('gitlab-pat', start + i));
const canaries = values.map((value) => new Canary(value));

let session: CanarySession;
before(async () => {
	session = await CanarySession.open();
	session.write('s.cjs', '');
});
after(() => session.close());

describe('a token of a GitLab', () => {
	let live = values[0]!;
	const asked: string[] = [];
	/** What happens before the answer. */
	let meanwhile: (() => Promise<void>) | undefined;
	let issuer: Server;
	let watch: ProcessWatch;
	const screens: string[] = [];

	before(async () => {
		issuer = createServer(async (request, response) => {
			asked.push(request.method!);
			if (request.headers['private-token'] !== live) return json(response, 401, {});
			await meanwhile?.();
			if (request.method === 'DELETE') {
				live = '';
				return response.writeHead(204).end();
			}
			live = values[values.indexOf(live) + 1]!;
			json(response, 200, { token: live, expires_at: '2027-01-01' });
		});
		const base = await listening(issuer);
		const path = session.write('.vscode/mcp.json', config({ GITLAB_API_URL: base, GITLAB_TOKEN: values[0]! }));
		const editor = await session.editor();
		editor.open(pathToFileURL(path).href, session.read('.vscode/mcp.json'));
		await editor.moveToKeychain(path);
		await editor.stop();
		watch = await ProcessWatch.start();
	});
	after(() => {
		issuer.close();
		issuer.closeAllConnections();
	});
	beforeEach(() => {
		asked.length = 0;
	});

	async function run(args: readonly string[], ...typings: readonly Typing[]) {
		const ended = await runOnTerminal(session, args, typings);
		screens.push(ended.err, ended.out);
		return ended;
	}

	it('is not rotated for anybody who is no person at a terminal', async () => {
		const { code, out, err } = await session.run('cli', ['rotate', 'gl'], 'yes\n');
		assert.deepEqual([code, out, asked], [2, '', []]);
		assert.match(err, /run it yourself, in a terminal/);
	});

	it('is not rotated for a yes: the code has to be typed', async () => {
		const { code, out, err } = await run(['rotate', 'gl'], { ...AGREE, type: () => 'yes\r' });
		assert.deepEqual([code, out, asked], [2, '', []], err);
		assert.match(err, /Nothing was sent\./);
	});

	it('is rotated: the keyring holds the new value, and says so', async () => {
		const { code, out, err } = await run(['rotate', 'gl'], AGREE);
		assert.equal(code, 0, err);
		assert.match(out, /^confirmed: Rotated: the keychain holds the new value/);
		assert.match(err, /sent to {5}127\.0\.0\.1:\d+ \(named by GITLAB_API_URL in the entry\)/);
		assert.match(err, /OS keychain, cred:\/\/keychain\/gitlab\//);
		assert.equal(live, values[1]);
	});

	it('is not touched by a second terminal while the issuer answers the first', async () => {
		let second: Awaited<ReturnType<typeof run>> | undefined;
		meanwhile = async () => {
			meanwhile = undefined;
			second = await run(['revoke', 'gl'], AGREE);
		};
		const first = await run(['rotate', 'gl'], AGREE);
		assert.deepEqual([second?.code, second?.out], [2, ''], second?.err);
		assert.match(second!.err, /is just being moved, rotated, revoked or removed in another window or terminal/);
		assert.deepEqual([first.code, asked, live], [0, ['POST'], values[2]], first.err);
	});

	it('is not lost when somebody presses Ctrl-C while the issuer answers', async () => {
		let typed: ((keys: string) => void) | undefined;
		meanwhile = async () => {
			typed!('\x03');
			await new Promise((resolve) => setTimeout(resolve, 300));
		};
		const keys = new Promise<string>((resolve) => {
			typed = resolve;
		});
		const { code, out, err } = await run(['rotate', 'gl'], AGREE, { when: /./, type: () => keys });
		meanwhile = undefined;
		assert.deepEqual([code, out.split(':')[0]], [0, 'confirmed'], err);
	});

	it('is revoked with the newest value', async () => {
		const { code, out, err } = await run(['revoke', 'gl'], AGREE);
		assert.deepEqual([code, out, asked], [0, 'confirmed: GitLab revoked the token.\n', ['DELETE']], err);
		assert.equal(live, '');
		const again = await run(['revoke', 'gl'], AGREE);
		assert.deepEqual([again.code, again.out.split(':')[0]], [2, 'refused']);
	});

	it('told none of its values to anybody else', async () => {
		const processes = await watch.stop();
		assert.ok(processes.some(({ commandLine }) => commandLine.includes('rotate')));
		const isIn = (text: string) => canaries.some((canary) => canary.isIn(text));
		assert.deepEqual(
			processes.filter(({ commandLine, environment }) => isIn(commandLine) || isIn(environment)),
			[],
		);
		assert.ok(!screens.some(isIn));
		assert.deepEqual(
			canaries.flatMap((canary) => canary.filesIn(...session.places)),
			[],
		);
	});
});

describe('the keychain program', () => {
	it('finishes what it was asked when Ctrl-C reaches it too', async () => {
		const program = [session.bundle('launcher'), 'keychain'];
		const [command, ...args] = session.keyring.command(process.execPath, program);
		const child = spawn(command, args, { env: session.env });
		const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
		for (const signal of ['SIGINT', 'SIGHUP', undefined] as const) {
			child.stdin.write('{"op":"get","account":"nothing"}\n');
			assert.deepEqual(await lines.next(), { value: '{"ok":true}', done: false }, signal);
			if (signal) child.kill(signal);
		}
		child.stdin.end();
		assert.deepEqual(await once(child, 'close'), [0, null]);
	});
});

describe('a token of an authorization server', () => {
	let server: AuthorizationServer;
	before(async () => {
		server = await authorizationServer();
	});
	after(() => server.close());

	it('is revoked, and is dead there', async () => {
		const secret = await server.issue(API);
		const env = { OAUTH_ISSUER: server.origin, OAUTH_CLIENT_ID: CLIENT.id, OAUTH_CLIENT_SECRET: CLIENT.secret };
		session.write('orders/.mcp.json', config({ ...env, ORDERS_API_TOKEN: secret }, 'mcpServers', 'orders'));
		const { code, out, err } = await runOnTerminal(session, ['revoke', 'orders', 'orders'], [AGREE]);
		assert.equal(code, 0, err);
		assert.match(out, /^confirmed: The authorization server says that this token is not valid any more/);
		assert.ok(!`${out}${err}`.includes(secret));
		assert.equal(server.requests.at(-1), 'POST /token/revocation');
	});
});

function config(env: Readonly<Record<string, string>>, root = 'servers', name = 'gl'): string {
	return `${JSON.stringify({ [root]: { [name]: { command: 'node', args: ['s.cjs'], env } } }, null, '\t')}\n`;
}

async function listening(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(response: ServerResponse, status: number, value: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
