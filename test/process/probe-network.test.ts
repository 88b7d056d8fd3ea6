// What only a real network shows: certificates, the person's proxy, and an environment that tries to choose otherwise.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { npmRegistry } from '../../server/src/adapters/issuer-http/npm-registry.ts';
import { selfSigned } from '../support/certificate.ts';
import { token } from '../support/tokens.ts';

const SCRIPT = fileURLToPath(new URL('../support/probe-once.ts', import.meta.url));
const PAT = token('gitlab-pat');
const folder = mkdtempSync(join(tmpdir(), 'probe-network-'));
let ca: string;
const seen: string[] = [];
const tunnels: string[] = [];
let issuer: Server;
let proxy: Server;
let site: string;
let proxyUrl: string;
let connections = 0;

const port = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

before(async () => {
	const { key, certificate } = selfSigned(folder);
	ca = certificate;
	const answer = JSON.stringify({ scopes: ['api'], active: true, revoked: false });
	issuer = createTlsServer({ key: readFileSync(key), cert: readFileSync(ca) }, (request, response) => {
		seen.push(String(request.headers['private-token']));
		response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
	}) as unknown as Server;
	issuer.on('connection', () => {
		connections++;
	});
	proxy = createServer();
	proxy.on('connect', (request, socket) => {
		tunnels.push(request.url!);
		const onward = connect(port(issuer), '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(onward).pipe(socket);
		});
		for (const end of [socket, onward]) end.on('error', () => undefined);
	});
	await Promise.all([listen(issuer), listen(proxy)]);
	site = `https://localhost:${port(issuer)}`;
	proxyUrl = `http://127.0.0.1:${port(proxy)}`;
});

after(() => {
	for (const server of [issuer, proxy]) {
		server.close();
		server.closeAllConnections();
	}
	rmSync(folder, { recursive: true, force: true });
});

/** In a process of its own, because the environment counts. The token goes through stdin. */
async function ask(network: { proxy?: string; ca?: string }, env: Record<string, string> = {}) {
	seen.length = 0;
	tunnels.length = 0;
	connections = 0;
	const run = promisify(execFile)(process.execPath, [SCRIPT, site, JSON.stringify(network)], {
		env: { PATH: process.env.PATH ?? '', ...env },
		// A connection that is left open would keep the process.
		timeout: 8000,
	});
	run.child.stdin!.end(PAT);
	const { stdout, stderr } = await run;
	assert.ok(!(stdout + stderr).includes(PAT));
	return JSON.parse(stdout) as { state: string; message?: string };
}

const STRANGE = () => ({
	NODE_TLS_REJECT_UNAUTHORIZED: '0',
	NODE_EXTRA_CA_CERTS: ca,
	SSL_CERT_FILE: ca,
	HTTPS_PROXY: proxyUrl,
	https_proxy: proxyUrl,
	ALL_PROXY: proxyUrl,
	NODE_USE_ENV_PROXY: '1',
});

describe('asking over TLS', () => {
	it('trusts no certificate and takes no proxy that the environment brings in', async () => {
		const outcome = await ask({}, STRANGE());
		assert.equal(outcome.state, 'unavailable');
		assert.match(outcome.message!, /is not trusted/);
		assert.deepEqual([seen, tunnels], [[], []]);
	});

	it('trusts the person’s own authority', async () => {
		assert.equal((await ask({ ca })).state, 'told');
		assert.deepEqual([seen, tunnels], [[PAT], []]);
	});

	it('goes through the person’s proxy, which sees the host name and nothing else', async () => {
		assert.equal((await ask({ ca, proxy: proxyUrl })).state, 'told');
		// One connection in all: none goes past the proxy.
		assert.deepEqual([seen, tunnels, connections], [[PAT], [`localhost:${port(issuer)}`], 1]);
	});

	it('checks the certificate through the proxy too', async () => {
		assert.match((await ask({ proxy: proxyUrl }, STRANGE())).message!, /is not trusted/);
		assert.deepEqual(seen, []);
	});
});

describe('npm’s registry', { skip: process.platform === 'win32' }, () => {
	const home = join(folder, 'npm');
	const fake = (script: string): NodeJS.ProcessEnv => {
		execFileSync('mkdir', ['-p', home]);
		writeFileSync(join(home, 'npm'), `#!/bin/sh\n${script}\n`);
		chmodSync(join(home, 'npm'), 0o755);
		return { PATH: [home, process.env.PATH].join(delimiter), NPM_CONFIG_REGISTRY: 'https://evil.example' };
	};

	it('is what npm says outside of every project', async () => {
		const environment = fake(
			'[ "$PWD" = / ] && [ -z "$NPM_CONFIG_REGISTRY" ] && [ "$*" = "config get registry" ] && echo https://registry.acme.example/',
		);
		assert.equal(await npmRegistry(environment), 'https://registry.acme.example/');
	});

	it('is not known when npm fails, says something else, or is not there', async () => {
		assert.equal(await npmRegistry(fake('exit 1')), undefined);
		assert.equal(await npmRegistry(fake('echo undefined')), undefined);
		assert.equal(await npmRegistry({ PATH: join(folder, 'nothing') }), undefined);
	});
});
