import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { listRefusals } from '../../server/src/adapters/refusals.ts';
import { targetText } from '../../server/src/core/binding.ts';
import { selfSigned } from '../support/certificate.ts';
import { until } from '../support/harness/temporary.ts';
import { type HttpMcpOptions, type HttpMcpServer, startHttpServer } from '../support/http-server.ts';
import { Desk, type Entry } from '../support/launcher-desk.ts';

const REFERENCE = 'cred://keychain/remote';
const SECRET = 'bearer-value-of-the-test';

interface Message {
	readonly id?: number | string;
	readonly method?: string;
	readonly result?: Record<string, unknown>;
	readonly error?: { readonly code: number; readonly message: string };
}

/** The host's side of a running bridge. */
class Host {
	readonly child: ChildProcessWithoutNullStreams;
	readonly messages: Message[] = [];
	stderr = '';

	constructor(child: ChildProcessWithoutNullStreams) {
		this.child = child;
		createInterface({ input: child.stdout }).on('line', (line) => this.messages.push(JSON.parse(line)));
		child.stderr.on('data', (chunk) => {
			this.stderr += chunk;
		});
	}

	send(message: object): void {
		this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
	}

	answer(id: number | string): Promise<Message> {
		return until(`the answer to ${id}; stderr: ${this.stderr}`, () =>
			this.messages.find((message) => message.id === id && !message.method),
		);
	}

	async initialize(): Promise<void> {
		const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host', version: '1' } };
		this.send({ id: 1, method: 'initialize', params });
		assert.ok((await this.answer(1)).result);
		this.send({ method: 'notifications/initialized' });
	}

	/** Closes stdin, as a host that stops a server does. */
	async stop(): Promise<{ code: number | null; took: number }> {
		const started = performance.now();
		this.child.stdin.end();
		const [code] = await once(this.child, 'exit');
		return { code, took: performance.now() - started };
	}
}

let desk: Desk;
let count = 0;
before(async () => {
	desk = await Desk.open();
});
after(() => desk.close());

function connectEntry(url: string, ...headers: string[]): Entry {
	return {
		command: 'mcp-hygiene',
		args: ['connect', url, ...(headers.length > 0 ? headers : ['--bearer', REFERENCE])],
	};
}

async function approved(entry: Entry): Promise<string> {
	const name = `remote${++count}`;
	await desk.approve(desk.config(`${name}/.vscode/mcp.json`, 'remote', entry), 'remote', SECRET);
	return desk.path(name);
}

async function withServer(options: HttpMcpOptions, body: (server: HttpMcpServer) => Promise<void>): Promise<void> {
	const server = await startHttpServer(options);
	try {
		await body(server);
	} finally {
		await server.close();
	}
}

function startHost(entry: Entry, cwd: string, env: Record<string, string> = {}): Host {
	return new Host(desk.spawn(entry, { cwd, env }));
}

