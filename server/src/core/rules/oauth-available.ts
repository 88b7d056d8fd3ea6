import { knownServer } from '../catalog/index.ts';
import { oauthRemote } from '../catalog/oauth.ts';
import type { Credential } from '../finding.ts';
import { hostIn } from '../issuers/attribution.ts';
import type { McpServer } from '../servers.ts';
import { destinationOf, serversWithSecrets } from './destination.ts';
import type { Rule } from './rule.ts';
import { serverWords } from './words.ts';

/** A long-lived token for a vendor who has a server of their own that signs in with OAuth. */
export const oauthAvailable: Rule = {
	id: 'oauth-available',
	title: 'A token stands where the vendor offers OAuth',
	defaultLevel: 'note',
	cwe: [],
	*check(context) {
		for (const [server, secrets] of serversWithSecrets(context)) {
			const held = secrets.filter(({ confidence }) => confidence !== 'weak');
			const known = held.length > 0 ? knownServer(server) : undefined;
			const remote = known && oauthRemote(known.id);
			if (!known || !remote || !held.some((credential) => isFor(credential, known.issuer))) continue;
			yield {
				span: server.nameSpan,
				pointer: server.pointer,
				server: server.name,
				message: `${advice(server, remote.url)} Then no long-lived token lies on this machine.${remote.note ? ` ${remote.note}` : ''}`,
			};
		}
	},
};

/** The token for the vendor, not the key of some model that the server asks besides. */
function isFor({ classification }: Credential, issuer: string | undefined): boolean {
	return issuer === undefined || classification.issuer === issuer || classification.issuer === 'unidentified';
}

function advice(server: McpServer, url: string): string {
	if (destinationOf(server)?.host === hostIn(url))
		return `This address signs in with OAuth when it gets no token: remove the token from ${serverWords(server)} and let the host sign in.`;
	return `The vendor of ${serverWords(server)} has a server at ${url} that signs in with OAuth: use it in place of this one if your host can.`;
}
