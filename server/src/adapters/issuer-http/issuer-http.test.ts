import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { token } from '../../../../test/support/tokens.ts';
import { probeFor, revokeFor, rotateFor } from '../../core/probes/index.ts';
import { NO_SURROUNDINGS, type Surroundings } from '../../core/probes/surroundings.ts';
import { Fingerprinter, SecretValue } from '../../core/secret-value.ts';
import { type Answer, Consent, ConsentError, type IssuerHttpOptions, issuerHttp, type TokenInHand } from './index.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const PAT = token('gitlab-pat');
const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(7));
const gitlab = probeFor('gitlab-pat')!;
const BASE = 'https://gitlab.com/api/v4';
const ABOUT = {
	id: 1,
	name: 'mcp',
	scopes: ['api'],
	revoked: false,
	active: true,
	created_at: '2026-01-01T00:00:00Z',
	expires_at: '2026-12-31',
};

type Respond = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
let respond: Respond;
let server: Server;
let origin: string;

before(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => {
			body += chunk;
		});
		request.on('end', () => {
			seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
			respond(request, response, body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
	server.close();
	server.closeAllConnections();
});

const json = (value: unknown, status = 200, headers = {}): Respond => {
	return (_, response) =>
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

function http(options: Partial<IssuerHttpOptions> = {}) {
	return issuerHttp({
		fingerprinter,
		now: () => NOW,
		reroute: (url) => new URL(url.pathname + url.search, origin),
		...options,
		network: { deadline: 2000, ...options.network },
	});
}

function inHand(more: Partial<TokenInHand> = {}): TokenInHand {
	return { kind: 'gitlab-pat', secret: SecretValue.of(PAT), around: NO_SURROUNDINGS, base: BASE, ...more };
}

function consent(more: Partial<Answer> = {}): Consent {
	const fingerprints = [fingerprinter.of(SecretValue.of(PAT))];
	return Consent.given(
		{ act: 'probe', issuer: 'gitlab', fingerprints, bases: [BASE], at: NOW, ...more },
		{ trusted: true },
	);
}

async function ask(answer: Respond, options: Partial<IssuerHttpOptions> = {}) {
	respond = answer;
	seen.length = 0;
	const outcome = await http(options).probe(consent(), gitlab, inHand());
	assert.ok(!inspect(outcome, { depth: 9 }).includes(PAT), 'the token is in the outcome');
	return outcome;
}

describe('asking an issuer', () => {
	it('sends the token in its header and nowhere else', async () => {
		const outcome = await ask(json(ABOUT));
		assert.equal(outcome.state, 'told');
		assert.equal(seen.length, 1);
		assert.deepEqual(
			[seen[0]!.method, seen[0]!.url, seen[0]!.body],
			['GET', '/api/v4/personal_access_tokens/self', ''],
		);
		assert.equal(seen[0]!.headers['private-token'], PAT);
		assert.equal(seen[0]!.headers.authorization, undefined);
	});

	for (const [status, state] of [
		[401, 'invalid'],
		[403, 'refused'],
		[404, 'not-told'],
		[422, 'malformed'],
		[429, 'rate-limited'],
		[500, 'unavailable'],
		[503, 'unavailable'],
	] as const)
		it(`takes ${status} for "${state}"`, async () =>
			assert.equal((await ask(json({ message: 'x' }, status))).state, state));

	it('follows no redirect, neither away nor to the same host', async () => {
		for (const location of ['http://127.0.0.1:1/elsewhere', '/api/v4/other']) {
			const outcome = await ask((_, response) => response.writeHead(302, { location }).end());
			assert.equal(outcome.state, 'redirected');
			assert.equal(seen.length, 1);
		}
	});

	it('waits no longer than the deadline, before and in the middle of an answer', async () => {
		const mute = await ask(() => undefined, { network: { deadline: 100 } });
		const half = await ask(
			(_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"id"'),
			{
				network: { deadline: 100 },
			},
		);
		assert.deepEqual([mute.state, half.state], ['unavailable', 'unavailable']);
	});

	it('stops reading a flood', async () => {
		let isOpen = true;
		const outcome = await ask((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.on('close', () => {
				isOpen = false;
			});
			const pour = (): void => {
				while (isOpen && response.write('"'.repeat(65_536)));
				if (isOpen) response.once('drain', pour);
			};
			pour();
		});
		assert.equal(outcome.state, 'malformed');
	});

	it('reads no other kind of content, and unpacks nothing', async () => {
		const page = await ask((_, response) =>
			response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
		);
		const packed = await ask(json(ABOUT, 200, { 'content-encoding': 'gzip' }));
		assert.deepEqual([page.state, packed.state], ['malformed', 'malformed']);
	});

	it('takes an answer in another form, a cut one and an error with status 200 for what they are', async () => {
		for (const value of [null, [], 'text', {}, { scopes: 'api' }, { ok: false, error: 'x' }])
			assert.equal((await ask(json(value))).state, 'malformed');
		const cut = await ask((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
			response.write('{"scopes":');
			setTimeout(() => response.destroy(), 20);
		});
		assert.equal(cut.state, 'unavailable');
	});

	it('says that nothing can be reached when the computer is offline', async () => {
		const outcome = await ask(json(ABOUT), { reroute: () => new URL('http://127.0.0.1:1/') });
		assert.equal(outcome.state, 'unavailable');
		assert.match('message' in outcome ? outcome.message : '', /gitlab\.com cannot be reached/);
	});

	it('does not take a server that speaks no TLS, or nonsense, for one', async () => {
		const plain = createTcpServer((socket) => void socket.end('hello\n'));
		await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
		const { port } = plain.address() as AddressInfo;
		for (const scheme of ['https', 'http'])
			assert.equal(
				(await ask(json(ABOUT), { reroute: () => new URL(`${scheme}://127.0.0.1:${port}/`) })).state,
				'unavailable',
			);
		plain.close();
	});

	it('lets no answer carry the token into the outcome', async () => {
		for (const value of [
			{ ...ABOUT, name: PAT },
			{ ...ABOUT, scopes: [`api ${PAT}`] },
		])
			assert.equal((await ask(json(value))).state, 'malformed');
		assert.ok(
			!JSON.stringify(await ask(json({ message: PAT, error: PAT }, 401, { 'x-oauth-scopes': PAT }))).includes(PAT),
		);
	});

	it('does not send a token that no header can carry', async () => {
		const cut = SecretValue.of(`${PAT}\r\nx-evil: 1`);
		seen.length = 0;
		const yes = consent({ fingerprints: [fingerprinter.of(cut)] });
		const outcome = await http().probe(yes, gitlab, inHand({ secret: cut }));
		assert.deepEqual([outcome.state, seen.length], ['not-told', 0]);
	});

	it('goes through the person’s proxy, and through no other', async () => {
		const asked: string[] = [];
		const proxy = createServer();
		proxy.on('connect', (request, socket) => {
			asked.push(request.url!);
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const at = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
		const options = { fingerprinter, now: () => NOW, network: { proxy: at, deadline: 2000 } };
		const outcome = await issuerHttp(options).probe(consent(), gitlab, inHand());
		proxy.close();
		assert.deepEqual(asked, ['gitlab.com:443']);
		assert.equal(outcome.state, 'unavailable');
	});
});

describe('without a person’s yes', () => {
	const none = async (yes: Consent, hand = inHand(), now = NOW): Promise<void> => {
		respond = json(ABOUT);
		seen.length = 0;
		await assert.rejects(http({ now: () => now }).probe(yes, gitlab, hand), ConsentError);
		assert.equal(seen.length, 0);
	};

	it('nothing is asked for another token, issuer, act or address', async () => {
		await none(consent({ fingerprints: [] }));
		await none(consent({ issuer: 'github' }));
		await none(consent({ act: 'revoke' }));
		await none(consent({ bases: [] }));
	});

	it('nothing is asked twice, or later', async () => {
		const yes = consent();
		await http().probe(yes, gitlab, inHand());
		await none(yes);
		await none(consent(), inHand(), NOW + 11 * 60_000);
		await none(consent({ at: NOW + 3_600_000 }));
	});

	it('nothing is asked in a workspace that is not trusted', () => {
		const answer: Answer = { act: 'probe', issuer: 'gitlab', fingerprints: [], bases: [], at: NOW };
		assert.throws(() => Consent.given(answer, { trusted: false } as never), ConsentError);
	});

	it('one answer revokes one token', () => {
		const answer: Answer = { act: 'revoke', issuer: 'gitlab', fingerprints: ['a', 'b'], bases: [BASE], at: NOW };
		assert.throws(() => Consent.given(answer, { trusted: true }), ConsentError);
	});

	it('no address is asked that neither the issuer nor the entry names', async () => {
		const other = 'https://gitlab.example/api/v4';
		await none(consent({ bases: [other] }), inHand({ base: other }));
	});

	it('a stored secret goes only to an address that its approval names', async () => {
		const around: Surroundings = { ...NO_SURROUNDINGS, env: new Map([['GITLAB_API_URL', 'https://evil.example']]) };
		const base = 'https://evil.example/api/v4';
		await none(consent({ bases: [base] }), inHand({ around, base, boundBases: [BASE] }));
		const own = await http().probe(consent({ bases: [base] }), gitlab, inHand({ around, base, boundBases: [base] }));
		assert.equal(own.state, 'told');
	});
});

describe('revoking', () => {
	const act = revokeFor('gitlab-pat')!;
	const revoke = (answer: Respond, options: Partial<IssuerHttpOptions> = {}) => {
		respond = answer;
		seen.length = 0;
		return http(options).revoke(consent({ act: 'revoke' }), act, inHand());
	};

	it('is confirmed when the issuer says so', async () => {
		const outcome = await revoke((_, response) => response.writeHead(204).end());
		assert.equal(outcome.state, 'confirmed');
		assert.deepEqual([seen[0]!.method, seen[0]!.url], ['DELETE', '/api/v4/personal_access_tokens/self']);
	});

	it('is refused when the issuer says so, or nothing was sent', async () => {
		for (const status of [401, 403, 404, 429]) assert.equal((await revoke(json({}, status))).state, 'refused');
		assert.equal((await revoke(json({}), { reroute: () => new URL('http://127.0.0.1:1/') })).state, 'refused');
	});

	it('is unknown in every other case: it may have happened', async () => {
		assert.equal((await revoke(json({}, 500))).state, 'unknown');
		assert.equal((await revoke(json({ fine: true }, 200))).state, 'unknown');
		assert.equal((await revoke((_, response) => response.writeHead(302, { location: '/' }).end())).state, 'unknown');
		assert.equal((await revoke(() => undefined, { network: { deadline: 80 } })).state, 'unknown');
		assert.equal((await revoke((_, response) => void response.destroy())).state, 'unknown');
	});

	it('asks GitHub without a login, with the literal in the body', async () => {
		const secret = SecretValue.of(token('github-pat'));
		const base = 'https://api.github.com';
		respond = (_, response) => response.writeHead(202).end();
		seen.length = 0;
		const yes = consent({ act: 'revoke', issuer: 'github', fingerprints: [fingerprinter.of(secret)], bases: [base] });
		const hand = { kind: 'github-pat-classic', secret, around: NO_SURROUNDINGS, base };
		const outcome = await http().revoke(yes, revokeFor('github-pat-classic')!, hand);
		assert.equal(outcome.state, 'unknown');
		assert.equal(seen[0]!.headers.authorization, undefined);
		assert.deepEqual(JSON.parse(seen[0]!.body), { credentials: [secret.reveal()] });
	});

	it('deletes at Heroku the authorization whose token it is, never just the first', async () => {
		const secret = SecretValue.of(`HRKU-AA${'x'.repeat(58)}`);
		const base = 'https://api.heroku.com';
		const [first, own] = ['0'.repeat(8), '1'.repeat(8)].map((start) => `${start}-0000-0000-0000-000000000000`);
		const hand = { kind: 'heroku-api-key', secret, around: NO_SURROUNDINGS, base };
		const go = async (list: unknown) => {
			respond = (request, response) => (request.method === 'GET' ? json(list) : json({}))(request, response, '');
			seen.length = 0;
			const yes = consent({ act: 'revoke', issuer: 'heroku', fingerprints: [fingerprinter.of(secret)], bases: [base] });
			return http().revoke(yes, revokeFor('heroku-api-key')!, hand);
		};
		const others = { id: first, access_token: { token: 'other' } };
		assert.equal((await go([others, { id: own, access_token: { token: secret.reveal() } }])).state, 'confirmed');
		assert.deepEqual(seen.map(({ method, url }) => [method, url]).at(-1), ['DELETE', `/oauth/authorizations/${own}`]);
		assert.equal((await go([others])).state, 'refused');
		assert.equal(seen.length, 1);
	});
});

describe('rotating', () => {
	const rotate = (answer: Respond, expiresOn?: string) => {
		respond = answer;
		seen.length = 0;
		return http().rotate(consent({ act: 'rotate' }), rotateFor('gitlab-pat')!, inHand(), expiresOn);
	};

	it('hands over the new value as a secret', async () => {
		const fresh = token('gitlab-pat', 2);
		const outcome = await rotate(json({ ...ABOUT, token: fresh }), '2026-12-24');
		assert.ok(outcome.state === 'confirmed');
		assert.equal(outcome.secret.reveal(), fresh);
		assert.ok(!inspect(outcome).includes(fresh));
		assert.equal(outcome.expiresAt, Date.UTC(2026, 11, 31));
		assert.deepEqual(
			[seen[0]!.method, seen[0]!.url, seen[0]!.body],
			['POST', '/api/v4/personal_access_tokens/self/rotate', '{"expires_at":"2026-12-24"}'],
		);
	});

	it('says unknown where the old value may be dead and no new one came', async () => {
		assert.equal((await rotate(json({ id: 1 }))).state, 'unknown');
		assert.equal((await rotate(json({}, 502))).state, 'unknown');
		assert.equal((await rotate(json({}, 403))).state, 'refused');
	});
});

describe('AWS', () => {
	it('is asked with a signature, and the secret key stays here', async () => {
		const secret = SecretValue.of(token('aws-secret'));
		const keyId = token('aws-key-id');
		const base = 'https://sts.amazonaws.com';
		const identity =
			'<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/mcp</Arn><Account>123456789012</Account></GetCallerIdentityResult>';
		const keys = `<member><AccessKeyId>AKIAOTHER</AccessKeyId><CreateDate>2020-01-01T00:00:00Z</CreateDate></member><member><AccessKeyId>${keyId}</AccessKeyId><CreateDate>2025-05-05T00:00:00Z</CreateDate></member>`;
		respond = (request, response) =>
			response
				.writeHead(200, { 'content-type': 'text/xml' })
				.end(request.url!.includes('ListAccessKeys') ? keys : identity);
		seen.length = 0;
		const yes = consent({ issuer: 'aws', fingerprints: [fingerprinter.of(secret)], bases: [base] });
		const companions = new Map([['AWS_ACCESS_KEY_ID', SecretValue.of(keyId)]]);
		const hand = { kind: 'aws-secret-access-key', secret, around: NO_SURROUNDINGS, base, companions };
		const outcome = await http().probe(yes, probeFor('aws-secret-access-key')!, hand);
		assert.ok(outcome.state === 'told');
		assert.equal(outcome.grant.account, 'arn:aws:iam::123456789012:user/mcp');
		assert.equal(outcome.grant.createdAt, Date.UTC(2025, 4, 5));
		assert.deepEqual(
			seen.map(({ method }) => method),
			['GET', 'GET'],
		);
		assert.match(
			seen[0]!.headers.authorization!,
			/^AWS4-HMAC-SHA256 Credential=AKIA\w{16}\/20261123\/us-east-1\/sts\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}$/,
		);
		assert.ok(!JSON.stringify(seen).includes(secret.reveal()));
	});
});

it('leaves no connection open', async () => {
	await ask(json(ABOUT));
	await new Promise((resolve) => setTimeout(resolve, 20));
	const open = await new Promise<number>((resolve, reject) =>
		server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
	);
	assert.equal(open, 0);
});
