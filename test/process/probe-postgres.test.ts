// A real PostgreSQL server: what it tells of the role that a connection URL names, and what comes of a server that is none.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chownSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { type Answer, Consent, issuerHttp, type TokenInHand } from '../../server/src/adapters/issuer-http/index.ts';
import { findUrlPasswords } from '../../server/src/core/issuers/dsn.ts';
import { probeFor } from '../../server/src/core/probes/index.ts';
import { NO_SURROUNDINGS } from '../../server/src/core/probes/surroundings.ts';
import { Fingerprinter, SecretValue } from '../../server/src/core/secret-value.ts';
import { LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { CanarySession } from '../support/canary-session.ts';
import { selfSigned } from '../support/certificate.ts';
import { desk } from '../support/cli.ts';
import { type PostgresServer, serverAccount, startPostgres } from '../support/harness/postgres.ts';
import { temporaryFolder } from '../support/harness/temporary.ts';
import { IssuerDesk } from '../support/issuer-desk.ts';
import { runOnTerminal } from '../support/terminal.ts';

const KIND = 'postgres-url-password';
const probe = probeFor(KIND)!;
const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(3));
/** With what a URL has to encode. */
const PASSWORD = `${randomBytes(9).toString('hex')}@/%`;

const folder = temporaryFolder('postgres-tls');
let ca: string;
let server: PostgresServer;

before(async () => {
	const { key, certificate } = selfSigned(folder.path);
	ca = readFileSync(certificate, 'utf8');
	const account = serverAccount();
	if (account) for (const file of [folder.path, key, certificate]) chownSync(file, account.uid, account.gid);
	const login = `LOGIN PASSWORD '${PASSWORD}'`;
	server = await startPostgres(
		[
			'CREATE TABLE orders (id int)',
			`CREATE ROLE boss SUPERUSER ${login}`,
			`CREATE ROLE reader ${login} VALID UNTIL '2028-01-01 00:00:00+00'`,
			'GRANT SELECT ON orders TO reader',
			'GRANT pg_read_all_data TO reader',
			'CREATE ROLE team BYPASSRLS',
			'CREATE ROLE inner_team IN ROLE team',
			`CREATE ROLE writer CREATEDB IN ROLE inner_team ${login}`,
			'GRANT INSERT, DELETE ON orders TO team',
			`CREATE ROLE late ${login} VALID UNTIL '2020-01-01'`,
			`CREATE ROLE nobody PASSWORD '${PASSWORD}'`,
		],
		{ key, certificate },
	);
});
after(async () => {
	await server?.stop();
	folder.remove();
});

function url(user: string, query = '', host = `127.0.0.1:${server.port}`, password = PASSWORD): string {
	return `postgres://${user}:${encodeURIComponent(password)}@${host}/postgres${query}`;
}

async function ask(dsn: string, network: { deadline?: number; maxBytes?: number; ca?: string } = {}) {
	const [{ from, to } = { from: 0, to: 0 }] = findUrlPasswords(dsn);
	const secret = SecretValue.of(dsn.slice(from, to));
	const around = { ...NO_SURROUNDINGS, inside: dsn.slice(0, from) + dsn.slice(to) };
	const base = probe.bases(KIND, around)[0]!.url;
	const fingerprints = [fingerprinter.of(secret)];
	const answer: Answer = { act: 'probe', issuer: 'postgres', fingerprints, bases: [base], at: Date.now() };
	const hand: TokenInHand = { kind: KIND, secret, around, base };
	const http = issuerHttp({ fingerprinter, network });
	const outcome = await http.probe(Consent.given(answer, { trusted: true }), probe, hand);
	const said = inspect(outcome, { depth: 9 });
	assert.ok(!said.includes(PASSWORD) && !said.includes(secret.reveal()), said);
	return outcome;
}

async function grantOf(dsn: string, network = {}) {
	const outcome = await ask(dsn, network);
	assert.ok(outcome.state === 'told', inspect(outcome));
	return outcome.grant;
}

describe('a PostgreSQL server tells of a role', () => {
	it('that nothing limits it', async () => {
		const { scopes, access, precision, account, neverExpires, resources } = await grantOf(url('boss'));
		assert.deepEqual([scopes, access, precision], [['SUPERUSER'], 'admin', 'known']);
		assert.deepEqual([account, neverExpires, resources], ['boss', true, ['database postgres']]);
	});

	it('that it reads, and until when', async () => {
		const { scopes, precision, expiresAt } = await grantOf(url('reader'));
		assert.deepEqual([...scopes].toSorted(), ['SELECT', 'pg_read_all_data']);
		assert.deepEqual([precision, expiresAt], ['at-least', Date.UTC(2028, 0, 1)]);
	});

	it('what it has through other roles', async () => {
		const { scopes, notes } = await grantOf(url('writer'));
		assert.deepEqual(scopes, ['CREATEDB', 'BYPASSRLS', 'INSERT', 'DELETE']);
		assert.match(notes!.join(), /member of (?:inner_team, team|team, inner_team)/);
	});

	it('nothing, for a wrong password, one that ended, or a role that may not log in', async () => {
		assert.equal((await ask(url('boss', '', undefined, 'wrong'))).state, 'invalid');
		assert.equal((await ask(url('late'))).state, 'invalid');
		assert.equal((await ask(url('nobody'))).state, 'refused');
		assert.equal((await ask(url('stranger'))).state, 'invalid');
	});

	it('and takes nothing of it from the environment', async () => {
		const env = { PGOPTIONS: '-c role=boss', PGREPLICATION: 'database', PGSSLNEGOTIATION: 'direct', PGPASSWORD: 'x' };
		Object.assign(process.env, env);
		try {
			assert.equal((await grantOf(url('reader'))).account, 'reader');
		} finally {
			for (const name of Object.keys(env)) delete process.env[name];
		}
	});
});

