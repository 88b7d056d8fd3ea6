import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect as connectSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { selfSigned } from '../support/certificate.ts';
import { ConnectDesk, connectEntry, withServer } from '../support/connect-desk.ts';

let at: ConnectDesk;
before(async () => {
	at = await ConnectDesk.open();
});
after(() => at.close());

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
		const { key, certificate } = selfSigned(at.desk.folder);
		tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8') };
		ca = certificate;
	});

	it('trusts no certificate that the environment brings in, and the person’s own', () =>
		withServer({ tls }, async (server) => {
			const entry = connectEntry(`${server.origin}/mcp`);
			const cwd = await at.approved(entry);
			const env = {
				NODE_EXTRA_CA_CERTS: ca,
				SSL_CERT_FILE: ca,
				NODE_TLS_REJECT_UNAUTHORIZED: '0',
				NODE_OPTIONS: '--use-openssl-ca',
			};
			const { stdout } = await at.desk.launch(entry, { cwd, env });
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
			const cwd = await at.approved(entry);
			const config = `${at.desk.stateDir}/config.json`;
			const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host', version: '1' } };
			const input = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`;
			try {
				at.desk.personal({ ca });
				const env = { HTTPS_PROXY: address, https_proxy: address, ALL_PROXY: address, NODE_USE_ENV_PROXY: '1' };
				const direct = await at.desk.launch(entry, { cwd, env, input });
				assert.ok(JSON.parse(direct.stdout).result, direct.stdout);
				assert.deepEqual(through, []);
				at.desk.personal({ ca, proxy: address });
				const before = server.connections;
				const proxied = await at.desk.launch(entry, { cwd, input });
				assert.ok(JSON.parse(proxied.stdout).result, proxied.stdout);
				assert.ok(through.length > 0);
				// Each way through the proxy is one connection to the server, and there are no others.
				assert.equal(server.connections - before, through.length, 'a connection went past the proxy');
				at.desk.personal({ proxy: address });
				const [requests, untrusted] = [server.requests.length, await at.desk.launch(entry, { cwd, input })];
				assert.match(untrusted.stdout, /cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)/, untrusted.stderr);
				assert.deepEqual([untrusted.code, untrusted.stderr, server.requests.length], [0, '', requests]);
				for (const [refuse, message] of REFUSALS) {
					proxy.removeAllListeners('connect').on('connect', (_, socket) => refuse(socket));
					const refused = await at.desk.launch(entry, { cwd, input });
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