describe('connect', () => {
	for (const json of [false, true]) {
		it(`speaks streamable HTTP with ${json ? 'JSON' : 'event stream'} answers, with the credential in every request`, () =>
			withServer({ json }, async (server) => {
				const entry = connectEntry(`${server.origin}/mcp`);
				const host = startHost(entry, await approved(entry));
				await host.initialize();
				host.send({ id: 'list', method: 'tools/list' });
				assert.match(JSON.stringify(await host.answer('list')), /"echo"/);
				host.send({ id: 3, method: 'tools/call', params: { name: 'echo', arguments: {} } });
				assert.match(JSON.stringify(await host.answer(3)), /pong/);
				const { code, took } = await host.stop();
				assert.equal(code, 0);
				assert.ok(took < 2_000, `${took}`);
				assert.deepEqual(
					[...new Set(server.requests.map(({ headers }) => headers.authorization))],
					[`Bearer ${SECRET}`],
				);
				const last = server.requests.at(-1)!;
				assert.deepEqual(
					[last.method, last.headers['mcp-session-id'], last.headers['mcp-protocol-version']],
					['DELETE', 'session-1', '2025-06-18'],
				);
				assert.equal(host.stderr, '');
			}));
	}

	it('hands on what the server sends by itself, also after the stream broke', () =>
		withServer({}, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const host = startHost(entry, await approved(entry));
			await host.initialize();
			const streams = () => server.requests.filter(({ method }) => method === 'GET').length;
			const notifications = () =>
				host.messages.filter(({ method }) => method === 'notifications/tools/list_changed').length;
			await until('the stream', () => streams() === 1 || undefined);
			await until('a notification', () => {
				server.notify();
				return notifications() > 0 || undefined;
			});
			server.breakStreams();
			await until('a second stream', () => streams() > 1 || undefined);
			const before = notifications();
			await until('a notification on it', () => {
				server.notify();
				return notifications() > before || undefined;
			});
			await host.stop();
		}));

	it('sends a named header, and plain ones beside it', () =>
		withServer({}, async (server) => {
			const entry = connectEntry(
				`${server.origin}/mcp`,
				'--header',
				`X-Api-Key=${REFERENCE}`,
				'--header',
				'X-Mode=a=b',
			);
			const host = startHost(entry, await approved(entry));
			await host.initialize();
			await host.stop();
			const { headers } = server.requests[0]!;
			assert.deepEqual([headers['x-api-key'], headers['x-mode'], headers.authorization], [SECRET, 'a=b', undefined]);
		}));

	/** A server that lets nobody in whose request has another address than this one. */
	const demanding = (address: string): HttpMcpOptions => ({
		intercept: (request, response) => {
			if (request.url === address) return false;
			response.writeHead(403).end(`nobody knows ${request.url}`);
			return true;
		},
	});

	for (const [place, path, options, address] of [
		[
			'the query, between its other parameters',
			'/mcp?a=1&key=&b=2',
			['--query', `key=${REFERENCE}`],
			`/mcp?a=1&key=${SECRET}&b=2`,
		],
		[
			'the query, behind what stands there',
			'/mcp?a=1',
			['--query', `api_key=${REFERENCE}`],
			`/mcp?a=1&api_key=${SECRET}`,
		],
		['the path', '/s/{secret}/mcp?a=1', ['--path', `secret=${REFERENCE}`], `/s/${SECRET}/mcp?a=1`],
	] as const) {
		it(`puts the credential into ${place}, in every request, and tells nobody`, () =>
			withServer(demanding(address), async (server) => {
				const entry = connectEntry(server.origin + path, ...options);
				const host = startHost(entry, await approved(entry));
				await host.initialize();
				host.send({ id: 2, method: 'tools/call', params: { name: 'echo', arguments: {} } });
				assert.match(JSON.stringify(await host.answer(2)), /pong/);
				await host.stop();
				assert.deepEqual([...new Set(server.requests.map(({ url }) => url))], [address]);
				assert.deepEqual([...new Set(server.requests.map(({ headers }) => headers.authorization))], [undefined]);
				assert.ok(!`${host.stderr}${JSON.stringify(host.messages)}`.includes(SECRET));
			}));
	}

	it('sends a user and a password as a header, and not in the URL', () =>
		withServer({}, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`, '--basic', REFERENCE);
			const name = `remote${++count}`;
			await desk.approve(desk.config(`${name}/.vscode/mcp.json`, 'remote', entry), 'remote', 'me:p@ss');
			const host = startHost(entry, desk.path(name));
			await host.initialize();
			await host.stop();
			const { headers, url } = server.requests[0]!;
			assert.deepEqual([headers.authorization, url], [`Basic ${btoa('me:p@ss')}`, '/mcp']);
		}));

	it('never shows the composed URL when the server refuses, fails or points elsewhere', async () => {
		const answers: [number, RegExp][] = [
			[401, /answered 401: it does not accept cred:\/\/keychain\/remote/],
			[404, /answered 404/],
			[302, /redirects elsewhere/],
		];
		for (const [status, message] of answers) {
			const seen: string[] = [];
			const intercept: HttpMcpOptions['intercept'] = (request, response) => {
				seen.push(String(request.url));
				response.writeHead(status, { location: `${request.url}&again=1` }).end(`no ${request.url}`);
				return true;
			};
			await withServer({ intercept }, async (server) => {
				const entry = connectEntry(`${server.origin}/mcp`, '--query', `key=${REFERENCE}`);
				const host = startHost(entry, await approved(entry));
				host.send({ id: 1, method: 'initialize', params: {} });
				assert.match((await host.answer(1)).error!.message, message);
				await host.stop();
				assert.ok(!`${host.stderr}${JSON.stringify(host.messages)}`.includes(SECRET));
				assert.deepEqual([...new Set(seen)], [`/mcp?key=${SECRET}`]);
			});
		}
		const entry = connectEntry('http://127.0.0.1:1/mcp', '--query', `key=${REFERENCE}`);
		const { stdout, stderr } = await desk.launch(entry, { cwd: await approved(entry) });
		assert.match(stdout, /cannot be reached \(ECONNREFUSED\)/);
		assert.ok(!`${stdout}${stderr}`.includes(SECRET));
	});

	it('does not carry the credential of a query to another origin', () =>
		withServer({}, async (other) => {
			const intercept: HttpMcpOptions['intercept'] = (_, response) => {
				response.writeHead(307, { location: `${other.origin}/mcp` }).end();
				return true;
			};
			await withServer({ intercept }, async (server) => {
				const entry = connectEntry(`${server.origin}/mcp`, '--query', `key=${REFERENCE}`);
				const host = startHost(entry, await approved(entry));
				host.send({ id: 1, method: 'initialize', params: {} });
				assert.match((await host.answer(1)).error!.message, /redirects elsewhere/);
				await host.stop();
				assert.equal(other.requests.length, 0);
			});
		}));

	it('answers what was asked before stdin closed', () =>
		withServer({}, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host', version: '1' } };
			const input = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`;
			const { stdout, code } = await desk.launch(entry, { cwd: await approved(entry), input });
			assert.deepEqual([JSON.parse(stdout).id, code], [1, 0]);
		}));

	it('says once that the server does not accept the credential, without the server’s words', () => {
		const intercept: HttpMcpOptions['intercept'] = (request, response) => {
			response.writeHead(401).end(`your header was ${request.headers.authorization}`);
			return true;
		};
		return withServer({ intercept }, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const host = startHost(entry, await approved(entry));
			host.send({ id: 1, method: 'initialize', params: {} });
			const { error } = await host.answer(1);
			assert.match(error!.message, /answered 401: it does not accept cred:\/\/keychain\/remote/);
			host.send({ id: 2, method: 'x' });
			await host.answer(2);
			await host.stop();
			assert.equal(host.stderr.trim().split('\n').length, 1);
			assert.ok(!`${host.stderr}${JSON.stringify(host.messages)}`.includes(SECRET));
		});
	});

	it('follows no redirect to another origin', () =>
		withServer({}, async (other) => {
			const intercept: HttpMcpOptions['intercept'] = (_, response) => {
				response.writeHead(307, { location: `${other.origin}/mcp` }).end();
				return true;
			};
			await withServer({ intercept }, async (server) => {
				const entry = connectEntry(`${server.origin}/mcp`);
				const host = startHost(entry, await approved(entry));
				host.send({ id: 1, method: 'initialize', params: {} });
				assert.match(
					(await host.answer(1)).error!.message,
					/redirects elsewhere\. Write the final URL into the config/,
				);
				await host.stop();
				assert.equal(other.requests.length, 0);
			});
		}));

	it('tells a server that cannot be reached', async () => {
		const entry = connectEntry('http://127.0.0.1:1/mcp');
		const { stdout } = await desk.launch(entry, { cwd: await approved(entry) });
		assert.match(JSON.parse(stdout).error.message, /http:\/\/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/);
	});
});

