import { knownServer } from '../catalog/index.ts';
import type { Credential } from '../finding.ts';
import { isForm, issuerAtHost, issuerNamed } from '../issuers/attribution.ts';
import { issuerById } from '../issuers/index.ts';
import type { McpServer } from '../servers.ts';
import {
	type Destination,
	destinationOf,
	isLoopback,
	isOverlay,
	isPrivate,
	isSent,
	serversWithSecrets,
} from './destination.ts';
import { foundAt } from './position.ts';
import type { RawFinding, Rule } from './rule.ts';
import { place, plainName, subject } from './words.ts';

/** A token whose bytes name one issuer, sent to a host of somebody else. */
export const misdirectedCredential: Rule = {
	id: 'misdirected-credential',
	title: 'A token is sent to a host that is not its issuer’s',
	defaultLevel: 'error',
	cwe: ['CWE-441'],
	*check(context) {
		for (const [server, held] of serversWithSecrets(context)) {
			const secrets = held.filter(isSent).filter(tellsItsIssuer);
			const to = secrets.length > 0 ? destinationOf(server) : undefined;
			if (!to || isLoopback(to.host) || isPrivate(to.host) || isOverlay(to.host)) continue;
			for (const credential of secrets) {
				const found = judge(credential, to, server);
				if (found) yield found;
			}
		}
	},
};

/** Named by its bytes, not by the words around it, and of an issuer whose hosts are known. */
function tellsItsIssuer({ classification, confidence }: Credential): boolean {
	const { issuer, attributed, kind } = classification;
	return (
		attributed === undefined &&
		confidence === 'certain' &&
		!kind.nameHints &&
		!isForm(issuer) &&
		issuerById(issuer).hosts.length > 0
	);
}

function judge(credential: Credential, to: Destination, server: McpServer): RawFinding | undefined {
	const { issuer, issuerName } = credential.classification;
	const owner = issuerAtHost(to.host);
	if (owner === issuer || isFamily(issuer, owner) || isMeant(credential, to, server)) return undefined;
	if (owner !== undefined && !RELAYS.has(owner)) {
		return {
			...foundAt(credential),
			message: `${subject(credential)} in ${place(credential)} is sent to ${plainName(to.host)}, a host of ${issuerById(owner).name}: it cannot work there, and ${issuerById(owner).name} gets a working ${issuerName} token. Put that server's own token here, and revoke this one.`,
		};
	}
	if (owner !== undefined || isRented(to.host)) return undefined;
	return {
		...foundAt(credential),
		level: 'warning',
		message: `${subject(credential)} in ${place(credential)} is sent to ${plainName(to.host)}, which is not a host of ${issuerName}: whoever runs it can act with the token. If the server needs it, give it the narrowest one; otherwise sign in with OAuth or take the server's own key.`,
	};
}

/** Issuers of one house, whose tokens open each other's doors. */
const FAMILIES: readonly ReadonlySet<string>[] = [
	new Set(['azure', 'microsoft-teams', 'microsoft', 'openai']),
	new Set(['facebook', 'instagram']),
	new Set(['github', 'azure']),
	new Set(['google', 'firebase']),
];

function isFamily(issuer: string, owner: string | undefined): boolean {
	return owner !== undefined && FAMILIES.some((family) => family.has(issuer) && family.has(owner));
}

/** Their business is to take the tokens of others along. */
const RELAYS: ReadonlySet<string> = new Set([
	'smithery',
	'zapier',
	'rapidapi',
	'zuplo',
	'postman',
	'openrouter',
	'huggingface',
	'aws',
	'azure',
	'google',
	'cloudflare',
	'vercel',
	'supabase',
	'databricks',
	'dockerhub',
]);

/** The name of the header, the server, or the address says whose token is wanted here: a gateway or an own instance. */
function isMeant({ part, classification }: Credential, to: Destination, server: McpServer): boolean {
	const { issuer } = classification;
	if (knownServer(server)?.issuer === issuer) return true;
	return [part.name, server.name, ...to.host.split('.'), ...to.path.split('/', 6)].some(
		(name) => name !== undefined && issuerNamed(name) === issuer,
	);
}

/** Hosts on which everybody can run a server of their own. */
function isRented(host: string): boolean {
	return /(?:^|\.)(?:vercel\.app|netlify\.app|herokuapp\.com|onrender\.com|fly\.dev|pages\.dev|workers\.dev|azurewebsites\.net|azurecontainerapps\.io|windows\.net|amazonaws\.com|on\.aws|run\.app|ngrok\.(?:io|app|dev)|ngrok-free\.(?:app|dev)|trycloudflare\.com|railway\.app|render\.com|hf\.space|duckdns\.org|nip\.io|sslip\.io|github\.dev|gitpod\.io|devtunnels\.ms|loca\.lt)$/.test(
		host,
	);
}