describe('encryption', () => {
	const at = () => `localhost:${server.port}`;

	it('is as the URL says', async () => {
		assert.equal((await grantOf(url('reader', '?sslmode=require', at()))).account, 'reader');
		assert.equal((await grantOf(url('reader', '?sslmode=verify-full', at()), { ca })).account, 'reader');
		assert.equal((await grantOf(url('reader', '?sslmode=verify-ca'), { ca })).account, 'reader');
	});

	it('refuses whom nobody vouches for, and another name', async () => {
		for (const outcome of [
			await ask(url('reader', '?sslmode=verify-full', at())),
			await ask(url('reader', '?sslmode=verify-ca', at())),
			await ask(url('reader', '?sslmode=verify-full'), { ca }),
		]) {
			assert.ok(outcome.state === 'unavailable', inspect(outcome));
			assert.match(outcome.message, /certificate of .* is not trusted/);
		}
	});
});

describe('a server that is none', () => {
	const sent: Buffer[] = [];
	let behave: (socket: Socket) => void;
	let fake: Server;
	before(async () => {
		fake = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.on('data', (data) => sent.push(data));
			behave(socket);
		});
		await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
	});
	after(() => fake.close());

	async function told(query: string, act: (socket: Socket) => void) {
		sent.length = 0;
		behave = act;
		const { port } = fake.address() as { readonly port: number };
		const dsn = url('reader', query, `127.0.0.1:${port}`);
		const outcome = await ask(dsn, { deadline: 400, maxBytes: 1_000_000 });
		assert.ok(outcome.state !== 'told', inspect(outcome));
		return { ...outcome, sent: Buffer.concat(sent).toString('latin1') };
	}

	it('gets no password where it offers no encryption', async () => {
		const { state, message, sent } = await told('?sslmode=require', (socket) =>
			socket.once('data', () => socket.write('N')),
		);
		assert.equal(state, 'unavailable');
		assert.match(message, /offers no encryption, so no password was sent/);
		assert.ok(!sent.includes(PASSWORD) && !sent.includes('reader'));
	});

	it('is given up on when it is silent, closes, floods, or talks of something else', async () => {
		assert.match((await told('', () => undefined)).message, /did not answer in time/);
		assert.match((await told('', (socket) => socket.destroy())).message, /broke before the answer/);
		const flood = (socket: Socket) => {
			const message = Buffer.alloc(1_000_000, 'x');
			message.write('T');
			message.writeInt32BE(1_000_000_000, 1);
			const pour = (): unknown => socket.writable && socket.write(message, pour);
			pour();
		};
		assert.match((await told('', flood)).message, /far more than PostgreSQL documents/);
		assert.notEqual((await told('', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))).message, '');
	});

	it('is not there', async () => {
		const outcome = await ask(url('reader', '', 'db.orders.invalid'));
		assert.ok(outcome.state === 'unavailable' && /cannot be reached/.test(outcome.message), inspect(outcome));
	});
});

const READS_ONLY = (dsn: string) => ({
	db: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-postgres@1.0.0', dsn] },
});

describe('a superuser behind a server that only reads', () => {
	it('is excess on the command line, after the host was shown', async () => {
		const one = desk();
		one.put('.mcp.json', JSON.stringify({ mcpServers: READS_ONLY(url('boss')) }));
		const { code, out, err } = await one.runWith(['yes'], 'list', '--format', 'json', '--probe', 'postgres');
		assert.equal(code, 0, err);
		assert.match(err, new RegExp(`to 127\\.0\\.0\\.1:${server.port} \\(named by the connection URL in the entry\\)`));
		const [row] = JSON.parse(out) as { scope: { breadth: string; chips: object[] } }[];
		assert.deepEqual([row!.scope.breadth, row!.scope.chips], ['admin', [{ text: 'SUPERUSER', kind: 'excess' }]]);
		assert.ok(!`${out}${err}`.includes(PASSWORD));
		rmSync(one.folder, { recursive: true });
	});

	it('is told by the built program, which loads its client library then', async () => {
		const session = await CanarySession.open();
		try {
			session.write('.mcp.json', JSON.stringify({ mcpServers: READS_ONLY(url('boss')) }));
			const yes = { when: /Send them\? Type yes: /, type: () => 'yes\r' };
			const { code, out, err } = await runOnTerminal(session, ['list', '--probe', 'postgres', '.mcp.json'], [yes]);
			assert.equal(code, 0, err);
			assert.match(out, /scope {4}SUPERUSER; admin access; belongs to boss; reaches database postgres/);
		} finally {
			await session.close();
		}
	});

	const editor = new IssuerDesk();
	it('is a finding in the editor, and a reader is none', async () => {
		for (const [role, isFinding] of [
			['boss', true],
			['reader', false],
		] as const)
			await editor.opened(
				async ({ client, uri, confirm }) => {
					const { status, message } = await confirm('probe');
					assert.equal(status, 'done', message);
					await client.connection.sendRequest(LOOK_AGAIN);
					const codes = (await client.diagnostics(uri)).map(({ code }) => code);
					assert.equal(codes.includes('over-scoped-token'), isFinding, codes.join());
				},
				{ text: JSON.stringify({ servers: READS_ONLY(url(role)) }) },
			);
	});
});