describe('connect refuses', () => {
	async function refused(entry: Entry, cwd: string, differs: RegExp): Promise<void> {
		const { code, stderr, stdout } = await desk.launch(entry, { cwd });
		assert.equal(code, 78, stderr + stdout);
		assert.match(stderr, differs);
	}

	it('plain http to another machine', () =>
		refused(connectEntry('http://mcp.example/mcp'), desk.folder, /is plain http/));

	it('another origin, path, header or label, in the config or handed over', async () => {
		const entry = connectEntry('https://good.example/mcp');
		const cwd = await approved(entry);
		const name = `remote${count}/.vscode/mcp.json`;
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
			desk.config(name, 'remote', changed);
			await refused(changed, cwd, differs);
		}
	});

	it('another URL, parameter, segment, or kind of place than was approved', async () => {
		const at = 'https://good.example/mcp?mode=1';
		const query = ['--query', `key=${REFERENCE}`];
		const path = (name: string) => connectEntry(`https://good.example/{${name}}/mcp`, '--path', `${name}=${REFERENCE}`);
		const cases: [Entry, Entry, RegExp][] = [
			[
				connectEntry(at, ...query),
				connectEntry('https://evil.example/mcp?mode=1', ...query),
				/approved was https:\/\/good/,
			],
			[
				connectEntry(at, ...query),
				connectEntry('https://good.example/other?mode=1', ...query),
				/another path or query/,
			],
			[connectEntry(at, ...query), connectEntry('https://good.example/mcp?mode=2', ...query), /another path or query/],
			[
				connectEntry(at, ...query),
				connectEntry(at, '--query', `search=${REFERENCE}`),
				/into the query parameter search, approved was the query parameter key/,
			],
			[
				connectEntry(at, ...query),
				connectEntry(at, '--header', `x-key=${REFERENCE}`),
				/into the header x-key, approved was the query parameter key/,
			],
			[
				connectEntry(at, ...query),
				connectEntry(at, '--bearer', REFERENCE),
				/into the header authorization, approved was/,
			],
			[
				connectEntry(at, '--bearer', REFERENCE),
				connectEntry(at, ...query),
				/into the query parameter key, approved was the header authorization/,
			],
			[connectEntry(at, ...query), connectEntry(at, ...query, '--header', 'x-log=1'), /header x-log was added/],
			[path('secret'), path('other'), /another path or query/],
			[
				path('secret'),
				connectEntry('https://good.example/{secret}/mcp', '--query', `secret=${REFERENCE}`),
				/into the query parameter secret, approved was the path segment \{secret\}/,
			],
		];
		for (const [before, changed, differs] of cases) {
			const cwd = await approved(before);
			desk.config(`remote${count}/.vscode/mcp.json`, 'remote', changed);
			await refused(changed, cwd, differs);
			// The config is as it was approved, and only what is handed over differs.
			desk.config(`remote${count}/.vscode/mcp.json`, 'remote', before);
			const { code, stdout, stderr } = await desk.launch(changed, { cwd });
			assert.equal(code, 78, stdout);
			assert.ok(!stderr.includes(SECRET));
		}
	});

	it('a place in the URL that is not there, is taken, or would not hold the secret', async () => {
		const at = 'https://good.example';
		await refused(
			connectEntry(`${at}/mcp?key=1`, '--query', `key=${REFERENCE}`),
			desk.folder,
			/has a value for the parameter key/,
		);
		await refused(connectEntry(`${at}/mcp`, '--path', `t=${REFERENCE}`), desk.folder, /needs one path segment \{t\}/);
		await refused(
			connectEntry(`${at}/mcp`, '--query', 'key=plain'),
			desk.folder,
			/--query key holds no well-formed reference/,
		);
		const twice = connectEntry(`${at}/mcp`, '--query', `k=${REFERENCE}`, '--query', `k=${REFERENCE}`);
		assert.equal((await desk.launch(twice, { cwd: desk.folder })).code, 64);
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
			const entry = connectEntry(at + path, ...rest);
			const name = `remote${++count}`;
			await desk.approve(desk.config(`${name}/.vscode/mcp.json`, 'remote', entry), 'remote', secret);
			await refused(entry, desk.path(name), differs);
		}
	});

	it('a URL’s refusal is lifted for the place it was asked for', async () => {
		const cwd = await approved(connectEntry('https://good.example/mcp', '--bearer', REFERENCE));
		const changed = connectEntry('http://127.0.0.1:1/mcp', '--query', `key=${REFERENCE}`);
		const config = desk.config(`remote${count}/.vscode/mcp.json`, 'remote', changed);
		await refused(changed, cwd, /approved was https:\/\/good\.example/);
		const refusal = listRefusals(desk.stateDir).find((one) => one.config?.path === config)!;
		assert.deepEqual(refusal.target, { query: 'key' });
		assert.equal(targetText((await desk.allow(refusal)).destination), 'query parameter key');
		assert.match((await desk.launch(changed, { cwd })).stdout, /cannot be reached/);
	});

	it('the label in another workspace', async () => {
		const entry = connectEntry('https://good.example/mcp');
		await approved(entry);
		await refused(entry, desk.folder, /not for what is started in/);
	});

	it('a local command that names a label which was approved for a URL', async () => {
		const entry = connectEntry('https://good.example/mcp');
		const cwd = await approved(entry);
		const changed = desk.entry('remote', { env: { T: REFERENCE } });
		desk.config(`remote${count}/.vscode/mcp.json`, 'remote', changed);
		await refused(changed, cwd, /gives the secret to a local command, approved was a URL/);
	});
});

