// What a real authorization server tells of its tokens.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { type Answer, Consent, issuerHttp, type TokenInHand } from '../../server/src/adapters/issuer-http/index.ts';
import { probeFor, revokeFor } from '../../server/src/core/probes/index.ts';
import { NO_SURROUNDINGS } from '../../server/src/core/probes/surroundings.ts';
import { Fingerprinter, SecretValue } from '../../server/src/core/secret-value.ts';
import { API, type AuthorizationServer, authorizationServer, CLIENT } from '../support/authorization-server.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(3));

let server: AuthorizationServer;
let origin: string;

before(async () => {
	server = await authorizationServer();
	origin = server.origin;
});
after(() => server.close());

const issue = async (resource: string): Promise<SecretValue> => SecretValue.of(await server.issue(resource));

function inHand(kind: string, secret: SecretValue, clientSecret = CLIENT.secret): TokenInHand {
	return {
		kind,
		secret,
		around: { ...NO_SURROUNDINGS, env: new Map([['OAUTH_ISSUER', origin]]) },
		base: origin,
		companions: new Map([
			['OAUTH_CLIENT_ID', SecretValue.of(CLIENT.id)],
			['OAUTH_CLIENT_SECRET', SecretValue.of(clientSecret)],
		]),
	};
}

function consent(act: Answer['act'], secret: SecretValue): Consent {
	const answer = { act, issuer: 'jwt', fingerprints: [fingerprinter.of(secret)], bases: [origin], at: Date.now() };
	return Consent.given(answer, { trusted: true });
}

async function ask(hand: TokenInHand) {
	server.requests.length = 0;
	const http = issuerHttp({ fingerprinter });
	const outcome = await http.probe(consent('probe', hand.secret), probeFor(hand.kind)!, hand);
	assert.ok(!inspect(outcome, { depth: 9 }).includes(hand.secret.reveal()));
	return outcome;
}

describe('an authorization server of someone else', () => {
	it('tells scopes, times and client of a token', async () => {
		const outcome = await ask(inHand('unidentified-key', await issue(API)));
		assert.ok(outcome.state === 'told', inspect(outcome));
		const { scopes, precision, createdAt, expiresAt, resources, notes } = outcome.grant;
		assert.deepEqual([scopes, precision, resources], [['orders:read'], 'known', [`audience ${API}`]]);
		assert.equal(expiresAt! - createdAt!, 3_600_000);
		assert.ok(Math.abs(createdAt! - Date.now()) < 10_000);
		assert.deepEqual(notes, [`issued to the client ${CLIENT.id}`]);
		assert.deepEqual(server.requests, ['GET /.well-known/openid-configuration', 'POST /token/introspection']);
	});

	it('neither tells nor revokes what it keeps no record of: a signed token', async () => {
		const hand = inHand('jwt', await issue('https://signed.orders.internal'));
		assert.match(hand.secret.reveal(), /^eyJ/);
		assert.equal((await ask(hand)).state, 'not-told');
		const outcome = await issuerHttp({ fingerprinter }).revoke(consent('revoke', hand.secret), revokeFor('jwt')!, hand);
		assert.deepEqual([outcome.state, outcome.message.includes('until they expire')], ['refused', true]);
	});

	it('says that it never issued a token', async () => {
		assert.equal((await ask(inHand('unidentified-key', SecretValue.of('x'.repeat(43))))).state, 'invalid');
	});

	it('does not answer a stranger', async () => {
		assert.equal((await ask(inHand('unidentified-key', await issue(API), 'wrong'))).state, 'refused');
	});

	it('revokes a token, and says so afterwards', async () => {
		const hand = inHand('unidentified-key', await issue(API));
		server.requests.length = 0;
		const outcome = await issuerHttp({ fingerprinter }).revoke(
			consent('revoke', hand.secret),
			revokeFor(hand.kind)!,
			hand,
		);
		assert.equal(outcome.state, 'confirmed');
		assert.deepEqual(server.requests, ['GET /.well-known/openid-configuration', 'POST /token/revocation']);
		assert.equal((await ask(hand)).state, 'invalid');
	});
});
