// Asks a GitLab at the given address about the token on stdin, and prints the outcome: for tests that need an environment of their own.
import { text } from 'node:stream/consumers';
import { Consent, issuerHttp } from '../../server/src/adapters/issuer-http/index.ts';
import { routeOf } from '../../server/src/adapters/route.ts';
import { probeFor } from '../../server/src/core/probes/index.ts';
import { NO_SURROUNDINGS } from '../../server/src/core/probes/surroundings.ts';
import { Fingerprinter, SecretValue } from '../../server/src/core/secret-value.ts';

const [site = '', network = '{}'] = process.argv.slice(2);
const secret = SecretValue.of(await text(process.stdin));
const fingerprinter = new Fingerprinter(new Uint8Array(32));
const base = `${site}/api/v4`;
const around = { ...NO_SURROUNDINGS, env: new Map([['GITLAB_API_URL', site]]) };
const answer = {
	act: 'probe',
	issuer: 'gitlab',
	fingerprints: [fingerprinter.of(secret)],
	bases: [base],
	at: Date.now(),
} as const;
const http = issuerHttp({ fingerprinter, network: routeOf(JSON.parse(network)) });
const hand = { kind: 'gitlab-pat', secret, around, base };
process.stdout.write(
	JSON.stringify(await http.probe(Consent.given(answer, { trusted: true }), probeFor('gitlab-pat')!, hand)),
);