/** What a proxy may do with a wish for a way. */
const REFUSALS: [(socket: Duplex) => void, RegExp][] = [
	[(socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'), /the proxy \S+ answered 407/],
	[(socket) => socket.destroy(), /the proxy \S+ cannot be reached \(ECONNRESET\)/],
	[(socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'), /the proxy \S+ closed|cannot be reached \(ECONNRESET\)/],
];

describe('connect over TLS', () => {
	let tls: { key: string; cert: string };
	let ca: string;
	before(() => {
		const { key, certificate } = selfSigned(desk.folder);
		tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') };
		ca = certificate;
	});

	it('trusts no certificate that the environment brings in, and the person’s own', () =>
		withServer({ tls }, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const cwd = await approved(entry);
			const env = {
				NODE_EXTRA_CA_CERTS: ca,
				SSL_CERT_FILE: ca,
				NODE_TLS_REJECT_UNAUTHORIZED: '0',
				NODE_OPTIONS: '--use-openssl-ca',
			};
			const { stdout } = await desk.launch(entry, { cwd, env });
			assert.match(stdout, /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
			assert.equal(server.requests.length, 0);
		}));

	it('uses the proxy and the authority of the person’s config, and none from the environment', () =>
		withServer({ tls }, async (server) => {
			const through: string[] = [];
			const proxy = createServer();
			proxy.on('connect', (request, socket) => {
				through.push(String(request.url));
				const [host, port] = String(request.url).split(':');
				const onward = connectSocket(Number(port), host, () => {
					socket.write('HTTP/1.1 200 OK\r\n\r\n');
					socket.pipe(onward).pipe(socket);
				});
				onward.on('error', () => socket.destroy());
				socket.on('error', () => onward.destroy());
			});
			await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
			const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
			const entry = connectEntry(`${server.origin}/mcp`);
			const cwd = await approved(entry);
			const config = `${desk.stateDir}/config.json`;
			const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host', version: '1' } };
			const input = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`;
			try {
				desk.personal({ ca });
				const env = { HTTPS_PROXY: address, https_proxy: address, ALL_PROXY: address, NODE_USE_ENV_PROXY: '1' };
				const direct = await desk.launch(entry, { cwd, env, input });
				assert.ok(JSON.parse(direct.stdout).result, direct.stdout);
				assert.deepEqual(through, []);
				desk.personal({ ca, proxy: address });
				const before = server.connections;
				const proxied = await desk.launch(entry, { cwd, input });
				assert.ok(JSON.parse(proxied.stdout).result, proxied.stdout);
				assert.ok(through.length > 0);
				// Each way through the proxy is one connection to the server, and there are no others.
				assert.equal(server.connections - before, through.length, 'a connection went past the proxy');
				desk.personal({ proxy: address });
				const [requests, untrusted] = [server.requests.length, await desk.launch(entry, { cwd, input })];
				assert.match(untrusted.stdout, /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/, untrusted.stderr);
				assert.deepEqual([untrusted.code, untrusted.stderr, server.requests.length], [0, '', requests]);
				for (const [refuse, message] of REFUSALS) {
					proxy.removeAllListeners('connect').on('connect', (_, socket) => refuse(socket));
					const refused = await desk.launch(entry, { cwd, input });
					assert.match(JSON.parse(refused.stdout).error.message, message, refused.stderr);
					assert.deepEqual([refused.code, refused.stderr], [0, '']);
				}
			} finally {
				rmSync(config, { force: true });
				proxy.closeAllConnections();
				proxy.close();
			}
		}));
});
