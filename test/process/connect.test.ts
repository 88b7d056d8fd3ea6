import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readRuns } from '../../server/src/adapters/state/runs.ts';
import { ConnectDesk, connectEntry, REFERENCE, SECRET, withServer } from '../support/connect-desk.ts';
import { until } from '../support/harness/temporary.ts';
import type { HttpMcpOptions } from '../support/http-server.ts';

let at: ConnectDesk;
before(async () => {
	at = await ConnectDesk.open();
});
after(() => at.close());

describe('connect', () => {
	for (const json of [false, true]) {
		it(`speaks streamable HTTP with ${json ? 'JSON' : 'event stream'} answers, with the credential in every request`, () =>
			withServer({ json }, async (server) => {
				const entry = connectEntry(`${server.origin}/mcp`);
				const host = at.host(entry, await at.approved(entry));
				await host.initialize();
				assert.ok(
					readRuns(at.desk.stateDir).some(({ pid }) => pid === host.child.pid),
					'a rotation finds it',
				);
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
			const host = at.host(entry, await at.approved(entry));
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
			const host = at.host(entry, await at.approved(entry));
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
				const host = at.host(entry, await at.approved(entry));
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
			const host = at.host(entry, await at.approved(entry, 'me:p@ss'));
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
				const host = at.host(entry, await at.approved(entry));
				host.send({ id: 1, method: 'initialize', params: {} });
				assert.match((await host.answer(1)).error!.message, message);
				await host.stop();
				assert.ok(!`${host.stderr}${JSON.stringify(host.messages)}`.includes(SECRET));
				assert.deepEqual([...new Set(seen)], [`/mcp?key=${SECRET}`]);
			});
		}
		const entry = connectEntry('http://127.0.0.1:1/mcp', '--query', `key=${REFERENCE}`);
		const { stdout, stderr } = await at.desk.launch(entry, { cwd: await at.approved(entry) });
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
				const host = at.host(entry, await at.approved(entry));
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
			const { stdout, code } = await at.desk.launch(entry, { cwd: await at.approved(entry), input });
			assert.deepEqual([JSON.parse(stdout).id, code], [1, 0]);
		}));

	it('says once that the server does not accept the credential, without the server’s words', () => {
		const intercept: HttpMcpOptions['intercept'] = (request, response) => {
			response.writeHead(401).end(`your header was ${request.headers.authorization}`);
			return true;
		};
		return withServer({ intercept }, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const host = at.host(entry, await at.approved(entry));
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
				const host = at.host(entry, await at.approved(entry));
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
		const { stdout } = await at.desk.launch(entry, { cwd: await at.approved(entry) });
		assert.match(JSON.parse(stdout).error.message, /http:\/\/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/);
	});
});
